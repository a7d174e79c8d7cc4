"""Libraries that make a PyTorch module ready to be trained, together with its optimiser and data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flake8_logits.knowledge.rows import Parameter

_MODEL = Parameter("model", 0)
_MODULE = Parameter("module", 0)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a function gives back of what it is given, several of it as a tuple.

    ``given`` are the parameters it gives back in turn; None stands for something that is made here.  ``others`` says
    that whatever else is given by position follows, ``last`` is a keyword whose value comes at the end where it is
    given.  ``alone`` says that one of it is no tuple.  ``unless`` is a keyword that changes what is given back.
    """

    given: tuple[Parameter | None, ...]
    source: str
    others: bool = False
    last: str = ""
    alone: bool = True
    unless: str = ""


_ACCELERATE = "accelerate 1.15, accelerator.py"
_FABRIC = "lightning-fabric 2.6, fabric.py"
_DEEPSPEED = "deepspeed 0.19, __init__.py"
_OPACUS = "opacus 1.6, privacy_engine.py"
_APEX = "apex, amp/frontend.py"

_FABRICS = ("lightning.fabric.Fabric", "lightning_fabric.Fabric", "lightning.Fabric", "lightning.fabric.fabric.Fabric")
_PRIVATE = Prepared(
    (Parameter("module", None), Parameter("optimizer", None), Parameter("data_loader", None)),
    _OPACUS,
    unless="grad_sample_mode",
)

PREPARED: Mapping[str, Prepared] = {
    "accelerate.Accelerator.prepare": Prepared((), _ACCELERATE, others=True),
    "accelerate.Accelerator.prepare_model": Prepared((_MODEL,), _ACCELERATE),
    "accelerate.Accelerator.unwrap_model": Prepared((_MODEL,), _ACCELERATE),
    **{f"{name}.setup": Prepared((_MODULE,), _FABRIC, others=True, last="scheduler") for name in _FABRICS},
    **{f"{name}.setup_module": Prepared((_MODULE,), _FABRIC) for name in _FABRICS},
    "deepspeed.initialize": Prepared((Parameter("model", 1), None, None, None), _DEEPSPEED, alone=False),
    "deepspeed.init_inference": Prepared((_MODEL,), _DEEPSPEED),
    "opacus.PrivacyEngine.make_private": _PRIVATE,
    "opacus.PrivacyEngine.make_private_with_epsilon": _PRIVATE,
    "apex.amp.initialize": Prepared((Parameter("models", 0), Parameter("optimizers", 1)), _APEX),
}
"""By canonical name.  The outputs of what comes back are those of what was given."""

PREPARERS = ("accelerate.Accelerator", "opacus.PrivacyEngine", *_FABRICS)
"""The classes whose methods are among these."""

"""A module of PyTorch and the loss that it is trained with by another package."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import ChainRef, ModuleRef
from flake8_logits.interpret.abstract.values import Arguments, Object, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.frameworks.naming import dotted, named
from flake8_logits.interpret.frameworks.torch.modules import is_module
from flake8_logits.interpret.frameworks.trainers import MEETINGS, Training


def _meets(interp: Interpreter, module: Value, loss: Value, training: Training) -> bool:
    """The module is given unknown data, the loss its output and unknown labels."""
    of_library = isinstance(module, Object) and isinstance(module.ref, (ChainRef, ModuleRef))
    if not of_library and not is_module(interp, module):
        return False
    nothing = interp.unknown(Reason.INPUT, training.call)
    output = named(interp.call(module, Arguments(((nothing, None),)), training.model), dotted(training.model))
    interp.call(loss, Arguments(((output, None), (nothing, None))), training.call)
    return True


MEETINGS.append(_meets)

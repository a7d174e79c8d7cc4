"""What JAX and the libraries around it make of a function or model: the same, one with gradients, one without state."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

_FUN = Parameter("fun", 0)
_MODEL = Parameter("model", 0)

JAX_WRAPPERS: dict[str, Parameter] = {
    **{f"jax.{name}": _FUN for name in ("jit", "pmap", "vmap", "checkpoint", "remat", "named_call")},
    **{
        f"jax.{name}": Parameter("x", 0)
        for name in ("device_put", "device_get", "block_until_ready", "device_put_replicated")
    },
    **{f"jax.lax.{name}": Parameter("x", 0) for name in ("stop_gradient", "with_sharding_constraint")},
    "jax.sharding.reshard": Parameter("xs", 0),
    "jax.shard_map": Parameter("f", 0),
    "jax.experimental.shard_map.shard_map": Parameter("f", 0),
    **{f"flax.linen.{name}": Parameter("target", 0, aliases=("class_fn",)) for name in ("jit", "remat", "checkpoint")},
    "flax.linen.named_call": Parameter("class_fn", 0),
    "flax.linen.map_variables": Parameter("target", 0),
    **{f"flax.nnx.{name}": Parameter("f", 0, aliases=("fun",)) for name in ("jit", "pmap", "remat", "vmap")},
    **{f"flax.nnx.{name}": Parameter("node", 0) for name in ("clone", "view")},
    "flax.nnx.merge": Parameter("graphdef_or_graphstate", 0, aliases=("graphdef",)),
    **{f"flax.serialization.{name}": Parameter("target", 0) for name in ("from_bytes", "from_state_dict")},
    "flax.jax_utils.replicate": Parameter("tree", 0),
    "flax.jax_utils.unreplicate": Parameter("tree", 0),
    "flax.training.checkpoints.restore_checkpoint": Parameter("target", 1),
    **{
        f"equinox.{name}": Parameter("fun", 0, aliases=("fn",))
        for name in ("filter_jit", "filter_pmap", "filter_vmap", "filter_checkpoint")
    },
    "equinox.apply_updates": _MODEL,
    "equinox.combine": Parameter("pytrees", 0),
    "equinox.filter_shard": Parameter("x", 0),
    "equinox.nn.inference_mode": Parameter("pytree", 0),
    "equinox.tree_inference": Parameter("pytree", 0),
    "haiku.remat": _FUN,
    "haiku.vmap": _FUN,
}
"""By canonical name: the parameter with the function, model or array that does (or is) the same afterwards."""

LISTED_PARTS = "layers"
"""Where a ``Sequential`` of these libraries keeps its parts."""

WALKS_PARTS = frozenset({"iter_children", "iter_modules"})
WALKERS = tuple(f"flax.nnx.{name}" for name in ("iter_children", "iter_graph", "iter_module_children", "iter_modules"))
"""Methods of nnx' modules, and functions, that give all parts of a module, to be changed by whoever is given them."""

PARTED: dict[str, Parameter] = {
    "equinox.partition": Parameter("pytree", 0),
    "flax.nnx.split": Parameter("node", 0),
}
"""What takes a model apart: the parameter with the model, of which the first part still tells what it computes."""

WITH_STATE = "equinox.nn.make_with_state"
"""What makes a function that makes a model, and its state beside it."""

GRADIENTS: dict[str, Parameter] = {
    "jax.grad": _FUN,
    "flax.nnx.grad": Parameter("f", 0),
    "equinox.filter_grad": Parameter("fun", 0),
    "haiku.grad": _FUN,
}
"""What makes a function that runs the one it is given, and gives its gradients."""

VALUES_AND_GRADIENTS: dict[str, Parameter] = {
    "jax.value_and_grad": _FUN,
    "flax.nnx.value_and_grad": Parameter("f", 0),
    "equinox.filter_value_and_grad": Parameter("fun", 0),
    "haiku.value_and_grad": _FUN,
}
"""What makes a function that gives what the one it is given gives, and its gradients beside that."""

HAS_AUX = Parameter("has_aux", 2, False)
"""The parameter that says that the first of what the function gives is the loss, and the second something else."""

PURE: dict[str, tuple[int, bool]] = {
    "haiku.transform": (2, False),
    "haiku.transform_with_state": (3, True),
}
"""What makes ``init`` and ``apply`` of a function: how many arguments ``apply`` takes before those of the function, and
whether it gives a state beside the result."""

WITHOUT_RANDOM_KEY = "haiku.without_apply_rng"
"""What makes an ``apply`` that takes no random key."""

TRAIN_STATES = frozenset({"flax.training.train_state.TrainState"})
"""Classes that hold what a loop trains, and the function that applies its model, by what they are made with."""

APPLIES = frozenset({*GRADIENTS, *VALUES_AND_GRADIENTS, *PURE, WITHOUT_RANDOM_KEY})
"""What is no longer the function that it decorates."""


def changes_decorated(name: str) -> bool:
    """Whether what this makes of a function that it decorates takes or gives something else."""
    return name in APPLIES


APPLY = "apply"
"""The method of a linen module that runs it with the weights that it is given first."""

NOT_FOR_THE_CALL = frozenset({"variables", "rngs", "method", "mutable", "capture_intermediates"})
"""Parameters of ``apply`` that are not handed on to the method that it runs."""

METHOD = "method"
"""The keyword of ``apply`` with the method to run, where that is not ``__call__``."""

MUTABLE = ("mutable", "capture_intermediates")
"""Keywords of ``apply`` of which either makes it give what was changed beside what the method gives."""

SETUP = "setup"
"""The method of a linen module that gives it its parts before another of its methods is run."""

MODULE_AGAIN = frozenset({"bind", "clone", "copy"})
"""Methods of a linen module that give the module back, if no field of it is set anew."""

MODULE_WEIGHTS = "param"
"""The method of a linen module that gives it weights."""

STATE_AGAIN = frozenset({"apply_gradients", "replace"})
"""Methods of a training state that give the state back with other weights."""

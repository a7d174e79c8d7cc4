"""Functions of JAX on arrays: activations, and what moves, picks, averages or shifts numbers."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.functions import EXP, LOG, LOGIT, SINGLE, WHOLE, activates, alike, mean, reshaped
from flake8_logits.knowledge.preserved import (
    AVERAGED,
    CLIPPED,
    DROPPED,
    EACH_NUMBER,
    EVERYTHING,
    EXTREMA,
    JOINED,
    PADDED,
    RESCALED,
    SUMMED,
)
from flake8_logits.knowledge.rows import (
    Along,
    AxisParameter,
    Effect,
    Gives,
    Keeps,
    LastAxis,
    Merges,
    Operation,
    Parameter,
)

_X = Parameter("x", 0)
_LAST = AxisParameter("axis", 1, -1, batched=False)
_BY_KEYWORD = AxisParameter("axis", None, batched=False)
"""The axis of ``jax.scipy.special``: where none is given it is all of them."""


def _activates(
    name: str, activation: str, axis: Parameter | None = None, tensor: Parameter = _X, module: str = "jax.nn"
) -> Operation:
    return activates(module, name, activation, tensor, axis)


def _rows(
    module: str, effect: Effect, tensor: str, *names: str, kind: StepKind = StepKind.OTHER
) -> tuple[Operation, ...]:
    return alike(module, effect, Parameter(tensor, 0), *names, kind=kind)


_ACTIVATING = (
    _activates("softmax", "softmax", _LAST),
    _activates("log_softmax", "log_softmax", _LAST),
    _activates("sigmoid", "sigmoid"),
    _activates("hard_sigmoid", "hard_sigmoid"),
    _activates("sparse_sigmoid", "sparse_sigmoid"),
    _activates("log_sigmoid", "log_sigmoid"),
    _activates("relu", "relu"),
    _activates("relu6", "relu6"),
    _activates("softplus", "softplus"),
    _activates("squareplus", "squareplus"),
    _activates("sparse_plus", "sparse_plus"),
    _activates("tanh", "tanh"),
    _activates("hard_tanh", "hard_tanh"),
    _activates("soft_sign", "softsign"),
    _activates("elu", "elu"),
    _activates("selu", "selu"),
    _activates("celu", "celu"),
    _activates("gelu", "gelu"),
    _activates("silu", "silu"),
    _activates("hard_silu", "hard_silu"),
    _activates("mish", "mish"),
    _activates("leaky_relu", "leaky_relu"),
    _activates("glu", "glu"),
    _activates("softmax", "softmax", _BY_KEYWORD, module="jax.scipy.special"),
    _activates("log_softmax", "log_softmax", _BY_KEYWORD, module="jax.scipy.special"),
)

_LEADING: frozenset[object] = frozenset({0, 1})
_RESHAPED = reshaped(Parameter("shape", 1, aliases=("newshape",)))
_WIDER = Keeps(EVERYTHING, along=Along(Parameter("axis", 1), _LEADING), last=LastAxis.MOVES)
_MEAN = mean(Parameter("axis", 1), _LEADING)
_BOUNDS = (Parameter("min", 1, aliases=("a_min",)), Parameter("max", 2, aliases=("a_max",)))
_TRANSPOSED = ("transpose", "swapaxes", "moveaxis")

_OF_NUMPY = (
    *_rows("jax.numpy", _RESHAPED, "a", "reshape", kind=StepKind.RESHAPE),
    *_rows("jax.numpy", _WIDER, "a", "expand_dims"),
    *_rows("jax.numpy", Keeps(EVERYTHING, last=LastAxis.SQUEEZED), "a", "squeeze"),
    *_rows("jax.numpy", WHOLE, "a", "asarray", "copy", "roll", "sort"),
    *_rows("jax.numpy", WHOLE, "object", "array"),
    *_rows("jax.numpy", WHOLE, "m", "flip"),
    *_rows("jax.numpy", SINGLE, "a", *_TRANSPOSED, "take", "repeat", "ravel"),
    *_rows("jax.numpy", SINGLE, "a", "max", "min", kind=StepKind.EXTREME),
    *_rows("jax.numpy", SINGLE, "arr", "take_along_axis"),
    *_rows("jax.numpy", SINGLE, "array", "broadcast_to"),
    *_rows("jax.numpy", SINGLE, "A", "tile"),
    *_rows("jax.numpy", Keeps(EACH_NUMBER), "x", "nan_to_num"),
    *_rows("jax.numpy", Keeps(PADDED, last=LastAxis.MOVES), "array", "pad"),
    *_rows("jax.numpy", _MEAN, "a", "mean", "average", kind=StepKind.STATISTIC),
    *_rows("jax.numpy", Keeps(SUMMED, last=LastAxis.MOVES), "a", "sum", kind=StepKind.TOTAL),
    *_rows("jax.numpy", Keeps(CLIPPED, bounds=_BOUNDS), "arr", "clip", kind=StepKind.CLIP),
    *_rows("jax.numpy", LOG, "x", "log"),
    *_rows("jax.numpy", EXP, "x", "exp"),
    *_rows("jax.scipy.special", LOGIT, "x", "logit"),
)

_STACKED = Merges(EVERYTHING, Along(Parameter("axis", 1, 0), _LEADING))

_OF_SEVERAL = (
    *_rows("jax.numpy", Merges(JOINED), "arrays", "concatenate"),
    *_rows("jax.numpy", Merges(JOINED), "tup", "hstack", "vstack"),
    *_rows("jax.numpy", _STACKED, "arrays", "stack"),
)

_POOLED = Keeps(AVERAGED)
_STRONGEST = Keeps(EACH_NUMBER)

_OF_MODULES = (
    *_rows("jax.lax", Keeps(AVERAGED), "x", "pmean", kind=StepKind.STATISTIC),
    *_rows("jax.lax", Keeps(EXTREMA), "x", "pmax", "pmin", kind=StepKind.STATISTIC),
    *_rows("flax.linen", _POOLED, "inputs", "avg_pool", kind=StepKind.STATISTIC),
    *_rows("flax.linen", _STRONGEST, "inputs", "max_pool", kind=StepKind.STATISTIC),
    *_rows("haiku", _POOLED, "value", "avg_pool", kind=StepKind.STATISTIC),
    *_rows("haiku", _STRONGEST, "value", "max_pool", kind=StepKind.STATISTIC),
    Operation("haiku.dropout", Keeps(DROPPED, off=Parameter("rate", 1)), Parameter("x", 2), kind=StepKind.NOISE),
    *_rows("jax.nn", Keeps(RESCALED), "x", "standardize", kind=StepKind.NORMALISATION),
    *_rows("jax.lax", Gives(Scale.LOGITS, Rescue.NEVER), "lhs", "conv", "conv_general_dilated"),
)

ROWS: tuple[Operation, ...] = (*_ACTIVATING, *_OF_NUMPY, *_OF_SEVERAL, *_OF_MODULES)

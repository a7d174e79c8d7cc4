"""PyTorch's functions on tensors, under ``torch.nn.functional`` where they stand in several modules."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.functions import EXP, LOG, LOGIT, MOVED, SINGLE, WHOLE, activates, alike, mean, reshaped
from flake8_logits.knowledge.preserved import (
    AVERAGED,
    CLIPPED,
    DROPPED,
    EACH_NUMBER,
    EVERYTHING,
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
    Loses,
    Merges,
    Operation,
    Parameter,
)
from flake8_logits.knowledge.torch_layers import CLASS_AXES, SMOOTH_MODES

_INPUT = Parameter("input", 0)
_TENSORS = Parameter("tensors", 0)
_DIM = AxisParameter("dim", 1, classes=CLASS_AXES)
_FUNCTIONAL = "torch.nn.functional"
_SIZES = ("1d", "2d", "3d")


def _activates(name: str, activation: str, axis: Parameter | None = None) -> Operation:
    return activates(_FUNCTIONAL, name, activation, _INPUT, axis)


def _rows(
    module: str, effect: Effect, *names: str, kind: StepKind = StepKind.OTHER, tensor: Parameter = _INPUT
) -> tuple[Operation, ...]:
    return alike(module, effect, tensor, *names, kind=kind)


def _sized(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}{size}" for name in names for size in _SIZES)


_ACTIVATING = (
    _activates("softmax", "softmax", _DIM),
    _activates("softmin", "softmax", _DIM),
    _activates("log_softmax", "log_softmax", _DIM),
    _activates("sigmoid", "sigmoid"),
    _activates("hardsigmoid", "hard_sigmoid"),
    _activates("logsigmoid", "log_sigmoid"),
    _activates("relu", "relu"),
    _activates("relu6", "relu6"),
    _activates("softplus", "softplus"),
    _activates("tanh", "tanh"),
    _activates("softsign", "softsign"),
    _activates("elu", "elu"),
    _activates("selu", "selu"),
    _activates("celu", "celu"),
    _activates("gelu", "gelu"),
    _activates("silu", "silu"),
    _activates("mish", "mish"),
    _activates("hardswish", "hard_silu"),
    _activates("leaky_relu", "leaky_relu"),
    _activates("prelu", "leaky_relu"),
    _activates("rrelu", "leaky_relu"),
    _activates("hardshrink", "hard_shrink"),
    _activates("softshrink", "soft_shrink"),
    _activates("tanhshrink", "tanh_shrink"),
    _activates("glu", "glu"),
    _activates("threshold", "threshold"),
)

_ANY_NUMBER = Gives(Scale.LOGITS, Rescue.NEVER)
_RESIZED = Keeps(AVERAGED, along=Along(Parameter("mode", 3, "nearest"), SMOOTH_MODES))

_LIKE_MODULES = (
    *_rows(_FUNCTIONAL, _ANY_NUMBER, "linear", *_sized("conv", "conv_transpose"), "embedding"),
    Operation(f"{_FUNCTIONAL}.bilinear", _ANY_NUMBER, Parameter("input1", 0)),
    *_rows(
        _FUNCTIONAL,
        Keeps(DROPPED, off=Parameter("p", 1, 0.5)),
        "dropout",
        *_sized("dropout"),
        "alpha_dropout",
        "feature_alpha_dropout",
        kind=StepKind.NOISE,
    ),
    *_rows(
        _FUNCTIONAL,
        Keeps(RESCALED),
        "batch_norm",
        "instance_norm",
        "layer_norm",
        "group_norm",
        "rms_norm",
        "local_response_norm",
        kind=StepKind.NORMALISATION,
    ),
    *_rows(_FUNCTIONAL, Keeps(AVERAGED), *_sized("avg_pool", "adaptive_avg_pool"), kind=StepKind.STATISTIC),
    *_rows(_FUNCTIONAL, Keeps(EACH_NUMBER), *_sized("max_pool", "adaptive_max_pool"), kind=StepKind.STATISTIC),
    *_rows(_FUNCTIONAL, _RESIZED, "interpolate"),
    *_rows(_FUNCTIONAL, Keeps(EACH_NUMBER, last=LastAxis.MOVES), "pixel_shuffle", "pixel_unshuffle"),
    *_rows(_FUNCTIONAL, Keeps(PADDED, last=LastAxis.MOVES), "pad"),
    *_rows(_FUNCTIONAL, Loses("vectors are scaled to a length"), "normalize"),
    *_rows(_FUNCTIONAL, Loses("it clips to bounds of its own"), "hardtanh"),
)

_RESHAPED = reshaped(Parameter("shape", 1))
_OF_SAMPLES: frozenset[object] = frozenset({0})
_MEAN = mean(Parameter("dim", 1), _OF_SAMPLES)

_ON_NUMBERS = (
    *_rows("torch", LOG, "log"),
    *_rows("torch", EXP, "exp"),
    *_rows("torch", LOGIT, "logit"),
    *_rows("torch", Keeps(CLIPPED, bounds=(Parameter("min", 1), Parameter("max", 2))), "clamp", kind=StepKind.CLIP),
    *_rows("torch", Keeps(EACH_NUMBER), "nan_to_num"),
    *_rows("torch", Keeps(SUMMED, last=LastAxis.MOVES), "sum", kind=StepKind.TOTAL),
    *_rows("torch", _MEAN, "mean", kind=StepKind.STATISTIC),
    *_rows("torch", SINGLE, "amax", "amin", kind=StepKind.EXTREME),
)

_ON_PLACES = (
    *_rows("torch", _RESHAPED, "reshape", kind=StepKind.RESHAPE),
    *_rows("torch", MOVED, "flatten", "unflatten", kind=StepKind.RESHAPE),
    *_rows("torch", MOVED, "permute", "transpose", "swapaxes", "movedim", "t", kind=StepKind.RESHAPE),
    *_rows("torch", MOVED, "unsqueeze"),
    *_rows("torch", Keeps(EVERYTHING, last=LastAxis.SQUEEZED), "squeeze"),
    *_rows("torch", WHOLE, "clone", "roll", "flip"),
    *_rows("torch", WHOLE, "from_numpy", tensor=Parameter("ndarray", 0)),
    *_rows("torch", WHOLE, "as_tensor", tensor=Parameter("data", 0)),
    *_rows("torch", SINGLE, "index_select", "masked_select", "narrow", "select", "take_along_dim"),
    *_rows("torch", replace(SINGLE, picks=_DIM), "gather"),
    *_rows("torch", SINGLE, "tile", "broadcast_to", "repeat_interleave"),
    *_rows("einops", MOVED, "rearrange", kind=StepKind.RESHAPE, tensor=Parameter("tensor", 0)),
    *_rows("einops", SINGLE, "repeat", tensor=Parameter("tensor", 0)),
)

_STACKED = Merges(EVERYTHING, Along(Parameter("dim", 1, 0), _OF_SAMPLES))

_OF_SEVERAL = (
    *_rows("torch", Merges(JOINED), "cat", "hstack", "vstack", tensor=_TENSORS),
    *_rows("torch", _STACKED, "stack", tensor=_TENSORS),
)

ROWS: tuple[Operation, ...] = (*_ACTIVATING, *_LIKE_MODULES, *_ON_NUMBERS, *_ON_PLACES, *_OF_SEVERAL)

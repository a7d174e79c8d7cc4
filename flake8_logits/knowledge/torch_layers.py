"""PyTorch's modules: with weights, with an activation, those that leave the numbers what they are, and others."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, DROPPED, EACH_NUMBER, EVERYTHING, PADDED, RESCALED
from flake8_logits.knowledge.rows import (
    Activates,
    Along,
    AxisParameter,
    Keeps,
    LastAxis,
    Loses,
    Module,
    Parameter,
    Rank,
    Weighted,
)

CLASS_AXES = frozenset({1, -1})
"""PyTorch's losses look for the classes along axis 1, which is the last one of a matrix."""
SMOOTH_MODES: frozenset[object] = frozenset({"nearest", "nearest-exact", "linear", "bilinear", "trilinear", "area"})
"""Ways to resize a picture in which each new number lies between old ones."""

_DIM = AxisParameter("dim", 0, classes=CLASS_AXES)
_SIZES = ("1d", "2d", "3d")


def _weighted(name: str, units: str, index: int) -> Module:
    return Module(f"torch.nn.{name}", Weighted(units=Parameter(units, index)))


def _activates(name: str, activation: str, axis: Parameter | None = None) -> Module:
    effect = Activates(f"keras.activations.{activation}", axis=axis, rescue=Rescue.NEVER)
    return Module(f"torch.nn.{name}", effect)


def _rows(effect: Keeps | Loses, kind: StepKind, *names: str) -> tuple[Module, ...]:
    return tuple(Module(f"torch.nn.{name}", effect, kind=kind) for name in names)


def _sized(*names: str) -> tuple[str, ...]:
    """The names with each number of axes that a picture can have."""
    return tuple(f"{name}{size}" for name in names for size in _SIZES)


_WEIGHTED = (
    _weighted("Linear", "out_features", 1),
    _weighted("LazyLinear", "out_features", 0),
    _weighted("Bilinear", "out_features", 2),
    _weighted("Embedding", "embedding_dim", 1),
    _weighted("EmbeddingBag", "embedding_dim", 1),
    *(_weighted(name, "out_channels", 1) for name in _sized("Conv", "ConvTranspose")),
    *(_weighted(name, "out_channels", 0) for name in _sized("LazyConv", "LazyConvTranspose")),
)

_ACTIVATING = (
    _activates("Softmax", "softmax", _DIM),
    _activates("Softmin", "softmax", _DIM),
    _activates("Softmax2d", "softmax"),
    _activates("LogSoftmax", "log_softmax", _DIM),
    _activates("Sigmoid", "sigmoid"),
    _activates("Hardsigmoid", "hard_sigmoid"),
    _activates("LogSigmoid", "log_sigmoid"),
    _activates("ReLU", "relu"),
    _activates("ReLU6", "relu6"),
    _activates("Softplus", "softplus"),
    _activates("Tanh", "tanh"),
    _activates("Softsign", "softsign"),
    _activates("ELU", "elu"),
    _activates("SELU", "selu"),
    _activates("CELU", "celu"),
    _activates("GELU", "gelu"),
    _activates("SiLU", "silu"),
    _activates("Mish", "mish"),
    _activates("Hardswish", "hard_silu"),
    _activates("LeakyReLU", "leaky_relu"),
    _activates("PReLU", "leaky_relu"),
    _activates("RReLU", "leaky_relu"),
    _activates("Hardshrink", "hard_shrink"),
    _activates("Softshrink", "soft_shrink"),
    _activates("Tanhshrink", "tanh_shrink"),
    _activates("GLU", "glu"),
    _activates("Threshold", "threshold"),
)

_NOISY = Keeps(DROPPED, off=Parameter("p", 0, 0.5))
_RESIZED = Keeps(AVERAGED, along=Along(Parameter("mode", 2, "nearest"), SMOOTH_MODES))

_PASSING = (
    *_rows(Keeps(EVERYTHING, Rescue.NEVER), StepKind.IDENTITY, "Identity"),
    *_rows(Keeps(EVERYTHING, last=LastAxis.MOVES), StepKind.RESHAPE, "Unflatten"),
    Module("torch.nn.Flatten", Keeps(EVERYTHING, last=LastAxis.MOVES), kind=StepKind.RESHAPE, rank=Rank(2)),
    *_rows(_NOISY, StepKind.NOISE, "Dropout", *_sized("Dropout"), "AlphaDropout", "FeatureAlphaDropout"),
    *_rows(
        Keeps(RESCALED),
        StepKind.NORMALISATION,
        *_sized("BatchNorm", "LazyBatchNorm", "InstanceNorm", "LazyInstanceNorm"),
        "SyncBatchNorm",
        "LayerNorm",
        "GroupNorm",
        "RMSNorm",
        "LocalResponseNorm",
    ),
    *_rows(Keeps(AVERAGED), StepKind.STATISTIC, *_sized("AvgPool", "AdaptiveAvgPool")),
    *_rows(Keeps(EACH_NUMBER), StepKind.STATISTIC, *_sized("MaxPool", "AdaptiveMaxPool")),
    *_rows(Keeps(EVERYTHING), StepKind.OTHER, *_sized("ReflectionPad", "ReplicationPad", "CircularPad")),
    *_rows(Keeps(PADDED), StepKind.OTHER, *_sized("ZeroPad")),
    *_rows(Keeps(AVERAGED), StepKind.OTHER, "UpsamplingNearest2d", "UpsamplingBilinear2d"),
    *_rows(_RESIZED, StepKind.OTHER, "Upsample"),
    *_rows(
        Keeps(EACH_NUMBER, last=LastAxis.MOVES), StepKind.RESHAPE, "PixelShuffle", "PixelUnshuffle", "ChannelShuffle"
    ),
)

_OPAQUE = (
    *_rows(Loses("a recurrent layer gives its output and its states"), StepKind.OTHER, "RNN", "LSTM", "GRU"),
    *_rows(Loses("a recurrent cell gives its state"), StepKind.OTHER, "RNNCell", "LSTMCell", "GRUCell"),
    *_rows(Loses("attention mixes its inputs"), StepKind.OTHER, "MultiheadAttention"),
    *_rows(
        Loses("a transformer gives features"),
        StepKind.OTHER,
        "Transformer",
        "TransformerEncoder",
        "TransformerEncoderLayer",
        "TransformerDecoder",
        "TransformerDecoderLayer",
    ),
    *_rows(Loses("it clips to bounds of its own"), StepKind.OTHER, "Hardtanh"),
    *_rows(Loses("it pads with a number of its own"), StepKind.OTHER, *_sized("ConstantPad")),
    *_rows(Loses("a norm of each window"), StepKind.STATISTIC, *_sized("LPPool")),
    *_rows(Loses("how alike two vectors are"), StepKind.OTHER, "CosineSimilarity", "PairwiseDistance"),
)

ROWS: tuple[Module, ...] = (*_WEIGHTED, *_ACTIVATING, *_PASSING, *_OPAQUE)

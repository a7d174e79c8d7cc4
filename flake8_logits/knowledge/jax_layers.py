"""Layers for JAX: those of Flax (linen and nnx), Equinox and Haiku."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, DROPPED, EACH_NUMBER, EVERYTHING, RESCALED
from flake8_logits.knowledge.rows import (
    Activates,
    Application,
    Effect,
    Keeps,
    LastAxis,
    Layer,
    Loses,
    Parameter,
    Stateless,
    Weighted,
    Wraps,
)

_LINEN = "flax.linen"
_NNX = "flax.nnx"
_EQUINOX = "equinox.nn"
_HAIKU = "haiku"
_SIZES = ("1d", "2d", "3d")


def _weighted(library: str, units: str, index: int, *names: str) -> tuple[Layer, ...]:
    return _rows(library, Weighted(units=Parameter(units, index)), StepKind.OTHER, *names)


def _rows(library: str, effect: Effect, kind: StepKind, *names: str) -> tuple[Layer, ...]:
    """Layers of one library; those of linen hold no weights."""
    cls = Stateless if library == _LINEN else Layer
    return tuple(cls(f"{library}.{name}", effect, kind=kind) for name in names)


def _sized(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}{size}" for name in names for size in _SIZES)


_LEAKY = Activates("keras.activations.leaky_relu", rescue=Rescue.NEVER)
_INSTANCE = Parameter("layer_instance", 0)
_INNER = Parameter("layer", 0)
_RATE = Parameter("rate", 0)
_RECURRENT = Loses("a recurrent layer gives its states")
_ATTENTION = Loses("attention mixes its inputs")
_MOVED = Keeps(EVERYTHING, last=LastAxis.MOVES)

_OF_LINEN = (
    *_weighted(_LINEN, "features", 0, "Dense", "DenseGeneral", "Conv", "ConvTranspose", "ConvLocal"),
    *_weighted(_LINEN, "features", 1, "Embed"),
    *_rows(_LINEN, Weighted(), StepKind.OTHER, "Einsum"),
    *_rows(
        _LINEN,
        Keeps(RESCALED),
        StepKind.NORMALISATION,
        "BatchNorm",
        "LayerNorm",
        "GroupNorm",
        "InstanceNorm",
        "RMSNorm",
    ),
    *_rows(_LINEN, Keeps(DROPPED, off=_RATE), StepKind.NOISE, "Dropout"),
    *_rows(_LINEN, _LEAKY, StepKind.OTHER, "PReLU"),
    *_rows(_LINEN, Wraps(_INSTANCE), StepKind.OTHER, "SpectralNorm", "WeightNorm"),
    *_rows(_LINEN, _ATTENTION, StepKind.OTHER, "MultiHeadDotProductAttention", "MultiHeadAttention", "SelfAttention"),
    *_rows(_LINEN, _RECURRENT, StepKind.OTHER, "RNN", "LSTMCell", "OptimizedLSTMCell", "GRUCell", "SimpleCell"),
)

_OF_NNX = (
    *_weighted(_NNX, "out_features", 1, "Linear", "LinearGeneral", "Conv", "ConvTranspose", "LoRALinear"),
    *_weighted(_NNX, "features", 1, "Embed"),
    *_rows(_NNX, Weighted(), StepKind.OTHER, "Einsum"),
    *_rows(
        _NNX, Keeps(RESCALED), StepKind.NORMALISATION, "BatchNorm", "LayerNorm", "GroupNorm", "InstanceNorm", "RMSNorm"
    ),
    *_rows(_NNX, Keeps(DROPPED, off=_RATE), StepKind.NOISE, "Dropout"),
    *_rows(_NNX, _LEAKY, StepKind.OTHER, "PReLU"),
    *_rows(_NNX, Wraps(_INSTANCE), StepKind.OTHER, "SpectralNorm", "WeightNorm"),
    *_rows(_NNX, _ATTENTION, StepKind.OTHER, "MultiHeadAttention"),
    *_rows(_NNX, _RECURRENT, StepKind.OTHER, "RNN", "LSTMCell", "OptimizedLSTMCell", "GRUCell", "SimpleCell"),
)

_MLP = Weighted(activation=Parameter("final_activation", 5), units=Parameter("out_size", 1))

_OF_EQUINOX = (
    *_weighted(_EQUINOX, "out_features", 1, "Linear"),
    *_weighted(_EQUINOX, "out_channels", 1, *_sized("Conv", "ConvTranspose")),
    *_weighted(_EQUINOX, "out_channels", 2, "Conv", "ConvTranspose"),
    *_weighted(_EQUINOX, "embedding_size", 1, "Embedding"),
    *_rows(_EQUINOX, _MLP, StepKind.OTHER, "MLP"),
    *_rows(_EQUINOX, Keeps(RESCALED), StepKind.NORMALISATION, "LayerNorm", "GroupNorm", "RMSNorm"),
    *_rows(_EQUINOX, Loses("it gives its state beside the numbers"), StepKind.NORMALISATION, "BatchNorm"),
    *_rows(_EQUINOX, Keeps(DROPPED, off=Parameter("p", 0, 0.5)), StepKind.NOISE, "Dropout"),
    *_rows(_EQUINOX, Keeps(EVERYTHING), StepKind.IDENTITY, "Identity"),
    *_rows(_EQUINOX, Keeps(AVERAGED), StepKind.STATISTIC, *_sized("AvgPool", "AdaptiveAvgPool")),
    *_rows(_EQUINOX, Keeps(EACH_NUMBER), StepKind.STATISTIC, *_sized("MaxPool", "AdaptiveMaxPool")),
    *_rows(_EQUINOX, Activates(parameter=Parameter("fn", 0)), StepKind.OTHER, "Lambda"),
    *_rows(_EQUINOX, _LEAKY, StepKind.OTHER, "PReLU"),
    *_rows(_EQUINOX, Wraps(_INNER), StepKind.OTHER, "SpectralNorm", "WeightNorm"),
    *_rows(_EQUINOX, _ATTENTION, StepKind.OTHER, "MultiheadAttention"),
    *_rows(_EQUINOX, _RECURRENT, StepKind.OTHER, "LSTMCell", "GRUCell"),
)

_OF_HAIKU = (
    *_weighted(_HAIKU, "output_size", 0, "Linear"),
    *_weighted(_HAIKU, "output_channels", 0, *(f"Conv{size}D{end}" for size in "123" for end in ("", "Transpose"))),
    *_weighted(_HAIKU, "output_channels", 1, "ConvND", "ConvNDTranspose"),
    *_weighted(_HAIKU, "embed_dim", 1, "Embed"),
    *_rows(
        _HAIKU,
        Weighted(),
        StepKind.OTHER,
        *(f"DepthwiseConv{size}D" for size in "123"),
        "SeparableDepthwiseConv2D",
    ),
    *_rows(
        _HAIKU,
        Keeps(RESCALED),
        StepKind.NORMALISATION,
        "BatchNorm",
        "LayerNorm",
        "GroupNorm",
        "InstanceNorm",
        "RMSNorm",
    ),
    *_rows(_HAIKU, Keeps(RESCALED), StepKind.OTHER, "Bias"),
    *_rows(_HAIKU, Keeps(AVERAGED), StepKind.STATISTIC, "AvgPool"),
    *_rows(_HAIKU, Keeps(EACH_NUMBER), StepKind.STATISTIC, "MaxPool"),
    *_rows(_HAIKU, _MOVED, StepKind.RESHAPE, "Flatten", "Reshape"),
    *_rows(_HAIKU, _ATTENTION, StepKind.OTHER, "MultiHeadAttention"),
    *_rows(_HAIKU, _RECURRENT, StepKind.OTHER, "LSTM", "GRU", "VanillaRNN", "DeepRNN", "IdentityCore"),
)

_MODELS = tuple(
    Application(f"{_HAIKU}.nets.{name}", scale=Scale.LOGITS, rescue=Rescue.NEVER)
    for name in (
        "MobileNetV1",
        *(f"ResNet{layers}" for layers in (18, 34, 50, 101, 152, 200)),
    )
)
"""Classifiers that end in a layer without activation."""

ROWS: tuple[Layer | Application, ...] = (*_OF_LINEN, *_OF_NNX, *_OF_EQUINOX, *_OF_HAIKU, *_MODELS)

"""Keras layers that decide a scale: those with weights, those that only activate, and those we can say nothing of."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.ranks import ranked
from flake8_logits.knowledge.rows import Activates, Gives, Layer, Loses, Parameter, Recurs, Weighted

_UNITS = Parameter("units", 0, aliases=("output_dim",))
_FILTERS = Parameter("filters", 0, aliases=("nb_filter",))


def _weighted(name: str, activation: int, units: Parameter | None) -> Layer:
    return Layer(f"keras.layers.{name}", Weighted(Parameter("activation", activation), units))


def _activates(name: str, activation: str) -> Layer:
    return Layer(f"keras.layers.{name}", Activates(f"keras.activations.{activation}"))


def _recurs(*names: str, activation: int = 1, units: Parameter = _UNITS, gates: int | None = None) -> tuple[Layer, ...]:
    effect = Recurs(
        Parameter("activation", activation, "tanh"),
        units,
        gates=None if gates is None else Parameter("recurrent_activation", gates, "sigmoid"),
    )
    return tuple(Layer(f"keras.layers.{name}", effect, kind=StepKind.RECURRENT) for name in names)


def _recurs_in_one_way(*names: str) -> tuple[Layer, ...]:
    effect = Recurs(units=_UNITS, fixed="tanh")
    return tuple(Layer(f"keras.layers.{name}", effect, kind=StepKind.RECURRENT) for name in names)


def _loses(why: str, *names: str) -> tuple[Layer, ...]:
    return tuple(Layer(f"keras.layers.{name}", Loses(why)) for name in names)


_WEIGHTED = (
    _weighted("Dense", 1, _UNITS),
    # Its second argument is a shape, of which the last entry would be the size.
    _weighted("EinsumDense", 2, None),
    _weighted("Conv1D", 7, _FILTERS),
    _weighted("Conv2D", 7, _FILTERS),
    _weighted("Conv3D", 7, _FILTERS),
    _weighted("Conv1DTranspose", 7, _FILTERS),
    _weighted("Conv2DTranspose", 7, _FILTERS),
    _weighted("Conv3DTranspose", 7, _FILTERS),
    _weighted("SeparableConv1D", 7, _FILTERS),
    _weighted("SeparableConv2D", 7, _FILTERS),
    _weighted("DepthwiseConv1D", 6, None),
    _weighted("DepthwiseConv2D", 6, None),
    _weighted("LocallyConnected1D", 5, _FILTERS),
    _weighted("LocallyConnected2D", 5, _FILTERS),
)

_ACTIVATING = (
    Layer("keras.layers.Activation", Activates(parameter=Parameter("activation", 0))),
    Layer(
        "keras.layers.Softmax",
        Activates("keras.activations.softmax", axis=Parameter("axis", 0, -1)),
        source="measured: undone in graphs from TF 2.10 on, run eagerly from Keras 2.15 on",
    ),
    Layer("keras.layers.ReLU", Activates("keras.activations.relu", slope=Parameter("negative_slope", 1, 0.0))),
    Layer("keras.layers.ThresholdedReLU", Activates("keras.activations.relu", rescue=Rescue.NEVER, cuts=True)),
    _activates("LeakyReLU", "leaky_relu"),
    _activates("PReLU", "leaky_relu"),
    _activates("ELU", "elu"),
)

_RECURRENT = (
    *_recurs("LSTM", "GRU", gates=2),
    *_recurs("SimpleRNN"),
    *_recurs_in_one_way("CuDNNLSTM", "CuDNNGRU"),
    *_recurs("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", activation=6, units=_FILTERS, gates=7),
)

_TABLES = (
    # Numbers that are not trained may be data, and a constraint may keep them above zero.
    Layer(
        "keras.layers.Embedding",
        Gives(
            Scale.LOGITS,
            units=Parameter("output_dim", 1),
            unless=("weights", "trainable", "embeddings_constraint"),
        ),
    ),
)

_OPAQUE = (
    *_loses("what its cell does is not known", "RNN"),
    *_loses("a table of learned numbers that is also used backwards", "ReversibleEmbedding"),
    *_loses(
        "attention mixes its inputs",
        "Attention",
        "AdditiveAttention",
        "MultiHeadAttention",
        "GroupQueryAttention",
    ),
    *_loses("vectors are scaled to unit length", "UnitNormalization"),
    *_loses(
        "it prepares inputs",
        "CategoryEncoding",
        "Discretization",
        "HashedCrossing",
        "Hashing",
        "IntegerLookup",
        "StringLookup",
        "TextVectorization",
        "MelSpectrogram",
        "STFTSpectrogram",
    ),
)

LAMBDA = Layer("keras.layers.Lambda", Loses("a function that could not be followed"))
"""What is known of a Lambda as such: its function tells more, where that is followed."""

ROWS: tuple[Layer, ...] = ranked((*_WEIGHTED, *_ACTIVATING, *_RECURRENT, *_TABLES, *_OPAQUE))

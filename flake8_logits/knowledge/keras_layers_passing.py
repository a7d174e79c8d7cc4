"""Keras layers with one input that pass some scales on."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, DROPPED, EACH_NUMBER, EVERYTHING, PADDED, RESCALED
from flake8_logits.knowledge.ranks import ranked
from flake8_logits.knowledge.rows import Along, Keeps, LastAxis, Layer, Parameter, Wraps


def _keep(scales: frozenset[Scale], *names: str, kind: StepKind = StepKind.OTHER) -> tuple[Layer, ...]:
    return tuple(Layer(f"keras.layers.{name}", Keeps(scales), kind=kind) for name in names)


def _sizes(name: str, sizes: str = "123") -> tuple[str, ...]:
    return tuple(f"{name}{size}D" for size in sizes)


_UNTOUCHED = (
    Layer("keras.layers.InputLayer", Keeps(EVERYTHING, Rescue.ALWAYS)),
    # Keras 3 hands the same tensor on, Keras 2 a copy without the mark.
    Layer("keras.layers.Identity", Keeps(EVERYTHING), kind=StepKind.IDENTITY),
    *_keep(EVERYTHING, "ActivityRegularization"),
    # Zeroes steps that are to be ignored, and never a distribution but for an odd mask value.
    *_keep(AVERAGED, "Masking"),
)

_MOVED = (
    # (batch, classes) is what is flattened in nearly all programs that flatten a head.
    Layer("keras.layers.Flatten", Keeps(EVERYTHING, last=LastAxis.MOVES), kind=StepKind.RESHAPE),
    Layer(
        "keras.layers.Reshape",
        Keeps(EVERYTHING, last=LastAxis.MOVES, shape=Parameter("target_shape", 0)),
        kind=StepKind.RESHAPE,
    ),
    *_keep(EVERYTHING, "RepeatVector", *_sizes("Cropping"), "UpSampling1D", "UpSampling3D"),
    Layer("keras.layers.Permute", Keeps(EVERYTHING, along=Along(Parameter("dims", 0), frozenset(), last=0))),
    *_keep(PADDED, *_sizes("ZeroPadding")),
)

_POOLED = (
    *_keep(
        AVERAGED,
        *_sizes("AveragePooling"),
        *_sizes("GlobalAveragePooling"),
        *_sizes("AdaptiveAveragePooling"),
        kind=StepKind.STATISTIC,
    ),
    *_keep(AVERAGED, "UpSampling2D", "Resizing", "CenterCrop"),
    *_keep(
        EACH_NUMBER,
        *_sizes("MaxPooling"),
        *_sizes("GlobalMaxPooling"),
        *_sizes("AdaptiveMaxPooling"),
        kind=StepKind.STATISTIC,
    ),
)

_RATE = Parameter("rate", 0, aliases=("p",))

_NOISY = (
    *(
        Layer(f"keras.layers.{name}", Keeps(DROPPED, off=_RATE), kind=StepKind.NOISE)
        for name in ("Dropout", *_sizes("SpatialDropout"), "AlphaDropout", "GaussianDropout")
    ),
    Layer(
        "keras.layers.GaussianNoise",
        Keeps(DROPPED, off=Parameter("stddev", 0, aliases=("sigma",))),
        kind=StepKind.NOISE,
    ),
)

_NORMALISING = (
    "BatchNormalization",
    "SyncBatchNormalization",
    "LayerNormalization",
    "GroupNormalization",
    "RMSNormalization",
)

_RESCALED = (
    *(Layer(f"keras.layers.{name}", Keeps(RESCALED), kind=StepKind.NORMALISATION) for name in _NORMALISING),
    *_keep(RESCALED, "Normalization", "Rescaling"),
)

_LAYER = Parameter("layer", 0)

_WRAPPERS = (
    Layer("keras.layers.TimeDistributed", Wraps(_LAYER), "measured: it loses the mark in every version"),
    Layer(
        "keras.layers.Bidirectional",
        Wraps(_LAYER, merged=Along(Parameter("merge_mode", 1, "concat"), frozenset({"concat", "ave"}))),
    ),
    Layer("keras.layers.SpectralNormalization", Wraps(_LAYER)),
)

ROWS: tuple[Layer, ...] = ranked((*_UNTOUCHED, *_MOVED, *_POOLED, *_NOISY, *_RESCALED, *_WRAPPERS))

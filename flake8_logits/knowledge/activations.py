"""Activations: the scale each gives, whatever goes in."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.knowledge.rows import Activation, Parameter

_LAST_AXIS = Parameter("axis", 1, -1)
_MEASURED = "measured on Keras 3.15; the capitalised strings on Keras 2.10 and 2.15"


IDENTITY = "keras.activations.linear"


def _rectifier(
    name: str, scale: Scale, *other_strings: str, adjustable: bool = False, slope: Parameter | None = None
) -> Activation:
    return Activation(
        f"keras.activations.{name}",
        scale,
        (name, *other_strings),
        identity_above_zero=True,
        adjustable=adjustable,
        slope=slope,
    )


def _row(name: str, scale: Scale | None, *other_strings: str) -> Activation:
    return Activation(f"keras.activations.{name}", scale, (name, *other_strings))


ROWS: tuple[Activation, ...] = (
    # The identity: its name is its meaning, so it has no scale of its own.
    Activation(IDENTITY, None, ("linear",), Rescue.ALWAYS),
    # Probabilities.
    Activation(
        "keras.activations.softmax",
        Scale.SOFTMAX,
        ("softmax", "Softmax"),
        Rescue.ALWAYS,
        axis=_LAST_AXIS,
        source=_MEASURED,
    ),
    Activation("keras.activations.sigmoid", Scale.SIGMOID, ("sigmoid",), Rescue.ALWAYS),
    _row("hard_sigmoid", Scale.SIGMOID),
    _row("sparse_sigmoid", Scale.SIGMOID),
    # Their logarithms.
    Activation("keras.activations.log_softmax", Scale.LOG_SOFTMAX, ("log_softmax",), axis=_LAST_AXIS),
    _row("log_sigmoid", Scale.LOG_SIGMOID),
    # From zero upwards.
    _rectifier(
        "relu", Scale.NON_NEGATIVE, "ReLU", adjustable=True, slope=Parameter("negative_slope", 1, 0.0, ("alpha",))
    ),
    _rectifier("relu6", Scale.NON_NEGATIVE),
    _row("softplus", Scale.NON_NEGATIVE),
    _row("exponential", Scale.NON_NEGATIVE),
    _row("squareplus", Scale.NON_NEGATIVE),
    _row("sparse_plus", Scale.NON_NEGATIVE),
    # Between minus one and one.
    _row("tanh", Scale.BOUNDED),
    _row("hard_tanh", Scale.BOUNDED),
    _row("softsign", Scale.BOUNDED),
    # Bounded below, reaching below zero.
    _rectifier("elu", Scale.LOWER_BOUNDED),
    _row("selu", Scale.LOWER_BOUNDED),
    _rectifier("celu", Scale.LOWER_BOUNDED),
    _row("gelu", Scale.LOWER_BOUNDED),
    _row("silu", Scale.LOWER_BOUNDED, "swish"),
    _row("hard_silu", Scale.LOWER_BOUNDED, "hard_swish"),
    _row("mish", Scale.LOWER_BOUNDED),
    # Any real number.
    _rectifier("leaky_relu", Scale.LOGITS, "LeakyReLU", "PReLU"),
    _row("hard_shrink", Scale.LOGITS),
    _row("soft_shrink", Scale.LOGITS),
    _row("tanh_shrink", Scale.LOGITS),
    Activation("keras.activations.glu", Scale.LOGITS, ("glu",), axis=_LAST_AXIS),
    # None of ours: what is below the threshold becomes whatever the program says.
    _row("threshold", None),
    # Meant to sum to one, but does not on any backend of Keras 3.15.
    Activation("keras.activations.sparsemax", None, ("sparsemax",), axis=_LAST_AXIS, source=_MEASURED),
)

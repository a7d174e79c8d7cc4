"""PyTorch's modules: those with weights, those that only activate, and those that leave the numbers alone."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import DROPPED, EVERYTHING
from flake8_logits.knowledge.rows import (
    Activates,
    AxisParameter,
    Keeps,
    LastAxis,
    Loses,
    Module,
    Parameter,
    Weighted,
)

CLASS_AXES = frozenset({1, -1})
"""PyTorch's losses look for the classes along axis 1, which is the last one of a matrix."""
_DIM = AxisParameter("dim", 0, classes=CLASS_AXES)


def _weighted(name: str, units: str, index: int) -> Module:
    return Module(f"torch.nn.{name}", Weighted(units=Parameter(units, index)))


def _activates(name: str, activation: str, axis: Parameter | None = None) -> Module:
    effect = Activates(f"keras.activations.{activation}", axis=axis, rescue=Rescue.NEVER)
    return Module(f"torch.nn.{name}", effect)


_WEIGHTED = (
    _weighted("Linear", "out_features", 1),
    _weighted("LazyLinear", "out_features", 0),
    _weighted("Bilinear", "out_features", 2),
    *(_weighted(f"Conv{size}d", "out_channels", 1) for size in (1, 2, 3)),
    *(_weighted(f"ConvTranspose{size}d", "out_channels", 1) for size in (1, 2, 3)),
)

_ACTIVATING = (
    _activates("Softmax", "softmax", _DIM),
    _activates("LogSoftmax", "log_softmax", _DIM),
    _activates("Softmax2d", "softmax"),
    _activates("Sigmoid", "sigmoid"),
    _activates("LogSigmoid", "log_sigmoid"),
    _activates("ReLU", "relu"),
    _activates("Tanh", "tanh"),
)

_PASSING = (
    Module("torch.nn.Identity", Keeps(EVERYTHING, Rescue.NEVER), kind=StepKind.IDENTITY),
    Module("torch.nn.Dropout", Keeps(DROPPED), kind=StepKind.NOISE),
    Module("torch.nn.Flatten", Keeps(EVERYTHING, last=LastAxis.MOVES), kind=StepKind.RESHAPE),
)

_OPAQUE = (Module("torch.nn.LSTM", Loses("a recurrent layer gives its output and its states")),)

ROWS: tuple[Module, ...] = (*_WEIGHTED, *_ACTIVATING, *_PASSING, *_OPAQUE)

"""What the functions of several libraries have in common: the same effects, and rows that are made alike."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, EACH_NUMBER, EVERYTHING
from flake8_logits.knowledge.rows import Activates, Along, Effect, Keeps, LastAxis, Maps, Operation, Parameter

LOG = Maps(((Scale.SOFTMAX, Scale.LOG_SOFTMAX), (Scale.SIGMOID, Scale.LOG_SIGMOID)))
EXP = Maps(
    (
        (Scale.LOG_SOFTMAX, Scale.SOFTMAX),
        (Scale.LOG_SIGMOID, Scale.SIGMOID),
        (Scale.LOGITS, Scale.NON_NEGATIVE),
        (Scale.NON_NEGATIVE, Scale.NON_NEGATIVE),
        (Scale.BOUNDED, Scale.NON_NEGATIVE),
        (Scale.LOWER_BOUNDED, Scale.NON_NEGATIVE),
    )
)
LOGIT = Maps(((Scale.SIGMOID, Scale.LOGITS), (Scale.UNIT_INTERVAL, Scale.LOGITS)))

WHOLE = Keeps(EVERYTHING)
"""All numbers stay where they are, or move together."""
MOVED = Keeps(EVERYTHING, last=LastAxis.MOVES)
"""Distributions stay whole, maybe along another axis."""
SINGLE = Keeps(EACH_NUMBER, last=LastAxis.MOVES)
"""Numbers are picked or moved one by one."""


def reshaped(shape: Parameter) -> Keeps:
    """The effect of a reshape to what a parameter says."""
    return Keeps(EVERYTHING, along=Along(shape, frozenset(), unknown=True), last=LastAxis.MOVES, shape=shape)


def mean(axis: Parameter, samples: frozenset[object]) -> Keeps:
    """The effect of a mean along the axis of a parameter; along one of ``samples`` a mean of distributions is one."""
    return Keeps(AVERAGED, along=Along(axis, samples), last=LastAxis.MOVES)


def activates(module: str, name: str, activation: str, tensor: Parameter, axis: Parameter | None = None) -> Operation:
    """A function that applies an activation of Keras' list, and leaves nothing on the tensor to undo it by."""
    effect = Activates(f"keras.activations.{activation}", axis=axis, rescue=Rescue.NEVER)
    return Operation(f"{module}.{name}", effect, tensor)


def alike(
    module: str, effect: Effect, tensor: Parameter, *names: str, kind: StepKind = StepKind.OTHER
) -> tuple[Operation, ...]:
    """Functions of one module that have the same effect on the same argument."""
    return tuple(Operation(f"{module}.{name}", effect, tensor, kind=kind) for name in names)

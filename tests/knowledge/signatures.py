"""The parameters that a row speaks of, and those that a thing of a library has."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from flake8_logits.knowledge.catalogue import Row
from flake8_logits.knowledge.rows import (
    Activates,
    Activation,
    Application,
    Effect,
    Form,
    Keeps,
    Layer,
    Loss,
    Metric,
    Operation,
    Parameter,
    Recurs,
    Sampler,
    Trainer,
    Weighted,
    Wraps,
)


def parameters(row: Row) -> Iterator[tuple[str, Parameter]]:
    """The parameters of a row, each with the method of a class that takes it."""
    match row:
        case Activation():
            yield from _given("__init__", row.tensor, row.axis)
        case Layer() | Operation():
            yield from _given("__init__", row.tensor if isinstance(row, Operation) else None)
            yield from _given("__init__", *_of_effect(row.effect))
        case Loss():
            yield from _given("__init__", row.switch, row.spoils_rescue, row.log_target)
            yield from _given("__call__" if row.form is Form.CLASS else "__init__", row.prediction, row.target)
        case Metric():
            yield from _given("__init__", row.switch, row.threshold, row.ranked_by, row.prediction)
        case Application():
            yield from _given("__init__", row.top, row.activation)
        case Sampler():
            yield from _given("__init__", row.tensor, row.probabilities)
        case Trainer():
            yield from _given("__init__", row.model, row.loss)


def _of_effect(effect: Effect) -> tuple[Parameter | None, ...]:
    match effect:
        case Weighted(activation, units):
            return (activation, units)
        case Recurs(activation, units):
            return (activation, units)
        case Activates(_, parameter, axis):
            return (parameter, axis)
        case Wraps(layer):
            return (layer,)
        case Keeps(shape=shape, off=off, picks=picks):
            return (shape, off, picks)
    return ()


def _given(method: str, *parameters: Parameter | None) -> Iterator[tuple[str, Parameter]]:
    return ((method, parameter) for parameter in parameters if parameter is not None)


def signature_of(thing: Any, method: str) -> list[inspect.Parameter]:
    """The parameters of a function, or of a method of a class without its instance."""
    if not inspect.isclass(thing):
        return list(inspect.signature(thing).parameters.values())
    return list(inspect.signature(getattr(thing, method)).parameters.values())[1:]

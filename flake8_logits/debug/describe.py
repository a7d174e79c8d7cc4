"""What a value is, in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_logits.domain.facts import Loss
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import InstanceRef, LayerRef, ModelRef
from flake8_logits.interpret.abstract.slots import LAYERS, OUTPUTS
from flake8_logits.interpret.abstract.values import (
    ActivationValue,
    AttributeTable,
    Class,
    Const,
    Function,
    Gap,
    Lazy,
    Library,
    LossValue,
    Mapping,
    Method,
    MetricValue,
    Module,
    Object,
    Partial,
    Sequence,
    Super,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir

DEEPEST = 3
MOST_ITEMS = 8
LONGEST_CONSTANT = 60


def describe(interp: Interpreter, value: Value | Gap, depth: int = DEEPEST) -> str:
    """Return what a value is in the present state; the options of a choice have bars between them."""
    if isinstance(value, Gap):
        return "..." if value.each is None else f"{describe(interp, value.each, depth)}..."
    return " | ".join(describe_options(interp, value, depth))


def describe_options(interp: Interpreter, value: Value, depth: int = DEEPEST) -> list[str]:
    """Return what each option of a value is, alike ones once."""
    return list(dict.fromkeys(_one(interp, option, depth) for option, _ in options_of(value)))


def describe_output(output: Output | Lost) -> str:
    """Return what is believed of a tensor's numbers, and where that was decided."""
    if isinstance(output, Lost):
        return describe_lost(output)
    units = "" if output.units is None else f", {output.units} unit{'' if output.units == 1 else 's'}"
    origin = output.origin
    return f"{output.scale.words}{units}" + ("" if origin is None else f" ({origin.note}{_line(origin.place)})")


def describe_lost(lost: Lost) -> str:
    """Return why nothing is known, and where that began."""
    detail = f" ({lost.detail})" if lost.detail else ""
    return f"unknown: {lost.reason.value}{detail}{_line(lost.place)}"


def describe_loss(loss: Loss | Lost) -> str:
    """Return the name of what reads an output, with what it was told."""
    if isinstance(loss, Lost):
        return describe_lost(loss)
    told = "" if loss.told is None else f"(from_logits={loss.told})"
    return f"{loss.name or 'a loss without a name'}{told}"


def _line(place: Place | None) -> str:
    return "" if place is None else f", line {place.span.line}"


def _one(interp: Interpreter, value: Value, depth: int) -> str:
    inner: Callable[[Value | Gap], str] = lambda item: describe(interp, item, depth - 1) if depth else "..."  # noqa: E731
    content = content_of(interp, value)
    if content is not None and isinstance(value, Object):
        return inner(content)
    if isinstance(value, Sequence):
        shown = [inner(item) for item in value.items[:MOST_ITEMS]]
        opening, closing = ("[", "]") if value.kind == "list" else ("(", ")")
        return opening + ", ".join([*shown, *(["..."] if len(value.items) > MOST_ITEMS else [])]) + closing
    if isinstance(value, Mapping):
        pairs = [f"{key!r}: {inner(item)}" for key, item in value.items[:MOST_ITEMS]]
        return "{" + ", ".join([*pairs, *(["..."] if value.partial or len(value.items) > MOST_ITEMS else [])]) + "}"
    if isinstance(value, Object):
        return _object(interp, value, inner)
    if isinstance(value, LossValue):
        told = "" if value.switch is None else f"(from_logits={inner(value.switch)})"
        return f"loss {value.row.name}{told}"
    return _WORDS[type(value)](value, inner)


def _object(interp: Interpreter, value: Object, inner: Callable[[Value | Gap], str]) -> str:
    ref = value.ref
    if isinstance(ref, LayerRef):
        return f"layer {ref.row.name}"
    if isinstance(ref, ModelRef):
        named = f"{ref.kind.value} model" if ref.row is None else f"model {ref.row.name}"
        held = interp.state.get(ref, LAYERS) or interp.state.get(ref, OUTPUTS)
        return named if held is None else f"{named} of {inner(held)}"
    if isinstance(ref, InstanceRef):
        return f"instance of {ref.cls.name}"
    return "object"


def _function(value: Function) -> str:
    name = value.node.name if isinstance(value.node, ir.FunctionDef) else "lambda"
    return f"{'function' if value.bound is None else 'bound method'} {name}"


_WORDS: dict[type, Callable[[Any, Callable[[Value | Gap], str]], str]] = {
    Tensor: lambda value, inner: f"tensor of {describe_output(value.belief)}",
    Unknown: lambda value, inner: describe_lost(value.lost),
    Const: lambda value, inner: _clipped(repr(value.value)),
    Library: lambda value, inner: value.name,
    Module: lambda value, inner: f"module {value.name}",
    Lazy: lambda value, inner: f"{value.name or 'module'} of {value.path}, not read yet",
    Function: lambda value, inner: _function(value),
    Partial: lambda value, inner: f"partial of {inner(value.callee)}",
    Class: lambda value, inner: f"class {value.name}",
    Super: lambda value, inner: f"super of {value.cls.name}",
    AttributeTable: lambda value, inner: f"attributes of {inner(value.owner)}",
    Method: lambda value, inner: f"method {value.name} of {inner(value.receiver)}",
    MetricValue: lambda value, inner: f"metric {value.row.name}",
    ActivationValue: lambda value, inner: f"activation {value.row.name}",
}


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_CONSTANT else f"{text[: LONGEST_CONSTANT - 3]}..."

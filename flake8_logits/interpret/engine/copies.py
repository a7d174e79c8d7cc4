"""Copies of things: another with the same content, so that changes to one leave the other alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import DictRef, ListRef, Ref
from flake8_logits.interpret.abstract.slots import ITEMS, Slot
from flake8_logits.interpret.abstract.values import Choice, Gap, Mapping, Object, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.dispatch import Table
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir

DEEPEST_COPY = 8

Duplicate = Callable[[Object, ir.Node], Object]
duplicates: Table[Duplicate] = Table()
"""By kind of object: another of the kind, still without content."""
settles: dict[Slot, Callable[[Interpreter, Value, ir.Expression], Value]] = {}
"""By slot: what a deep copy takes of what stands there."""


Copies = dict[Ref, Object]
"""What was copied already: a thing that is held twice is copied once."""


def duplicate(
    interp: Interpreter, value: Value, node: ir.Expression, depth: int, copies: Copies | None = None
) -> Value:
    """A copy of a value, of what it holds too as far down as ``depth`` says."""
    made: Copies = {} if copies is None else copies

    def part(item: Value) -> Value:
        if depth <= 0:
            return item
        if isinstance(item, Choice):
            return interp.each(item, lambda option: duplicate(interp, option, node, depth - 1, made))
        return duplicate(interp, item, node, depth - 1, made)

    if isinstance(value, Tensor):
        return apart(value)
    if isinstance(value, Choice):
        return interp.each(value, lambda option: duplicate(interp, option, node, depth, made))
    content = content_of(interp, value)
    if isinstance(content, Sequence) and content.kind == "tuple":
        return _with_copied_parts(content, part)
    if isinstance(value, Object) and isinstance(content, (Sequence, Mapping)):
        if value.ref not in made:
            copy = made[value.ref] = Object((ListRef if isinstance(content, Sequence) else DictRef)(node))
            interp.state.set(copy.ref, ITEMS, _with_copied_parts(content, part))
        return made[value.ref]
    return _duplicate_object(interp, value, node, depth, part, made) if isinstance(value, Object) else value


def _with_copied_parts(content: Sequence | Mapping, part: Callable[[Value], Value]) -> Sequence | Mapping:
    if isinstance(content, Mapping):
        return Mapping(tuple((key, part(item)) for key, item in content.items), content.partial)
    return Sequence(tuple(item if isinstance(item, Gap) else part(item) for item in content.items), content.kind)


def _duplicate_object(
    interp: Interpreter,
    value: Object,
    node: ir.Expression,
    depth: int,
    part: Callable[[Value], Value],
    made: Copies,
) -> Object:
    handler = duplicates.find(type(value.ref))
    if handler is None:
        return value
    if value.ref in made:
        return made[value.ref]
    copy = made[value.ref] = handler(value, node)
    for name in interp.state.held(value.ref):
        held = interp.state.get(value.ref, name)
        settle = settles.get(name) if depth > 0 and isinstance(name, Slot) else None
        if settle is not None and held is not None:
            held = settle(interp, held, node)
        interp.state.set(copy.ref, name, None if held is None else part(held))
    return copy


def apart(value: Value) -> Value:
    """Tensors without the layers that made them: those of a copied graph are others."""
    if isinstance(value, Tensor):
        return replace(value, made_by=None, fed=None)
    if isinstance(value, Choice):
        return Choice(tuple((apart(option), guards) for option, guards in value.options))
    if isinstance(value, Sequence):
        return Sequence(tuple(item if isinstance(item, Gap) else apart(item) for item in value.items), value.kind)
    return value


@duplicates(InstanceRef)
def _instance(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, InstanceRef)
    return Object(InstanceRef(node, value.ref.cls))

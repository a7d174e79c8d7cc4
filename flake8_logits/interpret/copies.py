"""``copy`` and ``deepcopy``: another thing with the same content, so that changes to one leave the other alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.interpret.containers import content_of, make_dict, make_sequence
from flake8_logits.interpret.graphs import up_to_date
from flake8_logits.interpret.references import InstanceRef, LayerRef, ModelRef, Ref
from flake8_logits.interpret.values import NONE, Arguments, Choice, Gap, Mapping, Object, Sequence, Tensor, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

DEEPEST = 8


def _shallow(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return interp.each(args.value(0, "x") or NONE, lambda option: duplicate(interp, option, node, 0))


def _deep(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return interp.each(args.value(0, "x") or NONE, lambda option: duplicate(interp, option, node, DEEPEST))


def duplicate(interp: Interpreter, value: Value, node: ir.Expression, depth: int) -> Value:
    """A copy of a value, of what it holds too as far down as ``depth`` says."""

    def part(item: Value) -> Value:
        if depth <= 0:
            return item
        if isinstance(item, Choice):
            return interp.each(item, lambda option: duplicate(interp, option, node, depth - 1))
        return duplicate(interp, item, node, depth - 1)

    if isinstance(value, Tensor):
        return apart(value)
    if isinstance(value, Choice):
        return interp.each(value, lambda option: duplicate(interp, option, node, depth))
    content = content_of(interp, value)
    if isinstance(content, Sequence):
        items = [item if isinstance(item, Gap) else part(item) for item in content.items]
        if isinstance(value, Sequence):
            return Sequence(tuple(items), value.kind)
        return make_sequence(interp, node, content.kind, items)
    if isinstance(content, Mapping):
        return make_dict(interp, node, Mapping(tuple((k, part(v)) for k, v in content.items), content.partial))
    ref = _same_kind(value.ref, node) if isinstance(value, Object) else None
    if ref is None or not isinstance(value, Object):
        return value
    for name in sorted(interp.state.names(value.ref)):
        held = interp.state.get(value.ref, name)
        if name == "$outputs" and held is not None and depth > 0:
            held = up_to_date(interp, held, node)
        interp.state.set(ref, name, None if held is None else part(held))
    return Object(ref)


def apart(value: Value) -> Value:
    """Tensors without the layers that made them: those of a copied graph are others."""
    if isinstance(value, Tensor):
        return replace(value, made_by=None, fed=None)
    if isinstance(value, Choice):
        return Choice(tuple((apart(option), guards) for option, guards in value.options))
    if isinstance(value, Sequence):
        return Sequence(tuple(item if isinstance(item, Gap) else apart(item) for item in value.items), value.kind)
    return value


def _same_kind(ref: Ref, node: ir.Node) -> Ref | None:
    if isinstance(ref, InstanceRef):
        return InstanceRef(node, ref.cls)
    if isinstance(ref, ModelRef):
        return ModelRef(node, ref.kind, ref.row)
    if isinstance(ref, LayerRef):
        return LayerRef(ref.node, ref.row, ref.args)
    return None


IDIOMS: dict[str, Callable[[Interpreter, Arguments, ir.Expression], Value]] = {
    "copy.copy": _shallow,
    "copy.deepcopy": _deep,
}

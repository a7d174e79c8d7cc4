"""Which model an output comes from, by the name that the program gives it."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.values import Choice, Gap, Object, Sequence, Tensor, Value
from flake8_logits.source import syntax as ir


def known_as(name: str, model: Object) -> str:
    """What the reader of a message would call a model: within its own class by the name of that."""
    return model.ref.cls.name if name == "self" and isinstance(model.ref, InstanceRef) else name


def receiver(node: ir.Node) -> str:
    """How the program names the model whose method is called: ``model`` in ``model.compile()``, or empty."""
    func = node.func if isinstance(node, ir.Call) else None
    value = func.value if isinstance(func, ir.Attribute) else None
    return dotted(value)


def dotted(node: ir.Expression | None) -> str:
    """``a.b`` of a chain of names; empty for anything else."""
    if isinstance(node, ir.Name):
        return node.id
    if isinstance(node, ir.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def named(value: Value, name: str) -> Value:
    """Outputs that remember the model they come from."""
    if not name:
        return value
    if isinstance(value, Tensor) and isinstance(value.belief, Output):
        return replace(value, belief=replace(value.belief, model=name))
    if isinstance(value, Choice):
        return Choice(tuple((named(option, name), guards) for option, guards in value.options))
    if isinstance(value, Sequence):
        return Sequence(tuple(item if isinstance(item, Gap) else named(item, name) for item in value.items), value.kind)
    return value

"""Models that give an object: their numbers are its attribute, its item by name and, mostly, its first item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.references import DictRef
from flake8_logits.interpret.values import Arguments, Mapping, Object, Value
from flake8_logits.knowledge.rows import Application
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def made_object(interp: Interpreter, row: Application, outputs: Value, node: ir.Expression) -> Value:
    """What a model gives that returns an object: its numbers by attribute and by name."""
    ref = DictRef(node)
    interp.state.set(ref, "items", Mapping(((row.attribute, outputs),), Lost(Reason.UNKNOWN_ATTRIBUTE, node)))
    interp.state.set(ref, row.attribute, outputs)
    interp.state.set(ref, f"[{row.attribute!r}]", outputs)
    return Object(ref)


def output_object(interp: Interpreter, row: Application, outputs: Value, args: Arguments, node: ir.Expression) -> Value:
    """The object that one call of such a model gives."""

    def act(option: Value) -> Value:
        inner = interp.state.get(option.ref, row.attribute) if isinstance(option, Object) else None
        if inner is None:
            return option
        made = made_object(interp, row, inner, node)
        if isinstance(made, Object) and args.keyword("labels") is None and args.open is None:
            # With labels the loss would stand first.
            interp.state.set(made.ref, "[0]", inner)
        return made

    return interp.each(outputs, act)

"""``thing.__dict__``, ``vars(thing)`` and ``globals()``: names read and set by strings."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    AttributeTable,
    Class,
    Const,
    Lazy,
    Library,
    Mapping,
    Method,
    Module,
    Object,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.binding import bind
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.instances import forget_attributes
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter, calls_method, reads_item, sets_item
from flake8_logits.source import syntax as ir


def read(interp: Interpreter, table: AttributeTable, key: Value, node: ir.Expression) -> Value:
    """``table[key]``."""
    if isinstance(key, Const) and isinstance(key.value, str):
        return interp.get_attribute(table.owner, key.value, node)
    return interp.unknown(Reason.EXPRESSION, node)


@sets_item(AttributeTable)
def write(interp: Interpreter, table: AttributeTable, key: Value, value: Value, node: ir.Expression) -> None:
    """``table[key] = value``; an unknown key may be any name."""
    if isinstance(key, Const) and isinstance(key.value, str):
        interp.set_attribute(table.owner, key.value, value, node)
    else:
        forget_names(interp, table.owner, node)


def call(interp: Interpreter, table: AttributeTable, name: str, args: Arguments, node: ir.Expression) -> Value:
    """A method of such a table."""
    if name == "update":
        content = content_of(interp, args.value(0) or NONE)
        if args.open is not None or (args.positional and not (isinstance(content, Mapping) and not content.partial)):
            forget_names(interp, table.owner, node)
        given = content.items if isinstance(content, Mapping) else ()
        for key, value in (*given, *((key, value) for key, value, _ in args.keywords)):
            write(interp, table, Const(key), value, node)
        return NONE
    if name in ("pop", "clear", "setdefault"):
        forget_names(interp, table.owner, node)
    elif name == "get":
        return read(interp, table, args.value(0) or NONE, node)
    return interp.unknown(Reason.EXPRESSION, node)


def forget_names(interp: Interpreter, owner: Value, node: ir.Expression) -> None:
    """Any name of a thing, class or module may have been given another value."""
    if isinstance(owner, Object):
        forget_attributes(interp, owner.ref, node)
    elif isinstance(owner, Class):
        forget_attributes(interp, owner.scope, node)
    elif isinstance(owner, Module):
        lost = Unknown(Lost(Reason.EXPRESSION, node))
        for name in interp.state.names(owner.scope):
            if not isinstance(interp.state.get(owner.scope, name), (Library, Lazy, Module)):
                bind(interp, owner.scope, name, lost)


@reads_item(AttributeTable)
def _item(
    interp: Interpreter, table: AttributeTable, index: Value | None, node: ir.Node, bounds: Bounds | None
) -> Value:
    if index is None or not isinstance(node, ir.Expression):
        return interp.unknown(Reason.EXPRESSION, node)
    return read(interp, table, index, node)


@calls_method(AttributeTable)
def _method(interp: Interpreter, table: AttributeTable, method: Method, args: Arguments, node: ir.Expression) -> Value:
    return call(interp, table, method.name, args, node)

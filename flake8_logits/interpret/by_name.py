"""``thing.__dict__``, ``vars(thing)`` and ``globals()``: names read and set by strings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.assign import bind, set_any
from flake8_logits.interpret.attributes import attribute
from flake8_logits.interpret.containers import content_of
from flake8_logits.interpret.instances import forget_attributes
from flake8_logits.interpret.values import (
    NONE,
    Arguments,
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
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def read(interp: Interpreter, table: Method, key: Value, node: ir.Expression) -> Value:
    """``table[key]``."""
    if isinstance(key, Const) and isinstance(key.value, str):
        return attribute(interp, table.receiver, key.value, node)
    return interp.unknown(Reason.EXPRESSION, node)


def write(interp: Interpreter, table: Method, key: Value, value: Value, node: ir.Expression) -> None:
    """``table[key] = value``; an unknown key may be any name."""
    if isinstance(key, Const) and isinstance(key.value, str):
        set_any(interp, table.receiver, key.value, value, node)
    else:
        _forget(interp, table.receiver, node)


def call(interp: Interpreter, table: Method, name: str, args: Arguments, node: ir.Expression) -> Value:
    """A method of such a table."""
    if name == "update":
        content = content_of(interp, args.value(0) or NONE)
        if args.open is not None or (args.positional and not (isinstance(content, Mapping) and not content.partial)):
            _forget(interp, table.receiver, node)
        given = content.items if isinstance(content, Mapping) else ()
        for key, value in (*given, *((key, value) for key, value, _ in args.keywords)):
            write(interp, table, Const(key), value, node)
        return NONE
    if name in ("pop", "clear", "setdefault"):
        _forget(interp, table.receiver, node)
    elif name == "get":
        return read(interp, table, args.value(0) or NONE, node)
    return interp.unknown(Reason.EXPRESSION, node)


def _forget(interp: Interpreter, owner: Value, node: ir.Expression) -> None:
    if isinstance(owner, Object):
        forget_attributes(interp, owner.ref, node)
    elif isinstance(owner, Class):
        forget_attributes(interp, owner.scope, node)
    elif isinstance(owner, Module):
        lost = Unknown(Lost(Reason.EXPRESSION, node))
        for name in interp.state.names(owner.scope):
            if not isinstance(interp.state.get(owner.scope, name), (Library, Lazy, Module)):
                bind(interp, owner.scope, name, lost)


def _vars(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner = args.value(0)
    return interp.unknown(Reason.EXPRESSION, node) if owner is None else Method(owner, "__dict__", node)


def _globals(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    scope = interp.frame.scope.visible()[-1]
    return Method(Module(scope.path, scope), "__dict__", node)


def _exec(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Code that is made when the program runs: it may give any name another value."""
    for scope in (interp.frame.scope, interp.frame.scope.visible()[-1]):
        _forget(interp, Module(scope.path, scope), node)
    return NONE


IDIOMS: dict[str, Callable[[Interpreter, Arguments, ir.Expression], Value]] = {
    "builtins.vars": _vars,
    "builtins.globals": _globals,
    "builtins.exec": _exec,
}

"""Attributes of values that have no rule of their own, and methods of which nothing is known."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import (
    Arguments,
    AttributeTable,
    Choice,
    Const,
    Function,
    Library,
    Method,
    Object,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.instances import stored
from flake8_logits.interpret.engine.interpreter import (
    Interpreter,
    calls,
    calls_method,
    kind_of,
    reads_attribute,
    sets_attribute,
)
from flake8_logits.knowledge.special_methods import CHANGING
from flake8_logits.source import syntax as ir


@reads_attribute(object)
def _attribute(interp: Interpreter, owner: Value, name: str, node: ir.Expression) -> Value:
    return AttributeTable(owner) if name == "__dict__" else Method(owner, name, node)


@reads_attribute(Choice)
def _attribute_of_each(interp: Interpreter, owner: Choice, name: str, node: ir.Expression) -> Value:
    return interp.each(owner, lambda option: interp.get_attribute(option, name, node))


@reads_attribute(Unknown)
def _attribute_of_unknown(interp: Interpreter, owner: Unknown, name: str, node: ir.Expression) -> Value:
    interp.go_on(owner, node)
    return Unknown(owner.lost, ("attribute", owner.symbol, name))


@reads_attribute(Function)
def _attribute_of_function(interp: Interpreter, owner: Function, name: str, node: ir.Expression) -> Value:
    if name in ("__name__", "__qualname__"):
        return Const("<lambda>" if isinstance(owner.node, ir.Lambda) else owner.node.name)
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, name)


@reads_attribute(Ref)
def attribute_of_object(interp: Interpreter, owner: Object, name: str, node: ir.Expression) -> Value:
    """What was set on a thing under a name; a method of it where nothing was."""
    if name == "__dict__":
        return AttributeTable(owner)
    found = stored(interp, owner.ref, name)
    return Method(owner, name, node) if found is None else found


@sets_attribute(object)
def _set_nothing(interp: Interpreter, owner: Value, name: str, value: Value, node: ir.Expression) -> None:
    """What is no thing of the program has no attributes that could be followed."""


@sets_attribute(Ref)
def _set(interp: Interpreter, owner: Object, name: str, value: Value, node: ir.Expression) -> None:
    interp.state.set(owner.ref, name, value)


@calls(Method)
def _call_method(interp: Interpreter, method: Method, args: Arguments, node: ir.Expression) -> Value:
    function = CHANGING.get(method.name)
    if function is not None and isinstance(method.receiver, Object):
        return interp.call(Library(function), args.after(method.receiver), node)
    return calls_method.get(kind_of(method.receiver))(interp, method.receiver, method, args, node)


@calls_method(object)
def _unknown_method(
    interp: Interpreter, receiver: Value, method: Method, args: Arguments, node: ir.Expression
) -> Value:
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)

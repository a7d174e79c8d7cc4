"""Puts values into names, attributes, items and patterns of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.containers import delete_item, set_item, turns
from flake8_logits.interpret.graphs import ACTIVATION, ANY_LAYER
from flake8_logits.interpret.instances import set_attribute
from flake8_logits.interpret.references import InstanceRef, ListRef
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import Class, Gap, Library, Module, Object, Sequence, Unknown, Value
from flake8_logits.knowledge.catalogue import canonical, declared_in
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def assign(interp: Interpreter, target: ir.Expression, value: Value, scope: Scope) -> None:
    """Assign a value to a target of any form."""
    if isinstance(target, ir.Name):
        bind(interp, scope.target(target.id), target.id, value)
    elif isinstance(target, ir.Attribute):
        set_any(interp, interp.evaluate(target.value, scope), target.attr, value, target)
    elif isinstance(target, ir.Subscript):
        owner = interp.evaluate(target.value, scope)
        set_item(interp, owner, interp.evaluate(target.index, scope), value, target)
    elif isinstance(target, ir.Collection):
        unpack(interp, target, value, scope)
    elif isinstance(target, ir.Starred):
        assign(interp, target.value, value, scope)


def bind(interp: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Bind a name, to the user's row of it if there is one.

    A module's names remember every value they ever had, for functions that nobody calls.
    """
    if scope.kind == "module":
        row = declared_in(scope.path, name)
        value = value if row is None else Library(row)
        history = interp.histories.setdefault((scope, name), [])
        if len(history) < 12 and value not in history:
            history.append(value)
    interp.state.set(scope, name, value)


def set_any(interp: Interpreter, owner: Value, name: str, value: Value, node: ir.Expression) -> None:
    """``owner.name = value``, whatever the owner is."""

    def put(option: Value) -> Value:
        if isinstance(option, Object) and isinstance(option.ref, InstanceRef):
            set_attribute(interp, option, name, value, node)
        elif isinstance(option, Object):
            interp.state.set(option.ref, name, value)
        elif isinstance(option, Unknown) and name == ACTIVATION:
            interp.state.set(ANY_LAYER, ACTIVATION, interp.unknown(Reason.HANDED_AWAY, node))
        elif isinstance(option, Class):
            interp.state.set(option.scope, name, value)
        elif isinstance(option, Module):
            bind(interp, option.scope, name, value)
        elif isinstance(option, Library):
            interp.patched.add(canonical(f"{option.name}.{name}"))
        return value

    interp.each(owner, put)


def unpack(interp: Interpreter, target: ir.Collection, value: Value, scope: Scope) -> None:
    """``a, *b, c = value``; what cannot be told apart is Unknown."""

    def act(option: Value) -> Value:
        items = turns(interp, option)
        star = next((i for i, item in enumerate(target.items) if isinstance(item, ir.Starred)), None)
        count = len(target.items)
        if items is None or any(isinstance(item, Gap) for item in items):
            items = None
        elif star is None and len(items) != count:
            items = None
        elif star is not None and len(items) < count - 1:
            items = None
        for index, part in enumerate(target.items):
            found: Value
            if items is None:
                found = interp.unknown(Reason.EXPRESSION, part)
            elif star is not None and index == star:
                rest = items[star : len(items) - (count - 1 - star)]
                ref = ListRef(part)
                interp.state.set(ref, "items", Sequence(tuple(rest), "list"))
                found = Object(ref)
            else:
                item = items[index] if star is None or index < star else items[index - count]
                assert not isinstance(item, Gap)
                found = item
            assign(interp, part, found, scope)
        return option

    interp.each(value, act)


def delete(interp: Interpreter, target: ir.Expression, scope: Scope) -> None:
    """``del target``."""
    if isinstance(target, ir.Name):
        interp.state.set(scope.target(target.id), target.id, None)
    elif isinstance(target, ir.Attribute):
        owner = interp.evaluate(target.value, scope)
        if isinstance(owner, (Object, Class)):
            interp.state.set(owner.ref if isinstance(owner, Object) else owner.scope, target.attr, None)
    elif isinstance(target, ir.Subscript):
        delete_item(interp, interp.evaluate(target.value, scope), interp.evaluate(target.index, scope))
    elif isinstance(target, ir.Collection):
        for item in target.items:
            delete(interp, item, scope)

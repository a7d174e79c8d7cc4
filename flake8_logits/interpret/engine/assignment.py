"""Puts values into names, attributes, items and patterns of them."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import ListRef, Ref
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import Class, Gap, Object, Sequence, Unknown, Value
from flake8_logits.interpret.engine.binding import bind
from flake8_logits.interpret.engine.containers import delete_item, filled, turns
from flake8_logits.interpret.engine.instances import container_kind
from flake8_logits.interpret.engine.interpreter import Interpreter, deletes_attribute, deletes_item
from flake8_logits.interpret.engine.special_methods import ask, deleted_by_program, iterated
from flake8_logits.knowledge.special_methods import DELETING
from flake8_logits.source import syntax as ir


def assign(interp: Interpreter, target: ir.Expression, value: Value, scope: Scope) -> None:
    """Assign a value to a target of any form."""
    if isinstance(target, ir.Name):
        bind(interp, scope.target(target.id), target.id, value)
    elif isinstance(target, ir.Attribute):
        interp.set_attribute(interp.evaluate(target.value, scope), target.attr, value, target)
    elif isinstance(target, ir.Subscript):
        owner = interp.evaluate(target.value, scope)
        interp.set_item(owner, interp.evaluate(target.index, scope), value, target)
    elif isinstance(target, ir.Collection):
        unpack(interp, target, value, scope)
    elif isinstance(target, ir.Starred):
        assign(interp, target.value, value, scope)


def unpack(interp: Interpreter, target: ir.Collection, value: Value, scope: Scope) -> None:
    """``a, *b, c = value``; what cannot be told apart is Unknown."""

    def act(option: Value) -> Value:
        items = turns(interp, iterated(interp, option, target))
        star = next((i for i, item in enumerate(target.items) if isinstance(item, ir.Starred)), None)
        count = len(target.items)
        if items is not None and star is None:
            items = filled(items, count)
        if items is None or any(isinstance(item, Gap) for item in items):
            items = None
        elif star is None and len(items) != count:
            items = None
        elif star is not None and len(items) < count - 1:
            items = None
        for index, part in enumerate(target.items):
            found: Value
            if items is None:
                found = interp.unknown(Reason.EXPRESSION, _lost_at(option) or part)
            elif star is not None and index == star:
                rest = items[star : len(items) - (count - 1 - star)]
                ref = ListRef(part)
                interp.state.set(ref, ITEMS, Sequence(tuple(rest), "list"))
                found = Object(ref)
            else:
                item = items[index] if star is None or index < star else items[index - count]
                assert not isinstance(item, Gap)
                found = item
            assign(interp, part, found, scope)
        return option

    interp.each(value, act)


def _lost_at(value: Value) -> ir.Node | None:
    """Where sight was lost of a value that is not known: of its parts, too."""
    place = value.lost.place if isinstance(value, Unknown) else None
    return place if isinstance(place, ir.Node) else None


def delete_attribute(interp: Interpreter, owner: Value, name: str, node: ir.Expression) -> None:
    """``del owner.name``."""
    if deleted_by_program(interp, owner, name, node) or not isinstance(owner, (Object, Class)):
        return
    if isinstance(owner, Object):
        handler = deletes_attribute.find(_kind(interp, owner))
        if handler is not None:
            handler(interp, owner, name, node)
    interp.state.set(owner.ref if isinstance(owner, Object) else owner.scope, name, None)


def _kind(interp: Interpreter, owner: Object) -> type[Ref]:
    """The kind of a thing, or of the container that it is."""
    return (container_kind(interp, owner) if isinstance(owner.ref, InstanceRef) else None) or type(owner.ref)


def delete_entry(interp: Interpreter, owner: Value, index: Value, node: ir.Expression) -> None:
    """``del owner[index]``."""
    ask(interp, owner, DELETING, node, index)
    handler = deletes_item.find(_kind(interp, owner)) if isinstance(owner, Object) else None
    if handler is not None and isinstance(owner, Object):
        handler(interp, owner, index, node)
    else:
        delete_item(interp, owner, index)


def delete(interp: Interpreter, target: ir.Expression, scope: Scope) -> None:
    """``del target``."""
    if isinstance(target, ir.Name):
        interp.state.set(scope.target(target.id), target.id, None)
    elif isinstance(target, ir.Attribute):
        delete_attribute(interp, interp.evaluate(target.value, scope), target.attr, target)
    elif isinstance(target, ir.Subscript):
        owner, index = interp.evaluate(target.value, scope), interp.evaluate(target.index, scope)
        delete_entry(interp, owner, index, target)
    elif isinstance(target, ir.Collection):
        for item in target.items:
            delete(interp, item, scope)

"""What code out of sight may do by calling functions of the program that it is given, now or at any later time."""

from __future__ import annotations

from functools import partial

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import DictRef, ListRef
from flake8_logits.interpret.abstract.slots import ITEMS, LAYERS
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Class,
    Function,
    Gap,
    Mapping,
    Method,
    Object,
    Partial,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.branches import any_times
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.escape import escapes
from flake8_logits.interpret.engine.instances import class_attribute
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.mentions import Change
from flake8_logits.knowledge.effects import CHANGING_METHODS, DECIDING_ATTRIBUTES, PARTS
from flake8_logits.source import syntax as ir

MOST_BODIES = 16
"""Of so many functions that call each other it is looked what they change."""


def hand_over(interp: Interpreter, args: Arguments, node: ir.Node) -> None:
    """Forget what the functions among some arguments may change of what they do not make themselves."""
    todo = [option for value in args.values() for option, _ in options_of(value)]
    if not any(isinstance(value, (Partial, Method, Function, Object)) for value in todo):
        return
    seen: set[ir.Node] = set()
    lost = Lost(Reason.ESCAPED, node)
    handed = _objects_in(interp, todo)
    for value in todo:
        if _may_be_called(interp, value) and isinstance(node, ir.Expression):
            any_times(interp, partial(_call, interp, value, node), node)
    while todo and len(seen) < MOST_BODIES:
        value = todo.pop()
        if isinstance(value, Partial):
            todo += [value.callee, *value.args.values()]
        elif isinstance(value, Method) and value.name in CHANGING_METHODS:
            _change(interp, value.receiver, lost)
        elif isinstance(value, Object) and isinstance(value.ref, InstanceRef):
            method = class_attribute(interp, value.ref.cls, "__call__")
            todo += [Function(method.node, method.scope, value)] if isinstance(method, Function) else []
        elif isinstance(value, Function) and value.node not in seen:
            seen.add(value.node)
            todo += _run(interp, value, handed, lost)


def _may_be_called(interp: Interpreter, value: Value) -> bool:
    """Whether a function was run before, with other things as they were then, and needs no argument."""
    if not isinstance(value, Function) or value.node not in interp.entered or value.node in interp.bodies:
        return False
    given = {name for name, _ in value.defaults}
    needed = [one for one in value.node.parameters if one.name not in given and not one.kind.startswith("*")]
    return len(needed) <= (value.bound is not None)


def _call(interp: Interpreter, value: Value, node: ir.Expression) -> None:
    interp.call(value, Arguments(), node)


def _objects_in(interp: Interpreter, values: list[Value]) -> list[Value]:
    """The objects among some values and in containers of them: what a parameter may be."""
    found: list[Value] = []
    for value in values:
        found += [value] if isinstance(value, Object) else []
        content = content_of(interp, value)
        items = content.items if isinstance(content, Sequence) else ()
        found += [option for item in items if not isinstance(item, Gap) for option, _ in options_of(item)]
    return [value for value in found if isinstance(value, Object)]


def _run(interp: Interpreter, function: Function, handed: list[Value], lost: Lost) -> list[Value]:
    """Forget what the body of a function changes; the functions that it calls."""
    found: list[Value] = []
    for change in interp.mentions.changes_in(function.node):
        if change.kind is Change.BOUND and isinstance(change.owner, ir.Name):
            _rebind(interp, function, change.owner.id, lost)
            continue
        known = _known(interp, function, change.owner, handed)
        if change.kind is Change.ATTRIBUTE and not known and change.name in DECIDING_ATTRIBUTES:
            interp.set_attribute(Unknown(lost), change.name, Unknown(lost), change.owner)
            _change_a_part(interp, function, change.owner, handed)
        for value in known:
            if change.kind is Change.CALLED and isinstance(value, (Function, Partial)):
                found.append(value)
            elif change.kind is Change.ATTRIBUTE and isinstance(value, (Class, Object)):
                holder = value.scope if isinstance(value, Class) else value.ref
                if interp.state.get(holder, change.name) is not None:
                    interp.state.set(holder, change.name, Unknown(lost))
            elif change.kind is Change.CONTENT and (not change.name or change.name in CHANGING_METHODS):
                _change(interp, value, lost)
    return found


def _change_a_part(interp: Interpreter, function: Function, part: ir.Expression, handed: list[Value]) -> None:
    """Forget of what an object is made that a part was taken from: ``model`` in ``model.layers[-1]``."""
    owner: ir.Expression | None = part
    lost = Lost(Reason.CUSTOM, part)
    while owner is not None:
        for value in _known(interp, function, owner, handed):
            if isinstance(value, Object):
                interp.set_attribute(value, PARTS, Unknown(lost), part)
        owner = _taken_from(owner)


def _taken_from(part: ir.Expression) -> ir.Expression | None:
    if isinstance(part, ir.Call):
        return part.func
    return part.value if isinstance(part, (ir.Attribute, ir.Subscript)) else None


def _rebind(interp: Interpreter, function: Function, name: str, lost: Lost) -> None:
    for scope in function.scope.visible():
        if interp.state.get(scope, name) is not None:
            interp.state.set(scope, name, Unknown(lost))
            return


def _change(interp: Interpreter, value: Value, lost: Lost) -> None:
    """Whatever a value holds, it may hold something else from here on."""
    for option, _ in options_of(value):
        if not isinstance(option, Object):
            continue
        handler = escapes.find(type(option.ref))
        if isinstance(option.ref, ListRef):
            interp.state.set(option.ref, ITEMS, Sequence((Gap(lost),), "list"))
        elif isinstance(option.ref, DictRef):
            interp.state.set(option.ref, ITEMS, Mapping((), lost))
        elif handler is not None:
            handler(interp, option, lost)
        elif interp.state.get(option.ref, LAYERS) is not None:
            interp.state.set(option.ref, LAYERS, Sequence((Gap(lost),), "list"))


def _known(interp: Interpreter, function: Function, node: ir.Expression, handed: list[Value]) -> list[Value]:
    """What an expression in the body of a function may be, if that can be told without running anything."""
    found: list[Value] = []
    if isinstance(node, ir.Attribute):
        for owner in _known(interp, function, node.value, handed):
            if isinstance(owner, Object):
                found.append(_attribute(interp, owner, node.attr))
    elif isinstance(node, ir.Call):
        # What is made of functions, as a partial, may run them.
        made_of = [node.func, *(arg.value for arg in node.args)]
        found = [value for part in made_of for value in _known(interp, function, part, handed)]
    elif isinstance(node, ir.Name):
        found = _named(interp, function, node.id, handed)
    return [option for value in found for option, _ in options_of(value)]


def _attribute(interp: Interpreter, owner: Object, name: str) -> Value:
    found = interp.state.get(owner.ref, name)
    if found is None and isinstance(owner.ref, InstanceRef):
        method = class_attribute(interp, owner.ref.cls, name)
        found = Function(method.node, method.scope, owner) if isinstance(method, Function) else None
    return Unknown(Lost(Reason.EXPRESSION)) if found is None else found


def _named(interp: Interpreter, function: Function, name: str, handed: list[Value]) -> list[Value]:
    parameters = [parameter.name for parameter in function.node.parameters]
    if name in parameters:
        return [function.bound] if function.bound is not None and name == parameters[0] else handed
    for scope in function.scope.visible():
        found = interp.state.get(scope, name)
        if found is not None:
            return [found]
    return []

"""Classes of the program: their bodies, their bases, their instances and ``super()``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.interpreter import Frame
from flake8_logits.interpret.references import InstanceRef
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import (
    NONE,
    Arguments,
    Class,
    Function,
    Library,
    Method,
    Object,
    Super,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def define(machine: Interpreter, node: ir.ClassDef, scope: Scope) -> Value:
    """Run a class body and give the class."""
    bases = tuple(machine.evaluate(arg.value, scope) for arg in node.bases if arg.keyword is None and not arg.star)
    inner = Scope("class", scope)
    scope.captured = True
    cls = Class(node, inner, bases)
    if machine.recorder.here(node):
        machine.classes[node] = cls
    frame = Frame(inner, machine.state, owner=cls)
    machine.frames.append(frame)
    machine.execute(node.body, frame)
    machine.frames.pop()
    return cls


def lineage(cls: Class) -> list[Value]:
    """The classes that attributes are looked up in, nearest first; libraries' and unknown ones included."""
    found: list[Value] = []
    todo: list[Value] = [cls]
    while todo and len(found) < 64:
        current = todo.pop(0)
        if current in found:
            continue
        found.append(current)
        if isinstance(current, Class):
            todo = [*current.bases, *todo]
    return found


def library_bases(cls: Class) -> list[str]:
    """The canonical names of the library classes among a class's ancestors."""
    return [base.name for base in lineage(cls) if isinstance(base, Library)]


def class_attribute(machine: Interpreter, cls: Class, name: str) -> Value | None:
    """An attribute of a class or of the nearest of its ancestors that has it."""
    for base in lineage(cls):
        if isinstance(base, Class):
            found = machine.state.get(base.scope, name)
            if found is not None:
                if isinstance(found, Function) and found.kind == "class":
                    return replace(found, bound=cls)
                return found
    return None


def instance_attribute(machine: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
    """An attribute that an instance has from its class: methods bound, properties run."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    found = class_attribute(machine, cls, name)
    if found is None:
        if any(isinstance(base, Unknown) for base in lineage(cls)):
            return machine.unknown(Reason.CUSTOM, node, name, symbol=("attribute", instance.ref, name))
        return None
    return _bound(machine, found, instance, node)


def _bound(machine: Interpreter, found: Value, instance: Value, node: ir.Expression) -> Value:
    if not isinstance(found, Function) or found.kind == "static" or found.bound is not None:
        return found
    if isinstance(found.node, ir.Lambda) and found.owner is None:
        return replace(found, bound=instance)
    method = replace(found, bound=instance)
    return machine.call(method, Arguments(), node) if found.kind == "property" else method


def super_here(machine: Interpreter, node: ir.Expression) -> Value:
    """``super()`` in the method being run."""
    for frame in reversed(machine.frames):
        if frame.owner is not None and frame.scope.kind == "function":
            if frame.instance is None:
                break
            return Super(frame.owner, frame.instance)
    return machine.unknown(Reason.EXPRESSION, node)


def super_attribute(machine: Interpreter, owner: Super, name: str, node: ir.Expression) -> Value:
    """An attribute looked up behind a class in the lineage of an instance."""
    instance = owner.instance
    cls = instance.ref.cls if isinstance(instance, Object) and isinstance(instance.ref, InstanceRef) else owner.cls
    order = lineage(cls)
    for base in order[order.index(owner.cls) + 1 :] if owner.cls in order else order:
        if isinstance(base, Class):
            found = machine.state.get(base.scope, name)
            if found is not None:
                return _bound(machine, found, instance, node)
    return Method(owner, name, node)


def instantiate(machine: Interpreter, cls: Class, args: Arguments, node: ir.Expression) -> Value:
    """A new instance, its ``__init__`` run."""
    instance = Object(InstanceRef(node, cls))
    known = machine.instances.setdefault(cls.node, [])
    if len(known) < 4:
        known.append(instance)
    initialise(machine, instance, args, node)
    return instance


def initialise(machine: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> None:
    """Run ``__init__``, or what the library's class does in its place; fields of a dataclass come from arguments."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    found = class_attribute(machine, cls, "__init__")
    if isinstance(found, Function):
        machine.call(replace(found, bound=instance), args, node)
    elif cls.node.decorators and not library_bases(cls):
        for name, value, _ in args.keywords:
            machine.state.set(instance.ref, name, value)
    else:
        library_init(machine, instance, args, node)


def library_init(machine: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value:
    """What ``__init__`` of the library class an instance derives from leaves behind."""
    from flake8_logits.interpret.models import init_from_library

    assert isinstance(instance.ref, InstanceRef)
    for base in library_bases(instance.ref.cls):
        init_from_library(machine, instance, base, args, node)
    return NONE

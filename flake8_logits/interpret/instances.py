"""Attributes of classes and instances: methods bound, properties run, and classes that decide for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.lineage import lineage
from flake8_logits.interpret.references import InstanceRef, Ref
from flake8_logits.interpret.state import OPEN
from flake8_logits.interpret.values import (
    Arguments,
    Class,
    Const,
    Function,
    Library,
    Object,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

_OF_KERAS = frozenset({"__init__", "__call__", "call", "build", "compile", "fit", "train_step", "compute_loss"})
"""What a class of Keras has itself, so that no class after it is asked."""


def class_attribute(interp: Interpreter, cls: Class, name: str) -> Value | None:
    """An attribute of a class or of the nearest of its ancestors that has it; Unknown where a hidden one may."""
    hidden: Unknown | None = None
    for base in lineage(cls):
        if isinstance(base, Unknown):
            hidden = hidden or base
        elif isinstance(base, Library) and base.name.startswith("keras.") and name in _OF_KERAS:
            return None
        elif isinstance(base, Class):
            found = interp.state.get(base.scope, name)
            if found is not None:
                if hidden is not None:
                    return Unknown(hidden.lost, ("attribute", cls, name))
                if isinstance(found, Function) and found.kind == "class":
                    return replace(found, bound=cls)
                return found
    return None


def instance_attribute(interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
    """An attribute of an instance of a class of the program: its own, else its class's; None if neither has it."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    found = class_attribute(interp, cls, name)
    if isinstance(class_attribute(interp, cls, "__getattribute__"), Function) or _describes(interp, found):
        return interp.unknown(Reason.CUSTOM, node, name, symbol=("attribute", instance.ref, name))
    if isinstance(found, Function) and found.kind == "property":
        return bound(interp, found, instance, node)
    own = stored(interp, instance.ref, name)
    if own is not None:
        return own
    if isinstance(found, Function) and found.kind == "kept property":
        kept = interp.call(replace(found, bound=instance), Arguments(), node)
        interp.state.set(instance.ref, name, kept)
        return kept
    if found is not None:
        return bound(interp, found, instance, node)
    fallback = class_attribute(interp, cls, "__getattr__")
    if isinstance(fallback, Function):
        return interp.call(replace(fallback, bound=instance), Arguments(((Const(name), None),)), node)
    if any(isinstance(base, Unknown) for base in lineage(cls)):
        return interp.unknown(Reason.CUSTOM, node, name, symbol=("attribute", instance.ref, name))
    return None


def stored(interp: Interpreter, ref: Ref, name: str) -> Value | None:
    """What was set on a thing under a name, or may have been; None if nothing was."""
    found = interp.state.get(ref, name)
    return interp.state.get(ref, OPEN) if found is None else found


def _describes(interp: Interpreter, value: Value | None) -> bool:
    """Whether a value is a descriptor of the program's own, which decides what reading the attribute gives."""
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        return class_attribute(interp, value.ref.cls, "__get__") is not None
    return False


def bound(interp: Interpreter, found: Value, instance: Value, node: ir.Expression) -> Value:
    """What a class holds, as read from an instance."""
    if not isinstance(found, Function) or found.kind == "static" or found.bound is not None:
        return found
    method = replace(found, bound=instance)
    return interp.call(method, Arguments(), node) if found.kind == "property" else method


def set_attribute(interp: Interpreter, instance: Object, name: str, value: Value, node: ir.Expression) -> None:
    """``instance.name = value``: by the class's own rule where it has one."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    setter = class_attribute(interp, cls, setter_of(name))
    if isinstance(setter, Function):
        interp.call(replace(setter, bound=instance), Arguments(((value, None),)), node)
        return
    own_rule = isinstance(class_attribute(interp, cls, "__setattr__"), Function)
    if own_rule or _describes(interp, class_attribute(interp, cls, name)):
        value = interp.unknown(Reason.CUSTOM, node, name)
    interp.state.set(instance.ref, name, value)


def setter_of(name: str) -> str:
    """Under which name a class holds the setter of a property."""
    return f"{name}.setter"


def forget_attributes(interp: Interpreter, ref: Ref, node: ir.Node) -> None:
    """Any attribute of a thing may have been set to anything."""
    lost = Lost(Reason.EXPRESSION, node)
    for name in interp.state.names(ref):
        if not name.startswith("$"):
            interp.state.set(ref, name, Unknown(lost))
    interp.state.set(ref, OPEN, Unknown(lost))

"""What ``value.name`` stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.idioms_tuner import TunerRef
from flake8_logits.interpret.imports import library, member, resolved
from flake8_logits.interpret.instances import class_attribute, instance_attribute, stored
from flake8_logits.interpret.references import DictRef, InstanceRef, LayerRef, ListRef, ModelRef
from flake8_logits.interpret.values import (
    Choice,
    Class,
    Const,
    Function,
    Lazy,
    Library,
    Method,
    Module,
    Object,
    Super,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def attribute(interp: Interpreter, owner: Value, name: str, node: ir.Expression) -> Value:
    """The attribute of a value, each option of it apart."""
    if isinstance(owner, Choice):
        return interp.each(owner, lambda option: attribute(interp, option, name, node))
    if isinstance(owner, Lazy):
        return attribute(interp, resolved(interp, owner, node), name, node)
    if isinstance(owner, Library):
        return library(interp, f"{owner.name}.{name}", node)
    if isinstance(owner, Module):
        return member(interp, owner, name, node)
    if isinstance(owner, Unknown):
        return Unknown(owner.lost, ("attribute", owner.symbol, name))
    if isinstance(owner, Class) and name not in ("__name__", "__qualname__"):
        found = class_attribute(interp, owner, name)
        return Method(owner, name, node) if found is None else found
    if isinstance(owner, Super):
        from flake8_logits.interpret.classes import super_attribute

        return super_attribute(interp, owner, name, node)
    if isinstance(owner, Object):
        return _of_object(interp, owner, name, node)
    if isinstance(owner, (Function, Class)) and name in ("__name__", "__qualname__"):
        return Const("<lambda>" if isinstance(owner.node, ir.Lambda) else owner.node.name)
    if isinstance(owner, Function):
        return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, name)
    return Method(owner, name, node)


def _of_object(interp: Interpreter, owner: Object, name: str, node: ir.Expression) -> Value:
    contains = isinstance(owner.ref, (ListRef, DictRef))
    if name == "__dict__":
        return Method(owner, name, node)
    if isinstance(owner.ref, InstanceRef):
        found = instance_attribute(interp, owner, name, node)
        if found is not None:
            return found
    elif not (contains and name == "items"):
        found = stored(interp, owner.ref, name)
        if found is not None:
            return found
    if isinstance(owner.ref, (ModelRef, InstanceRef)):
        from flake8_logits.interpret.models import model_attribute

        found = model_attribute(interp, owner, name, node)
        if found is not None:
            return found
    if isinstance(owner.ref, TunerRef) and name == "hypermodel":
        return owner
    if isinstance(owner.ref, LayerRef):
        from flake8_logits.interpret.models import layer_attribute

        found = layer_attribute(interp, owner, name, node)
        if found is not None:
            return found
    return Method(owner, name, node)

"""Classes of the program: their bodies, their bases, their instances and ``super()``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.fields import has_fields, is_enum, make_members, set_fields
from flake8_logits.interpret.instances import bound, class_attribute, forget_attributes
from flake8_logits.interpret.interpreter import Frame
from flake8_logits.interpret.lineage import library_bases, lineage
from flake8_logits.interpret.references import InstanceRef
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import (
    NONE,
    Arguments,
    Class,
    Function,
    Method,
    Object,
    Partial,
    Super,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


_LEAVES_ATTRIBUTES = ("keras.", "builtins.object", "abc.", "tensorflow.")


def define(interp: Interpreter, node: ir.ClassDef, scope: Scope) -> Value:
    """Run a class body and give the class."""
    bases = tuple(interp.evaluate(arg.value, scope) for arg in node.bases if arg.keyword is None and not arg.star)
    inner = Scope("class", scope)
    scope.captured = True
    cls = Class(node, inner, bases)
    if interp.recorder.here(node):
        interp.classes[node] = cls
    frame = Frame(inner, interp.state, owner=cls)
    interp.frames.append(frame)
    interp.execute(node.body, frame)
    interp.frames.pop()
    if is_enum(cls):
        make_members(interp, cls)
    for base in lineage(cls)[1:2]:
        hook = class_attribute(interp, base, "__init_subclass__") if isinstance(base, Class) else None
        if isinstance(hook, Function):
            interp.call(replace(hook, bound=cls), Arguments(), node.bases[0].value)
    return _decorated(interp, cls, scope)


def _decorated(interp: Interpreter, cls: Class, scope: Scope) -> Value:
    """A class as its decorators leave it: those of libraries as it is, those of the program are run."""
    value: Value = cls
    for decorator in reversed(cls.node.decorators):
        applied = interp.evaluate(decorator, scope)
        if isinstance(applied, (Function, Class, Partial)):
            value = interp.call(applied, Arguments(((value, None),)), decorator)
    return value


def super_here(interp: Interpreter, node: ir.Expression) -> Value:
    """``super()`` in the method being run."""
    for frame in reversed(interp.frames):
        if frame.owner is not None and frame.scope.kind == "function":
            if frame.instance is None:
                break
            return Super(frame.owner, frame.instance)
    return interp.unknown(Reason.EXPRESSION, node)


def super_attribute(interp: Interpreter, owner: Super, name: str, node: ir.Expression) -> Value:
    """An attribute looked up behind a class in the lineage of an instance."""
    instance = owner.instance
    cls = instance.ref.cls if isinstance(instance, Object) and isinstance(instance.ref, InstanceRef) else owner.cls
    order = lineage(cls)
    for base in order[order.index(owner.cls) + 1 :] if owner.cls in order else order:
        if isinstance(base, Class):
            found = interp.state.get(base.scope, name)
            if found is not None:
                return bound(interp, found, instance, node)
    return Method(owner, name, node)


def instantiate(interp: Interpreter, cls: Class, args: Arguments, node: ir.Expression) -> Value:
    """A new instance, its ``__init__`` run."""
    instance = Object(InstanceRef(node, cls))
    if is_enum(cls) or _makes_its_own(interp, cls):
        return interp.unknown(Reason.CUSTOM, node, cls.name)
    known = interp.instances.setdefault(cls.node, [])
    if len(known) < 4:
        known.append(instance)
    initialise(interp, instance, args, node)
    return instance


def _makes_its_own(interp: Interpreter, cls: Class) -> bool:
    """Whether a class has a say in what calling it gives."""
    if isinstance(class_attribute(interp, cls, "__new__"), Function):
        return True
    metas = [arg.value for base in lineage(cls) if isinstance(base, Class) for arg in base.node.bases if arg.keyword]
    return any(
        not (isinstance(meta, ir.Attribute) and meta.attr == "ABCMeta")
        and not (isinstance(meta, ir.Name) and meta.id == "ABCMeta")
        for meta in metas
    )


def initialise(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> None:
    """Run ``__init__``, or what the library's class does in its place; fields of a dataclass come from arguments."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    found = class_attribute(interp, cls, "__init__")
    if isinstance(found, Function):
        interp.call(replace(found, bound=instance), args, node)
    elif isinstance(found, Unknown):
        forget_attributes(interp, instance.ref, node)
    elif has_fields(cls):
        set_fields(interp, instance, args, node)
    else:
        library_init(interp, instance, args, node)


def library_init(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value:
    """What ``__init__`` of the library class an instance derives from leaves behind."""
    from flake8_logits.interpret.models import init_from_library

    assert isinstance(instance.ref, InstanceRef)
    bases = library_bases(instance.ref.cls)
    for base in bases:
        init_from_library(interp, instance, base, args, node)
    if args.values() and bases and not any(base.startswith(_LEAVES_ATTRIBUTES) for base in bases):
        # A class of another library may well set what it is given.
        forget_attributes(interp, instance.ref, node)
    return NONE

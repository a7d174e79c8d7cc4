"""Classes of the program: their bodies, their bases, their instances and ``super()``."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.mro import library_bases, mro
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    AttributeTable,
    Class,
    Const,
    Function,
    Method,
    Object,
    Partial,
    Super,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.branches import any_times
from flake8_logits.interpret.engine.fields import has_fields, is_enum, make_members, set_fields
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.instances import bound, class_attribute, forget_attributes
from flake8_logits.interpret.engine.interpreter import (
    FRAMEWORKS,
    Interpreter,
    calls,
    calls_method,
    reads_attribute,
    sets_attribute,
)
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.traits import leaves_attributes
from flake8_logits.source import syntax as ir


def define(interp: Interpreter, node: ir.ClassDef, scope: Scope) -> Value:
    """Run a class body and give the class."""
    bases = tuple(interp.evaluate(arg.value, scope) for arg in node.bases if arg.keyword is None and not arg.star)
    inner = Scope(ScopeKind.CLASS, scope)
    scope.captured = True
    cls = Class(node, inner, bases)
    if interp.runs_whole(node):
        interp.classes[node] = cls
    frame = Frame(inner, interp.state, owner=cls)
    with interp.running(frame, interp.state):
        interp.execute(node.body, frame)
    if is_enum(cls):
        make_members(interp, cls)
    for base in mro(cls)[1:2]:
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
        if frame.owner is not None and frame.scope.kind is ScopeKind.FUNCTION:
            if frame.instance is None:
                break
            return Super(frame.owner, frame.instance)
    return interp.unknown(Reason.EXPRESSION, node)


@reads_attribute(Super)
def super_attribute(interp: Interpreter, owner: Super, name: str, node: ir.Expression) -> Value:
    """An attribute looked up behind a class in the mro of an instance."""
    instance = owner.instance
    cls = instance.ref.cls if isinstance(instance, Object) and isinstance(instance.ref, InstanceRef) else owner.cls
    order = mro(cls)
    for base in order[order.index(owner.cls) + 1 :] if owner.cls in order else order:
        if isinstance(base, Class):
            found = interp.state.get(base.scope, name)
            if found is not None:
                return bound(interp, found, instance, node)
    return AttributeTable(owner) if name == "__dict__" else Method(owner, name, node)


@calls(Class)
def instantiate(interp: Interpreter, cls: Class, args: Arguments, node: ir.Expression) -> Value:
    """A new instance, its ``__init__`` run."""
    instance = Object(InstanceRef(node, cls))
    if is_enum(cls):
        return interp.unknown(Reason.CUSTOM, node, cls.name)
    if _makes_its_own(interp, cls):
        _may_initialise(interp, instance, args, node)
        return interp.unknown(Reason.CUSTOM, node, cls.name)
    interp.instances.note(cls.node, instance)
    initialise(interp, instance, args, node)
    return instance


def _makes_its_own(interp: Interpreter, cls: Class) -> bool:
    """Whether a class has a say in what calling it gives."""
    if isinstance(class_attribute(interp, cls, "__new__"), Function):
        return True
    metas = [arg.value for base in mro(cls) if isinstance(base, Class) for arg in base.node.bases if arg.keyword]
    return any(
        not (isinstance(meta, ir.Attribute) and meta.attr == "ABCMeta")
        and not (isinstance(meta, ir.Name) and meta.id == "ABCMeta")
        for meta in metas
    )


def _may_initialise(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> None:
    """Run the program's own ``__new__`` for what it does, and ``__init__``, which may be called after it."""
    assert isinstance(instance.ref, InstanceRef)
    made = class_attribute(interp, instance.ref.cls, "__new__")
    if isinstance(made, Function):
        interp.call(replace(made, bound=instance.ref.cls), args, node)
    any_times(interp, lambda: initialise(interp, instance, args, node), node)


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
    assert isinstance(instance.ref, InstanceRef)
    bases = library_bases(instance.ref.cls)
    for base in bases:
        for framework in FRAMEWORKS:
            framework.initialise(interp, instance, base, args, node)
    if args.values() and bases and not any(map(leaves_attributes, bases)):
        # A class of another library may well set what it is given.
        forget_attributes(interp, instance.ref, node)
    return NONE


@reads_attribute(Class)
def _class_attribute(interp: Interpreter, owner: Class, name: str, node: ir.Expression) -> Value:
    if name in ("__name__", "__qualname__"):
        return Const(owner.name)
    found = class_attribute(interp, owner, name)
    if found is not None:
        return found
    return AttributeTable(owner) if name == "__dict__" else Method(owner, name, node)


@sets_attribute(Class)
def _set_class_attribute(interp: Interpreter, owner: Class, name: str, value: Value, node: ir.Expression) -> None:
    interp.state.set(owner.scope, name, value)


@calls_method(Class)
def _of_library(interp: Interpreter, receiver: Class, method: Method, args: Arguments, node: ir.Expression) -> Value:
    """A class method that a library's class has."""
    for base in library_bases(receiver):
        function = models_library.find(f"{base}.{method.name}")
        if function is not None:
            return function(interp, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)


@calls_method(Super)
def _inherited(interp: Interpreter, receiver: Super, method: Method, args: Arguments, node: ir.Expression) -> Value:
    """A method of ``super()`` that no class of the program has."""
    instance = receiver.instance
    if not isinstance(instance, Object) or not isinstance(instance.ref, InstanceRef):
        return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)
    if method.name == "__init__":
        return library_init(interp, instance, args, node)
    for framework in FRAMEWORKS:
        result = framework.inherited(interp, instance, method.name, args, node)
        if result is not None:
            return result
    own = Method(instance, method.name, None)
    return calls_method.get(InstanceRef)(interp, instance, own, args, node)

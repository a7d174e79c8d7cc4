"""Attributes of classes and instances: methods bound, properties run, and classes that decide for themselves."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import ChainRef, InstanceRef, ListedChainRef, ModuleDictRef, ModuleListRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import (
    ANY_ATTRIBUTE,
    INHERITED_LAYER,
    ITEMS,
    LAYERS,
    SHARED_WITH,
    Name,
    Setter,
)
from flake8_logits.interpret.abstract.values import (
    Arguments,
    AttributeTable,
    Class,
    Const,
    Function,
    FunctionKind,
    Gap,
    Library,
    Method,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.interpreter import (
    FRAMEWORKS,
    Interpreter,
    calls,
    calls_method,
    reads_attribute,
    sets_attribute,
)
from flake8_logits.knowledge.jax_transforms import LISTED_PARTS
from flake8_logits.knowledge.kinds import defines
from flake8_logits.knowledge.special_methods import CHANGING
from flake8_logits.source import syntax as ir

_CONTAINERS = (ChainRef, InstanceRef, ModuleDictRef, ModuleListRef)
"""What holds its parts under names, too."""
MOST_COPIES = 64
"""Of a module and its shallow copies; of more it is not followed what they have in common."""


def class_attribute(interp: Interpreter, cls: Class, name: Name) -> Value | None:
    """An attribute of a class or of the nearest of its ancestors that has it; Unknown where a hidden one may."""
    if name not in interp.state.spelled:
        return None
    hidden: Unknown | None = None
    for base in mro(cls):
        if isinstance(base, Unknown):
            hidden = hidden or base
        elif isinstance(base, Library) and defines(base.name, name):
            return None
        elif isinstance(base, Class):
            found = interp.state.get(base.scope, name)
            if found is not None:
                if hidden is not None:
                    return Unknown(hidden.lost, ("attribute", cls, name))
                if isinstance(found, Function) and found.kind is FunctionKind.CLASS:
                    return replace(found, bound=cls)
                return found
    return None


def instance_attribute(interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
    """An attribute of an instance of a class of the program: its own, else its class's; None if neither has it."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    name = _as_written(cls, name)
    found = class_attribute(interp, cls, name)
    rule = class_attribute(interp, cls, "__getattribute__")
    if isinstance(rule, Function):
        interp.call(replace(rule, bound=instance), Arguments(((Const(name), None),)), node)
    if _is_of_several(interp, cls, name) or isinstance(rule, Function):
        return interp.unknown(Reason.CUSTOM, node, name, symbol=("attribute", instance.ref, name))
    described = _described(interp, found, instance, name, node)
    if described is not None:
        return described
    if isinstance(found, Function) and found.kind is FunctionKind.PROPERTY:
        return bound(interp, found, instance, node)
    own = stored(interp, instance.ref, name)
    if own is not None:
        behind = found is not None and kept_aside(interp, instance, own)
        return interp.unknown(Reason.CUSTOM, node, name) if behind else own
    if isinstance(found, Function) and found.kind is FunctionKind.CACHED_PROPERTY:
        kept = interp.call(replace(found, bound=instance), Arguments(), node)
        interp.state.set(instance.ref, name, kept)
        return kept
    if found is not None:
        return bound(interp, found, instance, node)
    fallback = class_attribute(interp, cls, "__getattr__")
    if isinstance(fallback, Function):
        return interp.call(replace(fallback, bound=instance), Arguments(((Const(name), None),)), node)
    hidden = next((base for base in mro(cls) if isinstance(base, Unknown)), None)
    return None if hidden is None else Unknown(hidden.lost, ("attribute", instance.ref, name))


def _is_of_several(interp: Interpreter, cls: Class, name: str) -> bool:
    """Whether several classes have an attribute of their own by a private name: Python writes the class into it."""
    if not name.startswith("__") or name.endswith("__"):
        return False
    classes = [base for base in mro(cls) if isinstance(base, Class)]
    uses = [
        base
        for base in classes
        if name in interp.mentions.names_in(base.node) or interp.state.get(base.scope, name) is not None
    ]
    return len(uses) > 1


def _as_written(cls: Class, name: str) -> str:
    """A private name as it is written in its class: ``__head`` for ``_Net__head``."""
    owner, _, rest = name[1:].partition("__")
    if not rest or name[0] != "_" or not owner:
        return name
    owners = (base.name.lstrip("_") for base in mro(cls) if isinstance(base, Class))
    return f"__{rest}" if owner in owners else name


def kept_aside(interp: Interpreter, instance: Object, value: Value) -> bool:
    """Whether a library may keep a value that is set on an instance where its classes' attributes come first."""
    return any(framework.hides(interp, instance, option) for framework in FRAMEWORKS for option, _ in options_of(value))


def stored(interp: Interpreter, ref: Ref, name: str) -> Value | None:
    """What was set on a thing under a name, or may have been; None if nothing was."""
    found = interp.state.get(ref, name)
    return interp.state.get(ref, ANY_ATTRIBUTE) if found is None else found


def _describes(interp: Interpreter, value: Value | None) -> bool:
    """Whether a value is a descriptor of the program's own, which decides what reading the attribute gives."""
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        return class_attribute(interp, value.ref.cls, "__get__") is not None
    return False


def _decides(interp: Interpreter, found: Value) -> bool:
    """Whether what a class holds decides what setting the attribute does."""
    return isinstance(found, Function) and found.kind is FunctionKind.PROPERTY or _describes(interp, found)


def _described(
    interp: Interpreter, found: Value | None, instance: Object, name: str, node: ir.Expression
) -> Value | None:
    """What a descriptor of the program's own gives; None where there is none, or the instance's own value hides it."""
    if not isinstance(found, Object) or not isinstance(found.ref, InstanceRef) or not _describes(interp, found):
        return None
    assert isinstance(instance.ref, InstanceRef)
    getter = class_attribute(interp, found.ref.cls, "__get__")
    first = class_attribute(interp, found.ref.cls, "__set__") is not None
    if not first and stored(interp, instance.ref, name) is not None:
        return None
    if not isinstance(getter, Function):
        return interp.unknown(Reason.CUSTOM, node, name, symbol=("attribute", instance.ref, name))
    args = Arguments(((instance, None), (instance.ref.cls, None)))
    return interp.call(replace(getter, bound=found), args, node)


def bound(interp: Interpreter, found: Value, instance: Value, node: ir.Expression) -> Value:
    """What a class holds, as read from an instance."""
    if not isinstance(found, Function) or found.kind is FunctionKind.STATIC or found.bound is not None:
        return found
    method = replace(found, bound=instance)
    return interp.call(method, Arguments(), node) if found.kind is FunctionKind.PROPERTY else method


@sets_attribute(InstanceRef)
def _set_attribute(interp: Interpreter, instance: Object, name: str, value: Value, node: ir.Expression) -> None:
    """``instance.name = value``: by the class's own rule where it has one."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    name = _as_written(cls, name)
    setter = class_attribute(interp, cls, Setter(name))
    descriptor = class_attribute(interp, cls, name)
    if descriptor is not None and kept_aside(interp, instance, value) and _decides(interp, descriptor):
        forget_attributes(interp, instance.ref, node)
        return
    if isinstance(setter, Function):
        interp.call(replace(setter, bound=instance), Arguments(((value, None),)), node)
        return
    own_rule = class_attribute(interp, cls, "__setattr__")
    if isinstance(own_rule, Function):
        _keep(interp, instance, name, interp.unknown(Reason.CUSTOM, node, name), node)
        interp.call(replace(own_rule, bound=instance), Arguments(((Const(name), None), (value, None))), node)
        return
    if isinstance(descriptor, Object) and isinstance(descriptor.ref, InstanceRef):
        given = class_attribute(interp, descriptor.ref.cls, "__set__")
        if isinstance(given, Function):
            args = Arguments(((instance, None), (value, None)))
            interp.call(replace(given, bound=descriptor), args, node)
            return
    if _describes(interp, descriptor):
        value = interp.unknown(Reason.CUSTOM, node, name)
    _keep(interp, instance, name, value, node)


def _keep(interp: Interpreter, instance: Object, name: str, value: Value, node: ir.Expression) -> None:
    _set_in_copies(interp, instance, name, value)
    may_be_part = name.isdigit() or name == LISTED_PARTS or kept_aside(interp, instance, value)
    kind = container_kind(interp, instance) if may_be_part else None
    if kind is not None and (name != LISTED_PARTS or issubclass(kind, ListedChainRef)):
        sets_attribute.get(kind)(interp, instance, name, value, node)
    else:
        interp.state.set(instance.ref, name, value)
    inherited = interp.state.get(instance.ref, INHERITED_LAYER)
    if inherited is not None:
        interp.set_attribute(inherited, name, value, node)


def container_kind(interp: Interpreter, instance: Object) -> type[Ref] | None:
    """The kind of container of a library that an instance of a class of the program is; None where it is none."""
    kinds = (framework.container(interp, instance) for framework in FRAMEWORKS)
    return next((kind for kind in kinds if kind is not None), None)


def _set_in_copies(interp: Interpreter, instance: Object, name: str, value: Value) -> None:
    """A part that is set on a module is set on its shallow copies as well."""
    copies = interp.state.get(instance.ref, SHARED_WITH)
    before = interp.state.get(instance.ref, name)
    if copies is None or not any(one is not None and kept_aside(interp, instance, one) for one in (value, before)):
        return
    for option, _ in options_of(copies):
        for copy in option.items if isinstance(option, Sequence) else ():
            if isinstance(copy, Object):
                interp.state.set(copy.ref, name, value)


def share_parts(interp: Interpreter, instance: Object, copy: Object) -> bool:
    """A shallow copy of a module has its parts in common with it, and with the copies that were made before.

    False where there are too many of them to tell what each has.
    """
    held = (interp.state.get(instance.ref, name) for name in interp.state.names(instance.ref))
    if not any(value is not None and kept_aside(interp, instance, value) for value in held):
        return True
    known = interp.state.get(instance.ref, SHARED_WITH)
    others = [one for one in known.items if isinstance(one, Object)] if isinstance(known, Sequence) else []
    group = [instance, *others, copy]
    if len(group) > MOST_COPIES:
        return False
    for one in group:
        interp.state.set(one.ref, SHARED_WITH, Sequence(tuple(other for other in group if other is not one)))
    return True


def set_past_rule(interp: Interpreter, owner: Value, name: str, value: Value, node: ir.Expression) -> None:
    """``object.__setattr__``: a rule of the class's own is not asked."""
    instance = isinstance(owner, Object) and isinstance(owner.ref, InstanceRef)
    if instance and isinstance(class_attribute(interp, owner.ref.cls, "__setattr__"), Function):  # type: ignore[union-attr]
        interp.state.set(owner.ref, name, value)  # type: ignore[union-attr]
    else:
        interp.set_attribute(owner, name, value, node)


def forget_attributes(interp: Interpreter, ref: Ref, node: ir.Node) -> None:
    """Any attribute of a thing may have been set to anything."""
    lost = Lost(Reason.EXPRESSION, node)
    for name in interp.state.names(ref):
        interp.state.set(ref, name, Unknown(lost))
    for slot in (LAYERS, ITEMS) if isinstance(ref, _CONTAINERS) else ():
        if interp.state.get(ref, slot) is not None:
            interp.state.set(ref, slot, Sequence((Gap(lost),), "list"))
    interp.state.set(ref, ANY_ATTRIBUTE, Unknown(lost))


@reads_attribute(InstanceRef)
def _read_attribute(interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value:
    if name == "__dict__":
        return AttributeTable(instance)
    found = instance_attribute(interp, instance, name, node)
    if found is not None:
        return found
    for framework in FRAMEWORKS:
        found = framework.attribute(interp, instance, name, node)
        if found is not None:
            return found
    return Method(instance, name, node)


@calls(InstanceRef)
def _call_instance(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value:
    interp.observations.lifecycle.used.add(instance.ref)
    for framework in FRAMEWORKS:
        result = framework.call(interp, instance, args, node)
        if result is not None:
            return result
    assert isinstance(instance.ref, InstanceRef)
    found = class_attribute(interp, instance.ref.cls, "__call__")
    if isinstance(found, Function):
        return interp.call(replace(found, bound=instance), args, node)
    lost = next((base.lost for base in mro(instance.ref.cls) if isinstance(base, Unknown)), None)
    return Unknown(lost or Lost(Reason.CUSTOM, node, instance.ref.cls.name))


@calls_method(InstanceRef)
def _call_method(interp: Interpreter, receiver: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    for framework in FRAMEWORKS:
        result = framework.method(interp, receiver, method.name, args, node)
        if result is not None:
            return result
    if method.name == "__call__":
        return interp.call(receiver, args, node)
    if method.name in CHANGING:  # by way of super()
        return interp.call(Library(CHANGING[method.name]), args.after(receiver), node)
    assert isinstance(receiver.ref, InstanceRef)
    if any(isinstance(base, Unknown) for base in mro(receiver.ref.cls)):
        interp.observations.lifecycle.let_models_go((receiver,))
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)

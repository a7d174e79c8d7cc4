"""Classes whose ``__init__`` is written for them: dataclasses, named tuples and their kin; and enumerations."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.interpret.abstract.mro import library_bases, mro
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.values import Arguments, Class, Const, Function, Object, Sequence
from flake8_logits.interpret.engine.instances import class_attribute, forget_attributes
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.kinds import makes_its_own_instances
from flake8_logits.source import syntax as ir

_SPECIAL = frozenset({"init", "kw_only", "alias"})
"""Arguments of ``field`` after which the order of the names is no longer that of the parameters."""


def is_enum(cls: Class) -> bool:
    """Whether a class is an enumeration."""
    return any(name.startswith("enum.") for name in library_bases(cls))


def make_members(interp: Interpreter, cls: Class) -> None:
    """The members of an enumeration are objects with a value; of two with the same value the second is the first."""
    members: dict[object, Object] = {}
    for name in interp.state.held(cls.scope):
        value = interp.state.get(cls.scope, name)
        if not isinstance(name, str) or name.startswith("_") or not isinstance(value, (Const, Sequence)):
            continue
        known = value.value if isinstance(value, Const) else value
        if known not in members:
            members[known] = member = Object(InstanceRef(cls.node, cls))
            interp.state.set(member.ref, "value", value)
            interp.state.set(member.ref, "name", Const(name))
        interp.state.set(cls.scope, name, members[known])


def has_fields(cls: Class) -> bool:
    """Whether a class of the program names its fields by annotations, and no library's ``__init__`` takes its place."""
    if any(makes_its_own_instances(name) for name in library_bases(cls)):
        return False
    classes = [base for base in mro(cls) if isinstance(base, Class)]
    return any(base.node.fields for base in classes) and (
        bool(library_bases(cls)) or any(base.node.decorators for base in classes)
    )


def set_fields(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> None:
    """What such an ``__init__`` does: it gives each name its argument; where that cannot be told, all are unknown."""
    assert isinstance(instance.ref, InstanceRef)
    cls = instance.ref.cls
    names: dict[str, None] = {}
    ordered = True
    for base in reversed(mro(cls)):
        if isinstance(base, Class) and (base.node.decorators or library_bases(base)):
            names.update((name, None) for name in base.node.fields)
            ordered = ordered and "_" not in names and not _has_special_fields(base.node)
    given = [value for value, _ in args.positional]
    if args.open is not None or len(given) > len(names) or (given and not ordered):
        forget_attributes(interp, instance.ref, node)
        given, args = [], Arguments()
    for name, value in (*zip(names, given, strict=False), *((name, value) for name, value, _ in args.keywords)):
        interp.state.set(instance.ref, name, value)
    after = class_attribute(interp, cls, "__post_init__") or class_attribute(interp, cls, "__attrs_post_init__")
    if isinstance(after, Function):
        interp.call(replace(after, bound=instance), Arguments(), node)


def _has_special_fields(node: ir.ClassDef) -> bool:
    for statement in node.body:
        value = statement.value if isinstance(statement, ir.Assign) else None
        if isinstance(value, ir.Call) and any(arg.keyword in _SPECIAL for arg in value.args):
            return True
    return False

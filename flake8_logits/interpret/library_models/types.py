"""``isinstance`` and ``type``: of which class a value is, as far as that is known."""

from __future__ import annotations

import builtins

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.mro import library_bases, mro
from flake8_logits.interpret.abstract.objects import (
    ChainRef,
    InstanceRef,
    LayerRef,
    ModelKind,
    ModelRef,
    ModuleDictRef,
    ModuleListRef,
    StatedRef,
)
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import (
    ActivationValue,
    Arguments,
    Class,
    Const,
    Function,
    Library,
    LossValue,
    Mapping,
    MetricValue,
    Object,
    Sequence,
    Tensor,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.kinds import CHAIN, MODEL, SEQUENTIAL, is_no_tensor, is_subclass, stands_alone
from flake8_logits.source import syntax as ir

_BUILTINS = "builtins."

_PLAIN = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset)

_MODELS = {
    MODEL: (ModelKind.SEQUENTIAL, ModelKind.FUNCTIONAL, ModelKind.APPLICATION),
    SEQUENTIAL: (ModelKind.SEQUENTIAL,),
}


@models_library("builtins.isinstance")
def is_instance(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``isinstance(value, classes)``: True or False where that is known."""
    value, classes = args.value(0), args.value(1)
    if value is None or classes is None:
        return interp.unknown(Reason.EXPRESSION, node)
    return choice([(_answer(interp, option, classes, node), guards) for option, guards in options_of(value)])


@models_library("builtins.type")
def type_of(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``type(value)``: the class of a layer, a model or an instance."""
    unknown = interp.unknown(Reason.UNKNOWN_CALL, node, library="builtins.type")
    value = args.value(0) if len(args.values()) == 1 else None
    return unknown if value is None else interp.each(value, lambda option: _class_of(option) or unknown)


def _class_of(value: Value) -> Value | None:
    if not isinstance(value, Object):
        return None
    if isinstance(value.ref, InstanceRef):
        return value.ref.cls
    return Library(value.ref.row.name) if isinstance(value.ref, LayerRef) else None


def _answer(interp: Interpreter, value: Value, classes: Value, node: ir.Expression) -> Value:
    content = content_of(interp, classes)
    wanted = list(content.items) if isinstance(content, Sequence) else [classes]
    answers = [_is(interp, value, cls) if isinstance(cls, (Library, Class)) else None for cls in wanted]
    if True in answers:
        return Const(True)
    return interp.unknown(Reason.EXPRESSION, node) if None in answers else Const(False)


def _is(interp: Interpreter, value: Value, cls: Library | Class) -> bool | None:
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        return _derives(value.ref.cls, cls)
    stated = isinstance(value, Object) and isinstance(value.ref, StatedRef)
    if isinstance(cls, Class) or stated:
        # What a comment speaks of may be a model or what one gives.
        return None
    if cls.name.startswith(_BUILTINS):
        kind = getattr(builtins, cls.name.removeprefix(_BUILTINS), None)
        return _is_plain(interp, value, kind) if kind in _PLAIN else None
    if isinstance(value, Tensor):
        return False if isinstance(value.belief, Output) and is_no_tensor(cls.name) else None
    module = _module(value)
    if module:
        return is_subclass(module, cls.name)
    if isinstance(value, Object) and isinstance(value.ref, ModelRef) and cls.name in _MODELS:
        return value.ref.kind in _MODELS[cls.name]
    return None


def _derives(one: Class, other: Library | Class) -> bool | None:
    """Whether a class of the program derives from another one."""
    bases = mro(one)
    if isinstance(other, Class):
        return other in bases
    if other.name in library_bases(one):
        return True
    of_torch = all(isinstance(base, Class) or (isinstance(base, Library) and stands_alone(base.name)) for base in bases)
    return False if of_torch and stands_alone(other.name) and not _inherits(one, other.name) else None


def _inherits(cls: Class, name: str) -> bool:
    return any(is_subclass(base, name) for base in library_bases(cls))


def _module(value: Value) -> str:
    """The name of the class of a library that a layer, module or loss is of; empty for anything else."""
    if isinstance(value, LossValue):
        return value.row.name if stands_alone(value.row.name) else ""
    if not isinstance(value, Object):
        return ""
    if isinstance(value.ref, LayerRef):
        return value.ref.row.name
    return next((name for kind, name in _CONTAINERS.items() if type(value.ref) is kind), "")


_CONTAINERS: dict[type[Ref], str] = {
    ChainRef: CHAIN,
    ModuleListRef: "torch.nn.ModuleList",
    ModuleDictRef: "torch.nn.ModuleDict",
}


def _is_plain(interp: Interpreter, value: Value, kind: type) -> bool | None:
    if isinstance(value, Const):
        return isinstance(value.value, kind)
    content = content_of(interp, value)
    if isinstance(content, Sequence):
        return kind.__name__ == content.kind
    if isinstance(content, Mapping):
        return kind is dict
    if isinstance(value, Tensor):
        # One of which nothing is known may be several.
        return False if isinstance(value.belief, Output) else None
    of_ours = isinstance(value, Object) and isinstance(value.ref, (LayerRef, ModelRef))
    return False if of_ours or isinstance(value, (Function, Class, LossValue, MetricValue, ActivationValue)) else None

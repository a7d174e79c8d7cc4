"""Modules of PyTorch: what calling them gives, and the methods that all of them have."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import (
    ChainRef,
    InstanceRef,
    LayerRef,
    ModuleDictRef,
    ModuleListRef,
    ModuleRef,
)
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import INHERITED_LAYER, INHERITED_LOSS, LAYERS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Class,
    Const,
    Function,
    Library,
    LossValue,
    Method,
    Object,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.copies import duplicates
from flake8_logits.interpret.engine.instances import class_attribute, forget_attributes, kept_aside
from flake8_logits.interpret.engine.interpreter import FRAMEWORKS, Interpreter, calls, calls_method
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.frameworks.chains import run_chain
from flake8_logits.interpret.frameworks.naming import dotted, known_as, named, receiver
from flake8_logits.interpret.frameworks.torch.containers import call_of_list, set_parts
from flake8_logits.interpret.frameworks.torch.modes import mode_of, mode_set_by, set_mode
from flake8_logits.interpret.frameworks.torch.reaching import reach
from flake8_logits.knowledge.kinds import CHAIN, calls_forward, is_for_jax
from flake8_logits.knowledge.methods import (
    ADDS_MODULE,
    CALL_IT,
    FORWARD,
    GIVES_PARTS,
    MODULE_ITSELF,
    PARTS_BY_NAME,
    SETS_MODE,
    TRAINING,
    WRAPPED,
)
from flake8_logits.knowledge.rows import Module
from flake8_logits.source import syntax as ir


class Torch:
    """What PyTorch makes of instances of classes that derive from its modules."""

    def call(self, interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
        """``forward`` of a module."""
        if not is_module(interp, instance):
            return None
        assert isinstance(instance.ref, InstanceRef)
        if isinstance(class_attribute(interp, instance.ref.cls, "__call__"), Function):
            return None
        outputs = _forward(interp, instance, args, node)
        if outputs is None:
            return interp.unknown(Reason.CUSTOM, node, instance.ref.cls.name)
        return named(outputs, known_as(_name(node), instance))

    def initialise(
        self, interp: Interpreter, instance: Object, base: str, args: Arguments, node: ir.Expression
    ) -> None:
        """The parts of a chain."""
        if base == CHAIN:
            set_parts(interp, instance.ref, args, node)

    def unfinished(self, interp: Interpreter, instance: Object) -> bool:
        """A module that has no ``forward``."""
        if not is_module(interp, instance):
            return False
        assert isinstance(instance.ref, InstanceRef)
        own = class_attribute(interp, instance.ref.cls, FORWARD) or interp.state.get(instance.ref, FORWARD)
        return own is None and all(interp.state.get(instance.ref, slot) is None for slot in _OF_LIBRARY)

    def attribute(self, interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
        """``training``, as far as the program has said so; the module itself, where it was wrapped."""
        if name in WRAPPED and is_module(interp, instance):
            return instance
        if name == PARTS_BY_NAME and is_module(interp, instance):
            forget_attributes(interp, instance.ref, node)
            return interp.unknown(Reason.EXPRESSION, node)
        if name != TRAINING or not is_module(interp, instance):
            return None
        return mode_of(interp, instance.ref, node)

    def method(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """The methods of modules."""
        if not is_module(interp, instance):
            return None
        result = module_method(interp, instance, name, args, node)
        if result is None and self.container(interp, instance) is not None:
            return call_of_list(interp, instance, name, args, node)
        return result

    def inherited(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """``super().forward``: what the library's module that an instance derives from gives; ``super().train``."""
        if not is_module(interp, instance):
            return None
        if name in SETS_MODE:
            return module_method(interp, instance, name, args, node)
        if name not in CALL_IT:
            return None
        return _of_library(interp, instance, args, node) if name == FORWARD else _forward(interp, instance, args, node)

    def hides(self, interp: Interpreter, instance: Object, value: Value) -> bool:
        """A module in a module: it is kept aside, and found where Python finds nothing else."""
        return isinstance(value, (Object, LossValue)) and _is_part(interp, value) and is_module(interp, instance)

    def container(self, interp: Interpreter, instance: Object) -> type[Ref] | None:
        """A chain, where it was made as one."""
        is_chain = is_module(interp, instance) and interp.state.get(instance.ref, LAYERS) is not None
        return ChainRef if is_chain else None


FRAMEWORKS.append(Torch())
_OF_LIBRARY = (INHERITED_LOSS, INHERITED_LAYER, LAYERS)
"""Where that stands of which a library says what calling it gives."""


def is_module(interp: Interpreter, value: Value) -> bool:
    """Whether a value is an instance of a class of the program of which calling it calls ``forward``.

    Where a base class stands out of sight, a ``forward`` and no ``call`` says so.
    """
    if not isinstance(value, Object) or not isinstance(value.ref, InstanceRef):
        return False
    cls = value.ref.cls
    bases = [base for base in mro(cls) if not isinstance(base, Class)]
    if any(isinstance(base, Library) and calls_forward(base.name) for base in bases):
        return True
    if any(isinstance(base, Library) and is_for_jax(base.name) for base in bases):
        return False
    return any(isinstance(base, (Unknown, Library)) for base in bases) and (
        isinstance(class_attribute(interp, cls, FORWARD), Function)
        and not isinstance(class_attribute(interp, cls, "call"), Function)
    )


def _is_part(interp: Interpreter, value: Object | LossValue) -> bool:
    """Whether a value is a module, of the library or of the program."""
    if isinstance(value, LossValue):
        return True
    return isinstance(value.ref, (ChainRef, ModuleDictRef, ModuleListRef, ModuleRef)) or is_module(interp, value)


def _name(node: ir.Expression) -> str:
    """How the program names the module that it calls, itself or by its ``forward``."""
    func = node.func if isinstance(node, ir.Call) else None
    by_method = isinstance(func, ir.Attribute) and func.attr in CALL_IT
    return receiver(node) if by_method else dotted(func)


def _forward(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
    assert isinstance(instance.ref, InstanceRef)
    own = interp.state.get(instance.ref, FORWARD)
    if own is not None and not kept_aside(interp, instance, own):
        return interp.call(own, args, node)
    found = class_attribute(interp, instance.ref.cls, FORWARD)
    if isinstance(found, Function):
        return interp.call(replace(found, bound=instance), args, node)
    return _of_library(interp, instance, args, node)


def _of_library(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
    """What the library's own ``forward`` of an instance gives; None where that is not known."""
    for slot in (INHERITED_LOSS, INHERITED_LAYER):
        inner = interp.state.get(instance.ref, slot)
        if inner is not None:
            return interp.call(inner, args, node)
    parts = interp.state.get(instance.ref, LAYERS)
    assert isinstance(instance.ref, InstanceRef)
    if parts is None or class_attribute(interp, instance.ref.cls, "__iter__") is not None:
        return None  # the library's own walks through the chain, as the program says
    inputs = args.value(0, "input") or interp.unknown(Reason.INPUT, node)
    return interp.each(parts, lambda option: run_chain(interp, option, inputs, node))


def module_method(interp: Interpreter, module: Value, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """What a method that all modules have gives; None for one that is not among them."""
    reached = reach(interp, module, name, args, node)
    if reached is not None:
        return reached
    if name in MODULE_ITSELF:
        return module
    if name in SETS_MODE:
        set_mode(interp, module, mode_set_by(name, args), node)
        return module
    if name in CALL_IT:
        return interp.call(module, args, node)
    if name in ADDS_MODULE:
        part, key = args.value(1, "module"), args.value(0, "name")
        if part is not None and isinstance(key, Const) and isinstance(key.value, str):
            interp.set_attribute(module, key.value, part, node)
        return NONE
    return None


@applies_row(Module)
def _make(interp: Interpreter, row: Module, args: Arguments, node: ir.Expression) -> Value:
    return Object(ModuleRef(node, row, args))


@calls(ModuleRef)
def _call(interp: Interpreter, module: Object, args: Arguments, node: ir.Expression) -> Value:
    own = interp.state.get(module.ref, FORWARD)
    return interp.call(own, args, node) if own is not None else calls.get(LayerRef)(interp, module, args, node)


@duplicates(ModuleRef)
def _copy(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, ModuleRef)
    return Object(ModuleRef(value.ref.node, value.ref.row, value.ref.args))


@calls_method(ModuleRef, ChainRef, LossValue)
def _method(interp: Interpreter, receiver: Value, method: Method, args: Arguments, node: ir.Expression) -> Value:
    result = module_method(interp, receiver, method.name, args, node)
    if result is None and isinstance(receiver, Object) and isinstance(receiver.ref, ChainRef):
        result = call_of_list(interp, receiver, method.name, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name) if result is None else result


@calls_method(ModuleListRef, ModuleDictRef)
def _method_of_container(
    interp: Interpreter, receiver: Object, method: Method, args: Arguments, node: ir.Expression
) -> Value:
    if method.name in MODULE_ITSELF | SETS_MODE or method.name in GIVES_PARTS:
        return module_method(interp, receiver, method.name, args, node) or receiver
    return call_of_list(interp, receiver, method.name, args, node) or interp.unknown(Reason.UNKNOWN_METHOD, node)

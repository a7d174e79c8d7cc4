"""Modules for JAX: what calling them gives, what ``setup`` leaves on them, and the methods of those of linen."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.mro import library_bases
from flake8_logits.interpret.abstract.objects import InstanceRef, ListedChainRef, StatelessChainRef, StatelessRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import BUILT, INHERITED_LAYER, LAYERS
from flake8_logits.interpret.abstract.values import Arguments, Const, Function, Method, Object, Value
from flake8_logits.interpret.engine.instances import class_attribute, forget_attributes, stored
from flake8_logits.interpret.engine.interpreter import FRAMEWORKS, Interpreter, calls_method
from flake8_logits.interpret.engine.library_functions import applies_row, models_library
from flake8_logits.interpret.frameworks.chains import run_chain
from flake8_logits.interpret.frameworks.jax.applying import applied
from flake8_logits.interpret.frameworks.jax.chains import given_one_by_one, listed, parts_listed
from flake8_logits.interpret.frameworks.naming import dotted, known_as, named
from flake8_logits.interpret.tensors.variables import variable
from flake8_logits.knowledge.jax_transforms import (
    APPLY,
    LISTED_PARTS,
    MODULE_AGAIN,
    MODULE_WEIGHTS,
    SETUP,
    WALKERS,
    WALKS_PARTS,
)
from flake8_logits.knowledge.kinds import NNX, is_for_jax, sets_up, takes_a_list
from flake8_logits.knowledge.rows import Stateless
from flake8_logits.source import syntax as ir


class Jax:
    """What libraries for JAX make of instances of classes that derive from their modules."""

    def call(self, interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
        """``__call__`` of the program's class, else what it inherits."""
        if not _is_module(instance):
            return None
        assert isinstance(instance.ref, InstanceRef)
        _set_up(interp, instance, node)
        found = class_attribute(interp, instance.ref.cls, "__call__")
        if isinstance(found, Function):
            outputs = interp.call(replace(found, bound=instance), args, node)
        else:
            outputs = _of_library(interp, instance, args, node) or interp.unknown(
                Reason.CUSTOM, node, instance.ref.cls.name
            )
        name = dotted(node.func) if isinstance(node, ir.Call) else ""
        return named(outputs, known_as(name or "self", instance))

    def initialise(
        self, interp: Interpreter, instance: Object, base: str, args: Arguments, node: ir.Expression
    ) -> None:
        """The parts of a chain."""
        takes = takes_a_list(base)
        if takes is not None:
            parts = listed(interp, args, node) if takes else given_one_by_one(args)
            interp.state.set(instance.ref, LAYERS, parts)

    def unfinished(self, interp: Interpreter, instance: Object) -> bool:
        """Of a module everything is known that its class says."""
        return False

    def attribute(self, interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
        """What ``setup`` sets, where it was not run yet; the parts of a chain."""
        if name == LISTED_PARTS and self.container(interp, instance) is not None:
            return parts_listed(interp, instance.ref, not _is_of_nnx(instance), node)
        return stored(interp, instance.ref, name) if _set_up(interp, instance, node) else None

    def method(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """The methods of linen's modules."""
        if name in WALKS_PARTS and _is_of_nnx(instance):
            forget_attributes(interp, instance.ref, node)
            return interp.unknown(Reason.EXPRESSION, node)
        return linen_method(interp, instance, name, args, node) if _is_of_linen(instance) else None

    def inherited(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """``super().__call__``: what the library's layer that an instance derives from gives."""
        if name != "__call__" or not _is_module(instance):
            return None
        return _of_library(interp, instance, args, node)

    def hides(self, interp: Interpreter, instance: Object, value: Value) -> bool:
        """Nothing: what is set is found before what a class has."""
        return False

    def container(self, interp: Interpreter, instance: Object) -> type[Ref] | None:
        """A chain, where it was made as one."""
        is_chain = _is_module(instance) and interp.state.get(instance.ref, LAYERS) is not None
        return ListedChainRef if is_chain else None


FRAMEWORKS.append(Jax())


def _is_module(instance: Object) -> bool:
    assert isinstance(instance.ref, InstanceRef)
    return any(map(is_for_jax, library_bases(instance.ref.cls)))


def _is_of_linen(instance: Object) -> bool:
    assert isinstance(instance.ref, InstanceRef)
    return any(map(sets_up, library_bases(instance.ref.cls)))


def _is_of_nnx(instance: Object) -> bool:
    assert isinstance(instance.ref, InstanceRef)
    return any(base.startswith(NNX) for base in library_bases(instance.ref.cls))


@models_library(*WALKERS)
def _walk(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What gives all parts of a module lets them be changed."""
    module = args.value(0, "graph", "node", "module")
    if isinstance(module, Object):
        forget_attributes(interp, module.ref, node)
    return interp.unknown(Reason.EXPRESSION, node)


def _set_up(interp: Interpreter, instance: Object, node: ir.Expression) -> bool:
    """Run ``setup`` of an instance, if it has one that was not run yet; whether it was run."""
    assert isinstance(instance.ref, InstanceRef)
    if not _is_of_linen(instance) or interp.state.get(instance.ref, BUILT) is not None:
        return False
    interp.state.set(instance.ref, BUILT, Const(True))
    found = class_attribute(interp, instance.ref.cls, SETUP)
    if not isinstance(found, Function):
        return False
    interp.call(replace(found, bound=instance), Arguments(), node)
    return True


def _of_library(interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
    """What the library's own ``__call__`` of an instance gives; None where that is not known."""
    layer, parts = interp.state.get(instance.ref, INHERITED_LAYER), interp.state.get(instance.ref, LAYERS)
    if layer is not None:
        return interp.call(layer, args, node)
    if parts is None:
        return None
    inputs = args.value(0) or interp.unknown(Reason.INPUT, node)
    return interp.each(parts, lambda option: run_chain(interp, option, inputs, node))


def linen_method(interp: Interpreter, module: Object, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """What a method that all modules of linen have gives; None for one of which nothing is known."""
    if name == APPLY:
        return applied(interp, module, args, node)
    if name in MODULE_AGAIN and all(keyword in ("name", "parent") for keyword, _, _ in args.keywords):
        return module
    if name == MODULE_WEIGHTS:
        return variable(True, node, "weights")
    return None


@applies_row(Stateless)
def _make(interp: Interpreter, row: Stateless, args: Arguments, node: ir.Expression) -> Value:
    return Object(StatelessRef(node, row, args))


@calls_method(StatelessRef, StatelessChainRef)
def _method(interp: Interpreter, module: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    result = linen_method(interp, module, method.name, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name) if result is None else result

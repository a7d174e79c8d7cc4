"""Instances of the program's classes that derive from those of Keras."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import InstanceRef, LayerRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import INHERITED_LAYER, INHERITED_LOSS, LAYERS, OUTPUTS
from flake8_logits.interpret.abstract.values import NONE, Arguments, Class, Library, Object, Value
from flake8_logits.interpret.engine.interpreter import FRAMEWORKS, Interpreter
from flake8_logits.interpret.frameworks.keras.attributes import model_attribute
from flake8_logits.interpret.frameworks.keras.methods import call_model_method, new_weights, predicted
from flake8_logits.interpret.frameworks.keras.models import (
    call_inside,
    call_instance,
    called,
    is_model,
    run_model,
    set_layers,
)
from flake8_logits.interpret.frameworks.naming import dotted, known_as, named
from flake8_logits.interpret.readers.losses import loss_of_class
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.hooks import PREDICT_STEP
from flake8_logits.knowledge.kinds import MODEL, SEQUENTIAL, calls_forward, is_for_jax
from flake8_logits.knowledge.methods import LOSS_METHODS
from flake8_logits.knowledge.rows import Layer
from flake8_logits.source import syntax as ir


class Keras:
    """What Keras makes of instances of classes that derive from its own."""

    def call(self, interp: Interpreter, instance: Object, args: Arguments, node: ir.Expression) -> Value | None:
        """``call`` where Keras (or a class out of sight) may be an ancestor, else nothing."""
        assert isinstance(instance.ref, InstanceRef)
        bases = [base for base in mro(instance.ref.cls) if not isinstance(base, Class)]
        if not bases or any(
            isinstance(base, Library) and (calls_forward(base.name) or is_for_jax(base.name)) for base in bases
        ):
            return None
        inputs = args.value(0, "inputs", "x")
        if inputs is None:
            inputs = interp.unknown(Reason.INPUT, node)
        outputs = call_instance(interp, instance, instance.ref, args, inputs, node)
        if outputs is None:
            return None
        outputs = called(outputs, instance, args)
        if not is_model(interp, instance):
            return outputs
        name = dotted(node.func) if isinstance(node, ir.Call) else ""
        return named(outputs, known_as(name, instance))

    def initialise(
        self, interp: Interpreter, instance: Object, base: str, args: Arguments, node: ir.Expression
    ) -> None:
        """Layers, outputs, or the library's own layer or loss, under the instance."""
        init_from_library(interp, instance, base, args, node)

    def unfinished(self, interp: Interpreter, instance: Object) -> bool:
        """Of no class: a model without ``call`` may have been given layers or outputs."""
        return False

    def attribute(self, interp: Interpreter, instance: Object, name: str, node: ir.Expression) -> Value | None:
        """``output``, ``layers`` and the like, for a model."""
        return model_attribute(interp, instance, name, node)

    def method(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """The methods of models, and those of layers."""
        if is_model(interp, instance):
            result = call_model_method(interp, instance, name, args, node)
            if result is not None:
                return result
        if name in ("__call__", "call"):
            return interp.call(instance, args, node)
        return new_weights(name, args, node)

    def inherited(
        self, interp: Interpreter, instance: Object, name: str, args: Arguments, node: ir.Expression
    ) -> Value | None:
        """``super().call`` of a model or layer: what its own layers, outputs or the inherited layer give."""
        if name == PREDICT_STEP and is_model(interp, instance):
            return predicted(interp, instance, node)
        if name in LOSS_METHODS and is_model(interp, instance):
            return call_model_method(interp, instance, name, args, node)
        if name == "__call__":
            assert isinstance(instance.ref, InstanceRef)
            return call_inside(interp, instance, instance.ref, args, args.value(0, "inputs") or NONE, node)
        if name != "call":
            return None
        for slot in (INHERITED_LOSS, INHERITED_LAYER):
            inner = interp.state.get(instance.ref, slot)
            if inner is not None:
                return interp.call(inner, args, node)
        if interp.state.get(instance.ref, LAYERS) or interp.state.get(instance.ref, OUTPUTS):
            return run_model(interp, instance, args.value(0, "inputs") or NONE, node)
        return None

    def hides(self, interp: Interpreter, instance: Object, value: Value) -> bool:
        """Nothing: what is set is found before what a class has."""
        return False

    def container(self, interp: Interpreter, instance: Object) -> type[Ref] | None:
        """None: layers are read and changed by methods and attributes of their own."""
        return None


FRAMEWORKS.append(Keras())


def init_from_library(interp: Interpreter, instance: Object, base: str, args: Arguments, node: ir.Expression) -> None:
    """What ``super().__init__`` of a library class leaves on an instance of the program's class."""
    if base == MODEL:
        outputs = args.value(1, "outputs", "output")
        if outputs is not None:
            interp.state.set(instance.ref, OUTPUTS, outputs)
    elif base == SEQUENTIAL:
        set_layers(interp, instance, args.value(0, "layers"), node)
    else:
        row = lookup(base)
        if isinstance(row, Layer):
            interp.state.set(instance.ref, INHERITED_LAYER, Object(LayerRef(node, row, args)))
        else:
            loss = loss_of_class(base, args, node)
            if loss is not None:
                interp.state.set(instance.ref, INHERITED_LOSS, loss)

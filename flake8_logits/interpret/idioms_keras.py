"""How Keras spells models, inputs and wrappers: what is more than a row can say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.activations import IDENTITY
from flake8_logits.interpret.copies import DEEPEST, apart, duplicate
from flake8_logits.interpret.idioms_tuner import saved
from flake8_logits.interpret.losses import loss_of_value
from flake8_logits.interpret.models import is_model, new_functional, new_sequential, outputs_of
from flake8_logits.interpret.ranks import rank_of_input
from flake8_logits.interpret.references import LayerRef
from flake8_logits.interpret.values import (
    NONE,
    ActivationValue,
    Arguments,
    Const,
    Function,
    Gap,
    Library,
    Object,
    Partial,
    Sequence,
    Tensor,
    Value,
)
from flake8_logits.knowledge.catalogue import activation_of_string
from flake8_logits.knowledge.rows import Layer, Loses
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def _sequential(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    layers = args.value(0, "layers")
    if layers is None and args.open is not None:
        layers = interp.unknown(Reason.EXPRESSION, node)
    return _called(interp, new_sequential(interp, layers, node), args.value(1, "name"))


def _model(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    outputs = args.value(1, "outputs", "output")
    model = new_functional(interp, interp.unknown(Reason.EXPRESSION, node) if outputs is None else outputs, node)
    return _called(interp, model, args.value(2, "name"))


def _called(interp: Interpreter, model: Object, name: Value | None) -> Object:
    """A model with the name that it is given: as a part of another model, its output goes by that."""
    if isinstance(name, Const) and isinstance(name.value, str):
        interp.state.set(model.ref, "$name", name)
    return model


def _input(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return Tensor(Lost(Reason.INPUT, node), rank=rank_of_input(interp, args))


def _loaded(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A model read from a file: known if this program saved it there."""
    model = saved(interp, args)
    if model is None:
        return interp.unknown(Reason.LOADED, node)
    return _clone(interp, Arguments(((model, None),)), node)


def _clone(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``clone_model(model)``: a model of its own with the same outputs, or those of the layers it is given instead."""
    model = args.value(0, "model")
    if model is None:
        return interp.unknown(Reason.CUSTOM, node)
    function = args.value(2, "clone_function") or NONE

    def layer(option: Value) -> Value:
        return option if function == NONE else interp.call(function, Arguments(((option, None),)), node)

    def act(option: Value) -> Value:
        if not is_model(interp, option):
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        assert isinstance(option, Object)
        layers = interp.state.get(option.ref, "$layers")
        if layers is None:
            return new_functional(interp, apart(_above(outputs_of(interp, option, node))), node)
        copy = new_sequential(interp, None, node)
        assert isinstance(copy, Object)
        if isinstance(layers, Sequence):
            items = [item if isinstance(item, Gap) else layer(item) for item in layers.items]
            layers = Sequence(tuple(items), layers.kind)
        elif function != NONE:
            return interp.unknown(Reason.CUSTOM, node)
        interp.state.set(copy.ref, "$layers", duplicate(interp, layers, node, DEEPEST))
        return copy

    def _above(output: Value) -> Value:
        """What the last layer of a graph gives where another has its place."""
        if function == NONE:
            return output
        if not isinstance(output, Tensor) or output.made_by is None or output.fed is None:
            return interp.unknown(Reason.CUSTOM, node)
        other = layer(output.made_by)
        return output if other == output.made_by else interp.call(other, Arguments(((output.fed, None),)), node)

    return interp.each(model, act)


def _around(index: int, *names: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    """A function that gives a model (or layer) of its own around the one it is given, with the same outputs."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        inner = args.value(index, *names)
        if inner is None:
            return interp.unknown(Reason.UNKNOWN_CALL, node)

        def act(option: Value) -> Value:
            if isinstance(option, Object) and isinstance(option.ref, LayerRef):
                return option
            return _clone(interp, Arguments(((option, None),)), node)

        return interp.each(inner, act)

    return run


def _lambda(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``Lambda(function)``: calling the layer calls the function."""
    function = args.value(0, "function")
    if isinstance(function, (Function, Library, Partial)):
        return Partial(function, Arguments())
    return Object(LayerRef(node, Layer("keras.layers.Lambda", Loses("a function that could not be followed")), args))


def _losses_get(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0, "identifier", "config", "name")
    if value is None:
        return interp.unknown(Reason.UNKNOWN_LOSS, node)
    return interp.each(value, lambda option: loss_of_value(interp, option, node))


def _activations_get(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    def act(option: Value) -> Value:
        if option == NONE:
            return Library(IDENTITY)
        if isinstance(option, Const) and isinstance(option.value, str):
            row = activation_of_string(option.value)
            if row is not None:
                return ActivationValue(row)
            return interp.unknown(Reason.UNKNOWN_ACTIVATION, node, option.value)
        return option

    value = args.value(0, "identifier")
    return interp.unknown(Reason.UNKNOWN_ACTIVATION, node) if value is None else interp.each(value, act)


def _same(name: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    """Something that gives a function back as it is; with options alone it gives what will do so."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        function = args.value(0, "func", "f")
        return Library(name) if function is None or function == NONE else function

    return run


_LEAVE_FUNCTIONS = (
    "tensorflow.function",
    "tensorflow.recompute_grad",
    "tensorflow.grad_pass_through",
    "tensorflow.autograph.experimental.do_not_convert",
    "tensorflow.contrib.eager.defun",
)


IDIOMS: dict[str, Callable[[Interpreter, Arguments, ir.Expression], Value]] = {
    "keras.Sequential": _sequential,
    "keras.Model": _model,
    "keras.Input": _input,
    "keras.layers.InputSpec": _input,
    "keras.models.load_model": _loaded,
    "keras.saving.load_model": _loaded,
    "keras.models.model_from_json": _loaded,
    "keras.models.model_from_yaml": _loaded,
    "keras.models.clone_model": _clone,
    "keras.layers.Lambda": _lambda,
    # Trained on the second model's output, which the first one only teaches.
    "keras.distillation.Distiller": _around(1, "student"),
    "keras.distillation.distiller.Distiller": _around(1, "student"),
    **{
        f"tensorflow_model_optimization.{name}": _around(
            0, "to_prune", "to_quantize", "to_cluster", "model", "to_annotate"
        )
        for name in (
            "sparsity.keras.prune_low_magnitude",
            "sparsity.keras.strip_pruning",
            "quantization.keras.quantize_model",
            "quantization.keras.quantize_apply",
            "quantization.keras.quantize_annotate_model",
            "clustering.keras.cluster_weights",
            "clustering.keras.strip_clustering",
        )
    },
    "neural_structured_learning.keras.AdversarialRegularization": _around(0, "base_model"),
    "neural_structured_learning.keras.GraphRegularization": _around(0, "base_model"),
    "keras.losses.get": _losses_get,
    "keras.losses.deserialize": _losses_get,
    "keras.activations.get": _activations_get,
    "keras.activations.deserialize": _activations_get,
    **{name: _same(name) for name in _LEAVE_FUNCTIONS},
}

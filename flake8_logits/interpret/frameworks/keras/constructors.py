"""How Keras spells models, inputs and wrappers: what is more than a row can say."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import LambdaRef, LayerRef
from flake8_logits.interpret.abstract.slots import LAYERS, NAME
from flake8_logits.interpret.abstract.values import (
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
from flake8_logits.interpret.engine.copies import DEEPEST_COPY, apart, duplicate
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.frameworks.keras.graphs import calls_of_graph, is_input
from flake8_logits.interpret.frameworks.keras.models import is_model, new_functional, new_sequential, outputs_of
from flake8_logits.interpret.frameworks.keras.saving import saved
from flake8_logits.interpret.readers.losses import loss_of_value
from flake8_logits.interpret.tensors.ranks import rank_of_input
from flake8_logits.knowledge.activations import IDENTITY
from flake8_logits.knowledge.catalogue import activation_of_string
from flake8_logits.knowledge.keras_layers import LAMBDA
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.knowledge.wrappers import WRAPPERS
from flake8_logits.source import syntax as ir


@models_library("keras.Sequential")
def _sequential(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    layers = args.value(0, "layers")
    if layers is None and args.open is not None:
        layers = interp.unknown(Reason.EXPRESSION, node)
    return _called(interp, new_sequential(interp, layers, node), args.value(1, "name"))


@models_library("keras.Model")
def _model(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    outputs = args.value(1, "outputs", "output")
    model = new_functional(interp, interp.unknown(Reason.EXPRESSION, node) if outputs is None else outputs, node)
    return _called(interp, model, args.value(2, "name"))


def _called(interp: Interpreter, model: Object, name: Value | None) -> Object:
    """A model with the name that it is given: as a part of another model, its output goes by that."""
    if isinstance(name, Const) and isinstance(name.value, str):
        interp.state.set(model.ref, NAME, name)
    return model


@models_library("keras.Input", "keras.layers.InputSpec")
def _input(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return Tensor(Lost(Reason.INPUT, node), rank=rank_of_input(interp, args))


@models_library(
    "keras.models.load_model",
    "keras.saving.load_model",
    "keras.models.model_from_json",
    "keras.models.model_from_yaml",
)
def _loaded(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A model read from a file: known if this program saved it there."""
    model = saved(interp, args)
    if model is None:
        return interp.unknown(Reason.LOADED, node)
    return _clone(interp, Arguments(((model, None),)), node)


@models_library("keras.models.clone_model")
def _clone(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``clone_model(model)``: a model of its own with the same outputs, or those of the layers it is given instead."""
    model = args.value(0, "model")
    if model is None:
        return interp.unknown(Reason.CUSTOM, node)
    function = args.value(2, "clone_function") or NONE

    def act(option: Value) -> Value:
        if not is_model(interp, option):
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        assert isinstance(option, Object)
        layers = interp.state.get(option.ref, LAYERS)
        if layers is None:
            outputs = _with_other_layers(interp, outputs_of(interp, option, node), function, node)
            return new_functional(interp, apart(outputs), node)
        return _clone_chain(interp, layers, function, node)

    return interp.each(model, act)


def _clone_chain(interp: Interpreter, layers: Value, function: Value, node: ir.Expression) -> Value:
    if isinstance(layers, Sequence):
        items = [item if isinstance(item, Gap) else _other(interp, item, function, node) for item in layers.items]
        layers = Sequence(tuple(items), layers.kind)
    elif function != NONE:
        return interp.unknown(Reason.CUSTOM, node)
    copy = new_sequential(interp, None, node)
    interp.state.set(copy.ref, LAYERS, duplicate(interp, layers, node, DEEPEST_COPY))
    return copy


def _other(interp: Interpreter, layer: Value, function: Value, node: ir.Expression) -> Value:
    """The layer that a clone has in the place of a layer."""
    return layer if function == NONE else interp.call(function, Arguments(((layer, None),)), node)


def _with_other_layers(interp: Interpreter, output: Value, function: Value, node: ir.Expression) -> Value:
    """What a graph gives where other layers have the places of its own."""
    if function == NONE:
        return output
    start, found = calls_of_graph(output)
    if not found:
        return interp.unknown(Reason.CUSTOM, node)
    others = [_other(interp, call.layer, function, node) for call in found]
    if is_input(start) and all(other == call.layer for other, call in zip(others, found, strict=True)):
        return output
    # What stands before several inputs may have been changed as well.
    value: Value = start if start is not None and is_input(start) else Tensor(Lost(Reason.CUSTOM, node))
    for other in others:
        value = interp.call(other, Arguments(((value, None),)), node)
    return value


def _around(parameter: Parameter) -> LibraryFunction:
    """A function that gives a model (or layer) of its own around the one it is given, with the same outputs."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        inner = args.value(parameter.index, parameter.name, *parameter.aliases)
        if inner is None:
            return interp.unknown(Reason.UNKNOWN_CALL, node)

        def act(option: Value) -> Value:
            if isinstance(option, Object) and isinstance(option.ref, LayerRef):
                return option
            return _clone(interp, Arguments(((option, None),)), node)

        return interp.each(inner, act)

    return run


@models_library("keras.layers.Lambda")
def _lambda(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``Lambda(function)``: calling the layer calls the function."""
    function = args.value(0, "function")
    if isinstance(function, (Function, Library, Partial)):
        return Object(LambdaRef(node, LAMBDA, args, function))
    return Object(LayerRef(node, LAMBDA, args))


@models_library("keras.losses.get", "keras.losses.deserialize")
def _losses_get(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0, "identifier", "config", "name")
    if value is None:
        return interp.unknown(Reason.UNKNOWN_LOSS, node)
    return interp.each(value, lambda option: loss_of_value(interp, option, node))


@models_library("keras.activations.get", "keras.activations.deserialize")
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


for _name, _parameter in WRAPPERS.items():
    models_library.add(_name, _around(_parameter))

"""Methods of models and layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.objects import LayerRef, ModelRef
from flake8_logits.interpret.abstract.slots import COMPILED_LOSS, LAYERS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Gap,
    LossValue,
    Method,
    Object,
    Sequence,
    Tensor,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method
from flake8_logits.interpret.frameworks.keras.attributes import layers_of
from flake8_logits.interpret.frameworks.keras.compiling import compile_model, match
from flake8_logits.interpret.frameworks.keras.configs import config_of
from flake8_logits.interpret.frameworks.keras.exporting import export
from flake8_logits.interpret.frameworks.keras.graphs import belongs, layer_of_name
from flake8_logits.interpret.frameworks.keras.models import call_model, outputs_of
from flake8_logits.interpret.frameworks.keras.overriding import overridden, override
from flake8_logits.interpret.frameworks.keras.saving import save
from flake8_logits.interpret.frameworks.keras.starting import run_callbacks
from flake8_logits.interpret.frameworks.keras.training import train
from flake8_logits.interpret.frameworks.naming import known_as, named, receiver
from flake8_logits.interpret.readers.labels import are_labels, read_labels
from flake8_logits.interpret.readers.losses import loss_in, loss_of_value
from flake8_logits.interpret.tensors.outside_graph import away_from_graph
from flake8_logits.interpret.tensors.variables import is_trained, variable
from flake8_logits.knowledge.compiling import COMPILE
from flake8_logits.knowledge.hooks import FITTING_METHODS, OWN_LOSSES, PREDICT_STEP, Part
from flake8_logits.knowledge.methods import LABELLED_METHODS, LAYER_CALLS, TRAINING_METHODS, WEIGHT_METHODS
from flake8_logits.knowledge.variables import TRAINABLE
from flake8_logits.source import syntax as ir


def _compile(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    compile_model(interp, model, args, node)
    return NONE


def _add(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    layer = args.value(0, "layer")
    layers = interp.state.get(model.ref, LAYERS)
    if layers is None or layer is None:
        return NONE

    def act(option: Value) -> Value:
        return Sequence((*option.items, layer), "list") if isinstance(option, Sequence) else option

    interp.state.set(model.ref, LAYERS, _map(interp, layers, act))
    return NONE


def _pop(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    layers = interp.state.get(model.ref, LAYERS)
    if layers is None:
        return interp.unknown(Reason.UNKNOWN_METHOD, node, "pop")

    def act(option: Value) -> Value:
        if not isinstance(option, Sequence):
            return option
        if option.items and isinstance(option.items[-1], Gap):
            return Sequence((*option.items[:-1], Gap(Lost(Reason.UNKNOWN_METHOD, node, "pop"))), "list")
        return Sequence(option.items[:-1], "list")

    interp.state.set(model.ref, LAYERS, _map(interp, layers, act))
    return interp.unknown(Reason.UNKNOWN_METHOD, node, "pop")


def _map(interp: Interpreter, value: Value, act: Callable[[Value], Value]) -> Value:
    return choice([(act(option), guards) for option, guards in options_of(value)])


def _predict(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    interp.observations.lifecycle.used.add(model.ref)
    lost = overridden(interp, model, Part.PREDICTIONS, node)
    step = override(interp, model, PREDICT_STEP)
    outputs: Value
    if lost is not None:
        outputs = Tensor(lost)
    elif step is None:
        outputs = outputs_of(interp, model, node, training=False)
    else:
        outputs = interp.call(_bound(step, model), Arguments(((Tensor(Lost(Reason.INPUT, node)), None),)), node)
    return away_from_graph(interp, named(outputs, _name(model, node)))


def _bound(method: Value, model: Object) -> Value:
    """A method as read from a model; what was set on it is no method."""
    return replace(method, bound=model) if isinstance(method, Function) and method.owner is not None else method


def predicted(interp: Interpreter, model: Object, node: ir.Expression) -> Value:
    """What Keras' own ``predict_step`` gives."""
    return outputs_of(interp, model, node, training=False)


def _call(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    return named(call_model(interp, model, args, node), _name(model, node))


def _name(model: Object, node: ir.Expression) -> str:
    return known_as(receiver(node), model)


def _get_layer(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    wanted = args.value(0, "name")
    index = args.value(1, "index")
    if isinstance(index, Const):
        return interp.get_item(layers_of(interp, model, node), index, node, None)
    name = wanted.value if isinstance(wanted, Const) else None
    found = layer_of_name(interp, model, name) if isinstance(name, str) else None
    if found is not None:
        return belongs(interp, found, model)
    return interp.unknown(
        Reason.UNKNOWN_METHOD, node, f"get_layer({wanted.value!r})" if isinstance(wanted, Const) else "get_layer"
    )


def _stateless_call(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    """``model.stateless_call(variables, others, *inputs)``: what the model gives, and its other variables."""
    given = Arguments(args.positional[2:], args.keywords, args.open)
    outputs = named(call_model(interp, model, given, node), _name(model, node))
    return Sequence((outputs, interp.unknown(Reason.UNKNOWN_METHOD, node, "stateless_call")), "tuple")


def _compiled_loss(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    """``self.compiled_loss(y, y_pred)`` and ``self.compute_loss(x, y, y_pred)`` within a train step."""
    loss = interp.state.get(model.ref, COMPILED_LOSS)
    by_place = 2 if args.keyword("y_pred") is None and len(args.positional) > 2 else 1
    prediction = args.value(by_place, "y_pred")
    if loss is not None and prediction is not None:
        match(interp, prediction, loss, node, node)
    return Tensor(Lost(Reason.LOST_SCALE, node, "a loss"))


def _save(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    save(interp, model, args, node)
    interp.observations.lifecycle.let_models_go((model,))
    return NONE


def _read_labels(interp: Interpreter, model: Object, name: str, args: Arguments, node: ir.Expression) -> None:
    """Write down with what a model is trained, if that is labels of a known kind and one loss reads them."""
    labels, loss = args.value(1, "y"), interp.state.get(model.ref, COMPILED_LOSS)
    if labels is None or loss is None or name not in LABELLED_METHODS or not are_labels(labels):
        return
    if any(override(interp, model, hook) is not None for hook in OWN_LOSSES):
        return
    found = loss_of_value(interp, loss, node)
    if isinstance(found, LossValue):
        reader = replace(loss_in(found), place=node, switch_place=None, switch_origin=None)
        read_labels(interp, reader, labels, _output(interp, model, node), node)


def _output(interp: Interpreter, model: Object, node: ir.Expression) -> Value:
    return named(outputs_of(interp, model, node), _name(model, node))


def _export(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    export(interp, model, receiver(node), "export", node)
    interp.observations.lifecycle.let_models_go((model,))
    return NONE


_MODEL: dict[str, Callable[[Interpreter, Object, Arguments, ir.Expression], Value]] = {
    COMPILE: _compile,
    "add": _add,
    "pop": _pop,
    "predict": _predict,
    "predict_on_batch": _predict,
    "call": _call,
    "__call__": _call,
    "get_config": lambda interp, model, args, node: config_of(interp, model, node),
    "get_layer": _get_layer,
    "stateless_call": _stateless_call,
    "save": _save,
    "export": _export,
    "compiled_loss": _compiled_loss,
    "compute_loss": _compiled_loss,
}


def call_model_method(
    interp: Interpreter, model: Object, name: str, args: Arguments, node: ir.Expression
) -> Value | None:
    """What a method of a Keras model gives; None for one that is not known."""
    if name in FITTING_METHODS:
        run_callbacks(interp, model, args, node)
    if name in TRAINING_METHODS:
        interp.observations.lifecycle.trained.add(model.ref)
        train(interp, model)
        _read_labels(interp, model, name, args, node)
    act = _MODEL.get(name)
    return None if act is None else act(interp, model, args, node)


@calls_method(ModelRef)
def _of_model(interp: Interpreter, receiver: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    result = call_model_method(interp, receiver, method.name, args, node)
    if result is not None:
        return result
    weights = new_weights(method.name, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name) if weights is None else weights


@calls_method(LayerRef)
def _of_layer(interp: Interpreter, receiver: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    if method.name in LAYER_CALLS:
        return interp.call(receiver, args, node)
    if method.name == "get_config":
        return config_of(interp, receiver, node)
    weights = new_weights(method.name, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name) if weights is None else weights


def new_weights(name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """What ``add_weight`` and its like give; None for other methods."""
    if name not in WEIGHT_METHODS:
        return None
    return variable(is_trained(args.keyword(TRAINABLE)), node, name)

"""Methods of things that libraries and the language provide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret import by_name
from flake8_logits.interpret.container_methods import call_container
from flake8_logits.interpret.containers import content_of, turns
from flake8_logits.interpret.heads import compile_model
from flake8_logits.interpret.idioms_tuner import TunerRef, call_tuner, save
from flake8_logits.interpret.metrics import apply_metric
from flake8_logits.interpret.models import away_from_graph, call_model, is_model, outputs_of
from flake8_logits.interpret.naming import known_as, named, receiver
from flake8_logits.interpret.operators import LONGEST_STRING
from flake8_logits.interpret.references import DictRef, InstanceRef, LayerRef, ListRef
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.tensor_methods import call_tensor
from flake8_logits.interpret.values import (
    NONE,
    Arguments,
    Class,
    Const,
    Gap,
    Method,
    MetricValue,
    Object,
    Sequence,
    Super,
    Tensor,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def call_method(interp: Interpreter, method: Method, args: Arguments, node: ir.Expression) -> Value:
    """What calling a method gives."""
    receiver_value = method.receiver
    if isinstance(receiver_value, Method) and receiver_value.name == "__dict__":
        return by_name.call(interp, receiver_value, method.name, args, node)
    if isinstance(receiver_value, Super):
        return _super(interp, receiver_value, method.name, args, node)
    if isinstance(receiver_value, Class):
        return _unbound(interp, receiver_value, method.name, args, node)
    if is_model(interp, receiver_value):
        assert isinstance(receiver_value, Object)
        if method.name in _TRAIN:
            interp.recorder.trained.add(receiver_value.ref)
        act = _MODEL.get(method.name)
        if act is not None:
            return act(interp, receiver_value, args, node)
    if isinstance(receiver_value, Object):
        if isinstance(receiver_value.ref, (ListRef, DictRef)):
            return call_container(interp, receiver_value, method.name, args, node)
        if isinstance(receiver_value.ref, TunerRef):
            return call_tuner(interp, receiver_value, method.name, args, node)
        if method.name in ("add_weight", "add_variable"):
            return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, method.name), variable=True)
        if method.name in ("__call__", "call") or (method.name == "apply" and isinstance(receiver_value.ref, LayerRef)):
            # ``apply`` is what TensorFlow 1 has for calling a layer.
            return interp.call(receiver_value, args, node)
    if isinstance(receiver_value, MetricValue) and method.name == "update_state":
        return apply_metric(interp, receiver_value, args, node)
    if isinstance(receiver_value, Tensor):
        return call_tensor(interp, receiver_value, method.name, args, node)
    if isinstance(receiver_value, Const) and isinstance(receiver_value.value, str):
        return _string(interp, receiver_value.value, method.name, args, node)
    content = content_of(interp, receiver_value)
    if content is not None:
        return call_container(interp, receiver_value, method.name, args, node)
    if method.name == "get_config":
        return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, method.name)


def _super(interp: Interpreter, owner: Super, name: str, args: Arguments, node: ir.Expression) -> Value:
    instance = owner.instance
    if not isinstance(instance, Object) or not isinstance(instance.ref, InstanceRef):
        return interp.unknown(Reason.UNKNOWN_METHOD, node, name)
    if name == "__init__":
        from flake8_logits.interpret.classes import library_init

        return library_init(interp, instance, args, node)
    if name in ("call", "__call__"):
        for hidden in ("$loss", "$layer"):
            inner = interp.state.get(instance.ref, hidden)
            if inner is not None:
                return interp.call(inner, args, node)
        if interp.state.get(instance.ref, "$layers") or interp.state.get(instance.ref, "$outputs"):
            from flake8_logits.interpret.models import run_model

            return run_model(interp, instance, args.value(0, "inputs") or NONE, node)
        if name == "__call__":
            return call_model(interp, instance, args, node)
    return call_method(interp, Method(instance, name, None), args, node)


def _unbound(interp: Interpreter, cls: Class, name: str, args: Arguments, node: ir.Expression) -> Value:
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name)


def _compile(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    compile_model(interp, model, args, node)
    return NONE


def _add(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    layer = args.value(0, "layer")
    layers = interp.state.get(model.ref, "$layers")
    if layers is None or layer is None:
        return NONE

    def act(option: Value) -> Value:
        return Sequence((*option.items, layer), "list") if isinstance(option, Sequence) else option

    interp.state.set(model.ref, "$layers", _map(interp, layers, act))
    return NONE


def _pop(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    layers = interp.state.get(model.ref, "$layers")
    if layers is None:
        return interp.unknown(Reason.UNKNOWN_METHOD, node, "pop")

    def act(option: Value) -> Value:
        if not isinstance(option, Sequence) or (option.items and isinstance(option.items[-1], Gap)):
            return option
        return Sequence(option.items[:-1], "list")

    interp.state.set(model.ref, "$layers", _map(interp, layers, act))
    return interp.unknown(Reason.UNKNOWN_METHOD, node, "pop")


def _map(interp: Interpreter, value: Value, act: Callable[[Value], Value]) -> Value:
    from flake8_logits.interpret.state import options_of

    return choice([(act(option), guards) for option, guards in options_of(value)])


def _predict(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    interp.recorder.used.add(model.ref)
    return away_from_graph(interp, named(outputs_of(interp, model, node, training=False), _name(model, node)))


def _call(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    return named(call_model(interp, model, args, node), _name(model, node))


def _name(model: Object, node: ir.Expression) -> str:
    return known_as(receiver(node), model)


def _get_layer(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    wanted = args.value(0, "name")
    index = args.value(1, "index")
    from flake8_logits.interpret.containers import get_item
    from flake8_logits.interpret.models import layers_of

    if isinstance(index, Const):
        return get_item(interp, layers_of(interp, model, node), index, node, None)
    return interp.unknown(
        Reason.UNKNOWN_METHOD, node, f"get_layer({wanted.value!r})" if isinstance(wanted, Const) else "get_layer"
    )


def _compiled_loss(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    """``self.compiled_loss(y, y_pred)`` and ``self.compute_loss(x, y, y_pred)`` within a train step."""
    from flake8_logits.interpret.heads import match

    loss = interp.state.get(model.ref, "$compiled")
    by_place = 2 if args.keyword("y_pred") is None and len(args.positional) > 2 else 1
    prediction = args.value(by_place, "y_pred")
    if loss is not None and prediction is not None:
        match(interp, prediction, loss, node, node)
    return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, "a loss"))


def _save(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    save(interp, model, args, node)
    return NONE


_TRAIN = frozenset(
    {"fit", "fit_generator", "train_on_batch", "train_step", "evaluate", "evaluate_generator", "test_on_batch"}
)
"""Methods that use the loss a model was compiled with."""

_MODEL: dict[str, Callable[[Interpreter, Object, Arguments, ir.Expression], Value]] = {
    "compile": _compile,
    "add": _add,
    "pop": _pop,
    "predict": _predict,
    "predict_on_batch": _predict,
    "call": _call,
    "__call__": _call,
    "get_layer": _get_layer,
    "save": _save,
    "compiled_loss": _compiled_loss,
    "compute_loss": _compiled_loss,
}


def _string(interp: Interpreter, text: str, name: str, args: Arguments, node: ir.Expression) -> Value:
    if name in ("lower", "upper", "strip", "title", "capitalize") and not args.values():
        return Const(getattr(text, name)())
    values = args.values()
    if name == "join" and len(values) == 1:
        items = turns(interp, values[0])
        words = [item.value for item in items or () if isinstance(item, Const) and isinstance(item.value, str)]
        if items is not None and len(words) == len(items) and len(text) + sum(map(len, words)) < LONGEST_STRING:
            return Const(text.join(words))
    if (
        name in ("startswith", "endswith")
        and len(values) == 1
        and isinstance(values[0], Const)
        and isinstance(values[0].value, str)
    ):
        return Const(getattr(text, name)(values[0].value))
    if name == "format" and all(isinstance(value, Const) for value in values) and len(text) < 200 and args.open is None:
        try:
            return Const(
                text.format(
                    *(value.value for value, _ in args.positional if isinstance(value, Const)),
                    **{key: value.value for key, value, _ in args.keywords if isinstance(value, Const)},
                )[:2000]
            )
        except Exception:
            return interp.unknown(Reason.EXPRESSION, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name)

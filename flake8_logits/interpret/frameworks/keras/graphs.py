"""The layers of finished models: which they are, found by name or place, and what each of them gives."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import LambdaRef, LayerRef, ModelRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import FOUND_IN, LAYERS, NAME, OUTPUTS
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Const,
    Gap,
    LayerCall,
    Object,
    Sequence,
    Tensor,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.copies import duplicates
from flake8_logits.interpret.engine.interpreter import Interpreter, calls
from flake8_logits.interpret.frameworks.keras.models import up_to_date
from flake8_logits.source import syntax as ir

MOST_LAYERS = 400
"""Of a graph; in a larger one no layer is looked for."""


def calls_of_graph(outputs: Value | None) -> tuple[Value | None, list[LayerCall]]:
    """The calls of layers that lead to an output, each with one input, from the first on, and what that was given."""
    found: list[LayerCall] = []
    tensor = outputs
    while isinstance(tensor, Tensor) and tensor.call is not None and len(found) < MOST_LAYERS:
        found.append(tensor.call)
        tensor = tensor.call.inputs
    return tensor, found[::-1]


def is_input(value: Value | None) -> bool:
    """Whether this is what a model is given."""
    return isinstance(value, Tensor) and isinstance(value.belief, Lost) and value.belief.reason is Reason.INPUT


def layers_of_graph(interp: Interpreter, model: Object, node: ir.Node) -> Sequence:
    """The layers of a functional model, as far back from its output as each of them has one input."""
    start, found = calls_of_graph(interp.state.get(model.ref, OUTPUTS))
    first: Value | Gap = Gap(Lost(Reason.UNKNOWN_ATTRIBUTE, node, "layers"))
    if is_input(start):
        first = interp.unknown(Reason.INPUT, node)
    return Sequence((first, *(call.layer for call in found)), "list")


def layer_of_name(interp: Interpreter, model: Object, name: str) -> Value | None:
    """The layer of a model that bears a name; None where none is known to."""
    layers = interp.state.get(model.ref, LAYERS)
    outputs = interp.state.get(model.ref, OUTPUTS)
    if isinstance(layers, Sequence):
        parts: list[Value] = [item for item in layers.items if not isinstance(item, Gap)]
    else:
        parts = [] if outputs is None else [call.layer for call in _calls(interp, outputs)]
    found = [part for part in dict.fromkeys(parts) if _name(interp, part) == name]
    return found[0] if len(found) == 1 else None


def belongs(interp: Interpreter, layer: Value, model: Object) -> Value:
    """A layer that was found in a model: what it gives is what it gives there."""
    if isinstance(layer, Object) and isinstance(layer.ref, LayerRef):
        interp.state.set(layer.ref, FOUND_IN, model)
    return layer


def output_in_model(interp: Interpreter, layer: Object, node: ir.Expression) -> Value | None:
    """What a layer gives in the model that it was found in; None where that is not known."""
    found = interp.state.get(layer.ref, FOUND_IN)
    if not isinstance(found, Object):
        return None
    owner = found.ref
    layers = interp.state.get(owner, LAYERS)
    if isinstance(layers, Sequence):
        return _along(interp, layers, layer, node)
    outputs = interp.state.get(owner, OUTPUTS)
    for tensor in _tensors(interp, outputs) if outputs is not None else ():
        if tensor.call is not None and tensor.call.layer == layer:
            return up_to_date(interp, tensor, node)
    return None


def _along(interp: Interpreter, layers: Sequence, layer: Object, node: ir.Expression) -> Value | None:
    """What one of the layers of a chain gives."""
    value: Value = Tensor(Lost(Reason.INPUT, node))
    for item in layers.items:
        if isinstance(item, Gap):
            value = Tensor(item.lost)
            continue
        value = interp.call_part(item, value, node)
        if item == layer:
            return value
    return None


def _calls(interp: Interpreter, outputs: Value) -> list[LayerCall]:
    return [tensor.call for tensor in _tensors(interp, outputs) if tensor.call is not None]


def _tensors(interp: Interpreter, outputs: Value) -> list[Tensor]:
    """The tensors of a graph, from its outputs back; none of a graph that is too large, or not certain."""
    waiting: list[Value] = [outputs]
    found: list[Tensor] = []
    seen: set[int] = set()
    walked: set[Ref] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, Object):
            # A list may hold itself.
            if value.ref in walked:
                continue
            walked.add(value.ref)
        content = content_of(interp, value)
        if isinstance(content, Sequence):
            waiting.extend(item for item in content.items if not isinstance(item, Gap))
            continue
        if not isinstance(value, Tensor) or id(value) in seen:
            continue
        if len(options_of(value)) > 1 or len(found) > MOST_LAYERS:
            return []
        seen.add(id(value))
        found.append(value)
        before = value.call.inputs if value.call is not None else value.fed
        if before is not None:
            waiting.append(before)
    return found


def _name(interp: Interpreter, layer: Value) -> object:
    """The name that a layer or model was given."""
    if isinstance(layer, Object) and isinstance(layer.ref, LayerRef):
        found = layer.ref.args.keyword("name")
        return found[0].value if found is not None and isinstance(found[0], Const) else None
    if isinstance(layer, Object) and isinstance(layer.ref, ModelRef):
        given = interp.state.get(layer.ref, NAME)
        return given.value if isinstance(given, Const) else None
    return None


@duplicates(LambdaRef)
def _copy_lambda(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, LambdaRef)
    return Object(LambdaRef(value.ref.node, value.ref.row, value.ref.args, value.ref.function))


@calls(LambdaRef)
def _call_lambda(interp: Interpreter, layer: Object, args: Arguments, node: ir.Expression) -> Value:
    """What the function gives; the output goes by the name of the layer."""
    assert isinstance(layer.ref, LambdaRef)
    result = interp.call(layer.ref.function, args, node)
    call = LayerCall(layer, args.value(0))
    name = _name(interp, layer)
    head = name if isinstance(name, str) else ""

    def made(option: Value) -> Value:
        return replace(option, call=call, head=head) if isinstance(option, Tensor) else option

    return interp.each(result, made)

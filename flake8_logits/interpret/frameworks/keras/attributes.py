"""What a program reads from models and layers: outputs, inputs, layers, the arguments a layer was made with."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.objects import LayerRef, ModelRef
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.slots import COMPILED_LOSS, ITEMS, LAYERS, OUTPUTS
from flake8_logits.interpret.abstract.values import Arguments, Gap, Library, Method, Object, Sequence, Tensor, Value
from flake8_logits.interpret.engine.attributes import attribute_of_object
from flake8_logits.interpret.engine.container_methods import call_container
from flake8_logits.interpret.engine.instances import stored
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method, reads_attribute, sets_item
from flake8_logits.interpret.frameworks.keras.graphs import belongs, layers_of_graph, output_in_model
from flake8_logits.interpret.frameworks.keras.models import is_model, outputs_of, rewired
from flake8_logits.knowledge.catalogue import keras_version
from flake8_logits.knowledge.compiling import LOSS
from flake8_logits.knowledge.methods import KEEPS_LAYERS, changes_lists
from flake8_logits.knowledge.versions import copies_layers
from flake8_logits.source import syntax as ir


def model_attribute(interp: Interpreter, model: Object, name: str, node: ir.Expression) -> Value | None:
    """``model.output``, ``model.layers`` and the like; None for what is not one of them."""
    if not is_model(interp, model):
        return None
    if name in KEEPS_LAYERS:
        rewired(interp, model, node)
        return None
    if name in ("output", "outputs"):
        value = outputs_of(interp, model, node)
        return Sequence((value,)) if name == "outputs" and isinstance(value, Tensor) else value
    if name in ("input", "inputs"):
        return Tensor(Lost(Reason.INPUT, node))
    if name == "layers":
        return layers_of(interp, model, node)
    if name == LOSS.name:
        return interp.state.get(model.ref, COMPILED_LOSS)
    return None


def layers_of(interp: Interpreter, model: Object, node: ir.Expression) -> Value:
    """``model.layers``: all of a Sequential's, the last ones of a functional model."""
    layers = interp.state.get(model.ref, LAYERS)
    if layers is not None:
        return choice([(_as_list(interp, model, option, node), guards) for option, guards in options_of(layers)])
    return _as_list(interp, model, layers_of_graph(interp, model, node), node)


class LayersRef(ListRef):
    """The list that ``model.layers`` gives: a copy of the model's own, except in the first versions of Keras."""

    __slots__ = ("model",)

    def __init__(self, node: ir.Node, model: Object) -> None:
        super().__init__(node)
        self.model = model


def _as_list(interp: Interpreter, model: Object, layers: Value, node: ir.Expression) -> Value:
    ref = LayersRef(node, model)
    if isinstance(layers, Sequence):
        for layer in layers.items:
            if not isinstance(layer, Gap):
                belongs(interp, layer, model)
    interp.state.set(ref, ITEMS, layers)
    return Object(ref)


@calls_method(LayersRef)
def _call_method(interp: Interpreter, layers: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    result = call_container(interp, layers, method.name, args, node)
    if changes_lists(method.name):
        _lose_layers(interp, layers, Lost(Reason.UNKNOWN_METHOD, node, f"layers.{method.name}"))
    return result


@sets_item(LayersRef)
def _set_item(interp: Interpreter, layers: Object, index: Value, value: Value, node: ir.Expression) -> None:
    sets_item.get(ListRef)(interp, layers, index, value, node)
    _lose_layers(interp, layers, Lost(Reason.UNKNOWN_ATTRIBUTE, node, "layers"))


def _lose_layers(interp: Interpreter, layers: Object, lost: Lost) -> None:
    """Forget what a model gives whose list of layers is changed, unless the version of Keras is one that copies it."""
    if copies_layers(keras_version()):
        return
    assert isinstance(layers.ref, LayersRef)
    ref = layers.ref.model.ref
    if interp.state.get(ref, LAYERS) is not None:
        interp.state.set(ref, LAYERS, Sequence((Gap(lost),), "list"))
    else:
        interp.state.set(ref, OUTPUTS, Tensor(lost))


def layer_attribute(interp: Interpreter, layer: Object, name: str, node: ir.Expression) -> Value | None:
    """``layer.activation`` and other arguments the layer was made with, ``layer.output``."""
    ref = layer.ref
    assert isinstance(ref, LayerRef)
    if name == "__class__":
        return Library(ref.row.name)
    if name in ("output", "input"):
        if name == "output":
            known = output_in_model(interp, layer, node)
            if known is not None:
                return known
            return interp.call(layer, Arguments(((Tensor(Lost(Reason.INPUT, node)), None),)), node)
        return Tensor(Lost(Reason.INPUT, node))
    found = ref.args.keyword(name)
    return None if found is None else found[0]


@reads_attribute(ModelRef)
def _of_model(interp: Interpreter, owner: Object, name: str, node: ir.Expression) -> Value:
    found = stored(interp, owner.ref, name)
    if found is None:
        found = model_attribute(interp, owner, name, node)
    return attribute_of_object(interp, owner, name, node) if found is None else found


@reads_attribute(LayerRef)
def _of_layer(interp: Interpreter, owner: Object, name: str, node: ir.Expression) -> Value:
    found = stored(interp, owner.ref, name)
    if found is None:
        found = layer_attribute(interp, owner, name, node)
    return attribute_of_object(interp, owner, name, node) if found is None else found

"""Models: Sequential, functional and subclassed ones; what calling them gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Output
from flake8_logits.domain.scales import Rescue
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.answers import made_object
from flake8_logits.interpret.containers import content_of, turns
from flake8_logits.interpret.graphs import up_to_date
from flake8_logits.interpret.instances import class_attribute
from flake8_logits.interpret.lineage import library_bases, lineage
from flake8_logits.interpret.naming import call_inner
from flake8_logits.interpret.references import InstanceRef, LayerRef, ListRef, ModelRef
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.values import (
    Arguments,
    Choice,
    Const,
    Function,
    Gap,
    Object,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Application, Layer
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

MODEL = "keras.Model"
SEQUENTIAL = "keras.Sequential"


def new_sequential(interp: Interpreter, layers: Value | None, node: ir.Node) -> Object:
    """``Sequential(layers)``."""
    model = Object(ModelRef(node, "sequential"))
    set_layers(interp, model, layers, node)
    return model


def set_layers(interp: Interpreter, model: Object, layers: Value | None, node: ir.Node) -> None:
    """Give a Sequential its first layers."""

    def act(option: Value) -> Value:
        content = content_of(interp, option)
        if isinstance(content, Choice):
            # A list that was made longer in one branch.
            return interp.each(content, act)
        items = [] if option == Const(None) else turns(interp, option)
        if items is None:
            lost = option.lost if isinstance(option, Unknown) else Lost(Reason.EXPRESSION, node)
            items = [Gap(lost)]
        interp.state.set(model.ref, "$layers", Sequence(tuple(items), "list"))
        return option

    interp.each(Const(None) if layers is None else layers, act)


def new_functional(interp: Interpreter, outputs: Value, node: ir.Node) -> Object:
    """``Model(inputs, outputs)``."""
    model = Object(ModelRef(node, "functional"))
    interp.state.set(model.ref, "$outputs", outputs)
    return model


def init_from_library(interp: Interpreter, instance: Object, base: str, args: Arguments, node: ir.Expression) -> None:
    """What ``super().__init__`` of a library class leaves on an instance of the program's class."""
    if base == MODEL:
        outputs = args.value(1, "outputs", "output")
        if outputs is not None:
            interp.state.set(instance.ref, "$outputs", outputs)
    elif base == SEQUENTIAL:
        set_layers(interp, instance, args.value(0, "layers"), node)
    else:
        row = lookup(base)
        if isinstance(row, Layer):
            interp.state.set(instance.ref, "$layer", Object(LayerRef(node, row, args)))
        else:
            from flake8_logits.interpret.losses import loss_of_class

            loss = loss_of_class(base, args, node)
            if loss is not None:
                interp.state.set(instance.ref, "$loss", loss)


def is_model(interp: Interpreter, value: Value) -> bool:
    """Whether a value is a Keras model."""
    if not isinstance(value, Object):
        return False
    if isinstance(value.ref, ModelRef):
        return True
    if isinstance(value.ref, InstanceRef):
        bases = library_bases(value.ref.cls)
        return MODEL in bases or SEQUENTIAL in bases
    return False


def call_model(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> Value:
    """What calling a model (or a layer or other object of the program) gives."""
    ref = model.ref
    inputs = args.value(0, "inputs", "x")
    if inputs is None:
        inputs = interp.unknown(Reason.INPUT, node)
    if isinstance(ref, InstanceRef):
        return _call_instance(interp, model, ref, args, inputs, node)
    assert isinstance(ref, ModelRef)
    outputs = run_model(interp, model, inputs, node)
    name = interp.state.get(ref, "$name")
    if not isinstance(name, Const):
        return outputs
    head = str(name.value)
    return interp.each(outputs, lambda one: replace(one, head=head) if isinstance(one, Tensor) else one)


def run_model(interp: Interpreter, model: Object, inputs: Value, node: ir.Expression) -> Value:
    """The outputs of a model that has layers or outputs of its own."""
    layers = interp.state.get(model.ref, "$layers")
    if layers is not None:
        return interp.each(layers, lambda option: _run_layers(interp, option, inputs, node))
    outputs = interp.state.get(model.ref, "$outputs")
    return interp.unknown(Reason.NO_OUTPUT, node) if outputs is None else up_to_date(interp, outputs, node)


def _run_layers(interp: Interpreter, layers: Value, inputs: Value, node: ir.Expression) -> Value:
    if not isinstance(layers, Sequence):
        return Tensor(layers.lost if isinstance(layers, Unknown) else Lost(Reason.EXPRESSION, node))
    if not layers.items:
        return Tensor(Lost(Reason.EMPTY_MODEL, node))
    # Only the last stretch matters: whatever stands before a layer with weights of its own does not show.
    value = inputs
    for layer in layers.items[-12:]:
        if isinstance(layer, Gap):
            value = Tensor(layer.lost)
        elif isinstance(layer, Tensor):
            value = layer
        else:
            value = call_inner(interp, layer, value, node)
    return value


def _call_instance(
    interp: Interpreter, model: Object, ref: InstanceRef, args: Arguments, inputs: Value, node: ir.Expression
) -> Value:
    for name in ("call", "__call__"):
        found = class_attribute(interp, ref.cls, name)
        if isinstance(found, Function):
            _build(interp, model, ref, node)
            return interp.call(replace(found, bound=model), args, node)
    loss = interp.state.get(ref, "$loss")
    layer = interp.state.get(ref, "$layer")
    if loss is not None:
        return interp.call(loss, args, node)
    if layer is not None:
        return interp.call(layer, args, node)
    if interp.state.get(ref, "$layers") is not None or interp.state.get(ref, "$outputs") is not None:
        return run_model(interp, model, inputs, node)
    lost = next((base.lost for base in lineage(ref.cls) if isinstance(base, Unknown)), None)
    return Unknown(lost or Lost(Reason.CUSTOM, node, ref.cls.name))


def _build(interp: Interpreter, model: Object, ref: InstanceRef, node: ir.Expression) -> None:
    """``build``, which Keras calls before the first call."""
    if not library_bases(ref.cls) or interp.state.get(ref, "$built") is not None:
        return
    interp.state.set(ref, "$built", Const(True))
    found = class_attribute(interp, ref.cls, "build")
    if isinstance(found, Function):
        shape = interp.unknown(Reason.INPUT, node)
        interp.call(replace(found, bound=model), Arguments(((shape, None),)), node)


def outputs_of(interp: Interpreter, model: Value, node: ir.Expression, training: bool = True) -> Value:
    """What a model gives when it is trained (or when it is not): a tensor, or several by place or name."""
    if not isinstance(model, Object) or not isinstance(model.ref, (ModelRef, InstanceRef)):
        return Tensor(model.lost) if isinstance(model, Unknown) else Tensor(Lost(Reason.NO_OUTPUT, node))
    inputs = Tensor(Lost(Reason.INPUT, node))
    if training and isinstance(model.ref, ModelRef) and model.ref.row is not None and model.ref.row.attribute:
        # Such a model is trained on one tensor of the object that it returns.
        made = interp.state.get(model.ref, "$outputs")
        inner = interp.state.get(made.ref, model.ref.row.attribute) if isinstance(made, Object) else None
        if inner is not None:
            return inner
    mode = (("training", Const(training), None),)
    return call_model(interp, model, Arguments(((inputs, None),), mode), node)


def away_from_graph(interp: Interpreter, value: Value) -> Value:
    """The same numbers as a numpy copy: nothing that Keras could undo is left on them."""

    def act(option: Value) -> Value:
        if isinstance(option, Tensor) and isinstance(option.belief, Output):
            return replace(option, belief=replace(option.belief, rescue=Rescue.NEVER))
        content = content_of(interp, option)
        if isinstance(content, Sequence):
            return Sequence(
                tuple(item if isinstance(item, Gap) else away_from_graph(interp, item) for item in content.items)
            )
        return option

    return interp.each(value, act)


def model_attribute(interp: Interpreter, model: Object, name: str, node: ir.Expression) -> Value | None:
    """``model.output``, ``model.layers`` and the like; None for what is not one of them."""
    if not is_model(interp, model):
        return None
    if name in ("output", "outputs"):
        value = outputs_of(interp, model, node)
        return Sequence((value,)) if name == "outputs" and isinstance(value, Tensor) else value
    if name in ("input", "inputs"):
        return Tensor(Lost(Reason.INPUT, node))
    if name == "layers":
        return layers_of(interp, model, node)
    if name == "loss":
        return interp.state.get(model.ref, "$compiled")
    return None


def layers_of(interp: Interpreter, model: Object, node: ir.Expression) -> Value:
    """``model.layers``: all of a Sequential's, the last one of a functional model."""
    layers = interp.state.get(model.ref, "$layers")
    if layers is not None:
        return choice([(_as_list(interp, option, node), guards) for option, guards in _options(layers)])
    outputs = interp.state.get(model.ref, "$outputs")
    gap = Gap(Lost(Reason.UNKNOWN_ATTRIBUTE, node, "layers"))
    last: tuple[Value | Gap, ...] = ()
    if isinstance(outputs, Tensor) and outputs.made_by is not None:
        last = (outputs.made_by,)
    return Sequence((gap, *last), "list")


def _options(value: Value) -> tuple[tuple[Value, tuple[tuple[object, object], ...]], ...]:
    return value.options if isinstance(value, Choice) else ((value, ()),)


def _as_list(interp: Interpreter, layers: Value, node: ir.Expression) -> Value:
    ref = ListRef(node)
    interp.state.set(ref, "items", layers)
    return Object(ref)


def layer_attribute(interp: Interpreter, layer: Object, name: str, node: ir.Expression) -> Value | None:
    """``layer.activation`` and other arguments the layer was made with, ``layer.output``."""
    ref = layer.ref
    assert isinstance(ref, LayerRef)
    if name in ("output", "input"):
        if name == "output":
            return interp.call(layer, Arguments(((Tensor(Lost(Reason.INPUT, node)), None),)), node)
        return Tensor(Lost(Reason.INPUT, node))
    found = ref.args.keyword(name)
    return None if found is None else found[0]


def application(interp: Interpreter, row: Application, args: Arguments, node: ir.Expression) -> Value:
    """A finished classifier of a library."""
    from flake8_logits.domain.facts import Step
    from flake8_logits.domain.scales import Scale
    from flake8_logits.interpret.activations import activate
    from flake8_logits.interpret.arguments import value_of
    from flake8_logits.interpret.truth import truths

    package, _, last = row.name.rpartition(".")
    short = f"model of {package}" if last == "*" else last
    lost = Lost(Reason.LOST_SCALE, node, f"{short} without its classifier")

    def head() -> Value:
        if row.scale is not None:
            return Tensor(Output(row.scale, (Step(node, short),), row.rescue))
        plain = Tensor(Output(Scale.LOGITS, (Step(node, f"{short} without an activation"),)))
        return activate(interp, value_of(args, row.activation, node), plain, node, short)

    outputs: Value
    if row.top is None:
        outputs = head()
    else:
        answers = truths(interp, value_of(args, row.top, node))
        outputs = choice([(head() if answer else Tensor(lost), guards) for answer, guards in answers])
    if row.attribute:
        outputs = made_object(interp, row, outputs, node)
    model = Object(ModelRef(node, "application", row))
    interp.state.set(model.ref, "$outputs", outputs)
    return model

"""Models of Keras: Sequential, functional and subclassed ones; what calling them gives now."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.mro import library_bases
from flake8_logits.interpret.abstract.objects import InstanceRef, LayerRef, ModelKind, ModelRef
from flake8_logits.interpret.abstract.references import DictRef, Ref
from flake8_logits.interpret.abstract.slots import (
    BUILT,
    INHERITED_LAYER,
    INHERITED_LOSS,
    ITEMS,
    LAYERS,
    NAME,
    OUTPUTS,
    Item,
)
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Choice,
    Const,
    Function,
    Gap,
    LayerCall,
    Mapping,
    Object,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of, turns
from flake8_logits.interpret.engine.copies import duplicates, settles
from flake8_logits.interpret.engine.escape import escapes
from flake8_logits.interpret.engine.instances import class_attribute
from flake8_logits.interpret.engine.interpreter import Interpreter, calls, calls_part, sets_attribute
from flake8_logits.interpret.frameworks.chains import run_chain
from flake8_logits.interpret.frameworks.keras.call_context import call_in_mode, run_in_mode
from flake8_logits.interpret.frameworks.keras.overriding import overridden
from flake8_logits.interpret.frameworks.naming import dotted, known_as, named
from flake8_logits.knowledge.hooks import Part
from flake8_logits.knowledge.kinds import ANY_LAYER as EVERY_LAYER
from flake8_logits.knowledge.kinds import MODEL, SEQUENTIAL
from flake8_logits.knowledge.methods import CALL, CALL_IT, REWIRES
from flake8_logits.knowledge.rows import Application, Recurs, Weighted
from flake8_logits.source import syntax as ir


def new_sequential(interp: Interpreter, layers: Value | None, node: ir.Node) -> Object:
    """``Sequential(layers)``."""
    model = Object(ModelRef(node, ModelKind.SEQUENTIAL))
    set_layers(interp, model, layers, node)
    return model


def set_layers(interp: Interpreter, model: Object, layers: Value | None, node: ir.Node) -> None:
    """Give a Sequential its first layers."""

    def act(option: Value) -> Value:
        content = content_of(interp, option)
        if isinstance(content, Choice):
            # A list that was made longer in one branch.
            return interp.each(content, act)
        # One layer that is no list is a list of one.
        alone = isinstance(option, Object) and isinstance(option.ref, (LayerRef, ModelRef, InstanceRef))
        items: list[Value | Gap] | None = [option] if alone else []
        if not alone and option != Const(None):
            items = turns(interp, option)
        if items is None:
            lost = option.lost if isinstance(option, Unknown) else Lost(Reason.EXPRESSION, node)
            items = [Gap(lost)]
        interp.state.set(model.ref, LAYERS, Sequence(tuple(items), "list"))
        return option

    interp.each(Const(None) if layers is None else layers, act)


def new_functional(interp: Interpreter, outputs: Value, node: ir.Node) -> Object:
    """``Model(inputs, outputs)``."""
    model = Object(ModelRef(node, ModelKind.FUNCTIONAL))
    interp.state.set(model.ref, OUTPUTS, outputs)
    return model


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
    given = interp.unknown(Reason.INPUT, node) if inputs is None else inputs
    if isinstance(ref, InstanceRef):
        result = call_instance(interp, model, ref, args, given, node)
        return interp.unknown(Reason.CUSTOM, node, ref.cls.name) if result is None else result
    assert isinstance(ref, ModelRef)
    outputs = run_in_mode(interp, args, node, lambda: run_model(interp, model, given, node))
    name = interp.state.get(ref, NAME)
    if not isinstance(name, Const):
        return outputs
    head = str(name.value)
    return interp.each(outputs, lambda one: replace(one, head=head) if isinstance(one, Tensor) else one)


def run_model(interp: Interpreter, model: Object, inputs: Value, node: ir.Expression) -> Value:
    """The outputs of a model that has layers or outputs of its own."""
    layers = interp.state.get(model.ref, LAYERS)
    if layers is not None:
        return interp.each(layers, lambda option: run_chain(interp, option, inputs, node))
    outputs = interp.state.get(model.ref, OUTPUTS)
    return interp.unknown(Reason.NO_OUTPUT, node) if outputs is None else up_to_date(interp, outputs, node)


def call_instance(
    interp: Interpreter, model: Object, ref: InstanceRef, args: Arguments, inputs: Value, node: ir.Expression
) -> Value | None:
    """What calling an instance gives: by its own method, else by what it inherits; None where neither is known."""
    lost = overridden(interp, model, Part.OUTPUTS, node)
    if lost is not None:
        return Tensor(lost)
    found = class_attribute(interp, ref.cls, "__call__")
    if isinstance(found, Function):
        return interp.call(replace(found, bound=model), args, node)
    return call_inside(interp, model, ref, args, inputs, node)


def call_inside(
    interp: Interpreter, model: Object, ref: InstanceRef, args: Arguments, inputs: Value, node: ir.Expression
) -> Value | None:
    """What Keras' own ``__call__`` of an instance gives; None where that is not known."""
    found = class_attribute(interp, ref.cls, "call")
    if isinstance(found, Function):
        _build(interp, model, ref, node)
        return call_in_mode(interp, replace(found, bound=model), args, node)
    loss = interp.state.get(ref, INHERITED_LOSS)
    layer = interp.state.get(ref, INHERITED_LAYER)
    if loss is not None:
        return interp.call(loss, args, node)
    if layer is not None:
        return interp.call(layer, args, node)
    if interp.state.get(ref, LAYERS) is not None or interp.state.get(ref, OUTPUTS) is not None:
        return run_in_mode(interp, args, node, lambda: run_model(interp, model, inputs, node))
    return None


def _build(interp: Interpreter, model: Object, ref: InstanceRef, node: ir.Expression) -> None:
    """``build``, which Keras calls before the first call."""
    if not library_bases(ref.cls) or interp.state.get(ref, BUILT) is not None:
        return
    interp.state.set(ref, BUILT, Const(True))
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
        made = interp.state.get(model.ref, OUTPUTS)
        inner = interp.state.get(made.ref, model.ref.row.attribute) if isinstance(made, Object) else None
        if inner is not None:
            return inner
    mode = (("training", Const(training), None),)
    return call_model(interp, model, Arguments(((inputs, None),), mode), node)


ACTIVATION = "activation"

LONGEST_CHAIN = 64


class _AnyLayer(Ref):
    """All layers of functional models: holds what was set on one of them that cannot be told from the others."""

    __slots__ = ()


ANY_LAYER = _AnyLayer(None)


def up_to_date(interp: Interpreter, outputs: Value, node: ir.Expression) -> Value:
    """Outputs of a graph as its layers and inner models give them now: they may have been changed since."""
    if isinstance(outputs, Choice):
        return interp.each(outputs, lambda option: up_to_date(interp, option, node))
    content = content_of(interp, outputs)
    if isinstance(content, Sequence):
        outputs = content
        items = tuple(item if isinstance(item, Gap) else up_to_date(interp, item, node) for item in outputs.items)
        return Sequence(items, outputs.kind)
    if not isinstance(outputs, Tensor):
        return outputs
    anywhere = interp.state.get(ANY_LAYER, ACTIVATION)
    if isinstance(anywhere, Unknown):
        return Tensor(anywhere.lost)
    return _now(interp, outputs, node, 0)


def _now(interp: Interpreter, tensor: Tensor, node: ir.Expression, depth: int) -> Tensor:
    maker = tensor.made_by
    if not isinstance(tensor.fed, Tensor) or depth > LONGEST_CHAIN or not isinstance(tensor.belief, Output):
        fed = tensor.fed
    elif _decides(interp, maker):
        fed = tensor.fed
    else:
        fed = _now(interp, tensor.fed, node, depth + 1)
    changed = fed is not tensor.fed
    if isinstance(maker, Object) and isinstance(maker.ref, LayerRef):
        changed = changed or interp.state.get(maker.ref, ACTIVATION) is not None
    elif isinstance(maker, Object) and isinstance(maker.ref, ModelRef):
        changed = True
    elif changed:
        return Tensor(Lost(Reason.ESCAPED, node))
    if not changed or maker is None or fed is None:
        return tensor
    result = interp.call_part(maker, fed, node)
    if isinstance(result, Tensor):
        return replace(result, call=tensor.call)
    return Tensor(result.lost if isinstance(result, Unknown) else Lost(Reason.ESCAPED, node))


def _decides(interp: Interpreter, maker: Value | None) -> bool:
    """Whether what comes out does not depend on the kind of numbers that go in."""
    if not isinstance(maker, Object) or not isinstance(maker.ref, LayerRef):
        return False
    return isinstance(maker.ref.row.effect, (Weighted, Recurs))


def made_object(interp: Interpreter, row: Application, outputs: Value, node: ir.Expression) -> Value:
    """What a model gives that returns an object: its numbers by attribute and by name."""
    ref = DictRef(node)
    interp.state.set(ref, ITEMS, Mapping(((row.attribute, outputs),), Lost(Reason.UNKNOWN_ATTRIBUTE, node)))
    interp.state.set(ref, row.attribute, outputs)
    interp.state.set(ref, Item(Const(row.attribute)), outputs)
    return Object(ref)


def output_object(interp: Interpreter, row: Application, outputs: Value, args: Arguments, node: ir.Expression) -> Value:
    """The object that one call of such a model gives."""

    def act(option: Value) -> Value:
        inner = interp.state.get(option.ref, row.attribute) if isinstance(option, Object) else None
        if inner is None:
            return option
        made = made_object(interp, row, inner, node)
        if isinstance(made, Object) and args.keyword("labels") is None and args.open is None:
            # With labels the loss would stand first.
            interp.state.set(made.ref, Item(Const(0)), inner)
        return made

    return interp.each(outputs, act)


def call_named(interp: Interpreter, callee: Object, args: Arguments, node: ir.Expression) -> Value:
    """What calling a model in the program gives: outputs that bear the name it is called by."""
    ref = callee.ref
    interp.observations.lifecycle.used.add(ref)
    outputs = call_model(interp, callee, args, node)
    if isinstance(ref, ModelRef) and ref.kind is ModelKind.SEQUENTIAL and isinstance(outputs, Tensor):
        outputs = replace(outputs, made_by=callee, fed=args.value(0, "inputs", "x"))
    if isinstance(ref, ModelRef) and ref.row is not None and ref.row.attribute:
        outputs = output_object(interp, ref.row, outputs, args, node)
    name = dotted(node.func) if isinstance(node, ir.Call) else ""
    return called(named(outputs, known_as(name, callee)), callee, args)


def called(value: Value, layer: Object, args: Arguments) -> Value:
    """Outputs that remember the layer or model that was called in the program to give them."""
    call = LayerCall(layer, args.value(0, "inputs", "x"))
    if isinstance(value, Tensor):
        return replace(value, call=call)
    if isinstance(value, Choice):
        return Choice(tuple((called(option, layer, args), guards) for option, guards in value.options))
    if isinstance(value, Sequence):
        items = tuple(item if isinstance(item, Gap) else called(item, layer, args) for item in value.items)
        return Sequence(items, value.kind)
    return value


@calls(ModelRef)
def _call(interp: Interpreter, callee: Object, args: Arguments, node: ir.Expression) -> Value:
    return call_named(interp, callee, args, node)


@calls_part(ModelRef, InstanceRef)
def _call_part(interp: Interpreter, layer: Object, inputs: Value, node: ir.Expression) -> Value:
    args = Arguments(((inputs, None),))
    if not is_model(interp, layer):
        return interp.call(layer, args, node)
    interp.observations.lifecycle.used.add(layer.ref)
    # The same layers give the same again, unless code of the program is run among them.
    trail = inputs.belief.trail if isinstance(inputs, Tensor) and isinstance(inputs.belief, Output) else ()
    key = (layer.ref, interp.state, None if isinstance(inputs, Unknown) else inputs, trail)
    known = interp.given.get(key)
    if known is None:
        entered = interp.budget.entered
        known = call_model(interp, layer, args, node)
        if entered == interp.budget.entered and not interp.budget.spent:
            interp.given[key] = known
    return known


@escapes(ModelRef)
def _escape(interp: Interpreter, value: Object, lost: Lost) -> None:
    assert isinstance(value.ref, ModelRef)
    if value.ref.kind is ModelKind.SEQUENTIAL:
        interp.state.set(value.ref, LAYERS, Sequence((Gap(lost),), "list"))


def rewired(interp: Interpreter, model: Object, node: ir.Node, reason: Reason = Reason.ESCAPED) -> None:
    """The layers of a model were changed in a way that is not followed: it may give anything."""
    lost = Lost(reason, node)
    if interp.state.get(model.ref, LAYERS) is not None:
        interp.state.set(model.ref, LAYERS, Sequence((Gap(lost),), "list"))
    if interp.state.get(model.ref, OUTPUTS) is not None:
        interp.state.set(model.ref, OUTPUTS, Tensor(lost))


@sets_attribute(ModelRef)
def _set_of_model(interp: Interpreter, model: Object, name: str, value: Value, node: ir.Expression) -> None:
    if name in REWIRES:
        by_program = isinstance(value, Unknown) and value.lost.reason is Reason.CUSTOM
        rewired(interp, model, node, Reason.CUSTOM if by_program else Reason.ESCAPED)
    interp.state.set(model.ref, name, value)


@duplicates(ModelRef)
def _copy(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, ModelRef)
    return Object(ModelRef(node, value.ref.kind, value.ref.row))


settles[OUTPUTS] = up_to_date


@sets_attribute(Unknown)
def _set_of_unknown(interp: Interpreter, owner: Unknown, name: str, value: Value, node: ir.Expression) -> None:
    if name == ACTIVATION:
        interp.state.set(ANY_LAYER, ACTIVATION, interp.unknown(Reason.ESCAPED, node))
    elif name in CALL_IT or name == CALL:
        interp.patched[EVERY_LAYER] = True

"""What layers and operations do to the numbers of a tensor, as their rows say."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import DISTRIBUTIONS, Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.memory import as_view, with_own_memory
from flake8_logits.interpret.abstract.objects import LayerRef
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Choice,
    Const,
    Gap,
    LayerCall,
    Library,
    Object,
    Overlap,
    Sequence,
    Tensor,
    Total,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.copies import duplicates
from flake8_logits.interpret.engine.interpreter import Interpreter, calls
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.tensors.activations import activate, cut, is_cut, lets_through
from flake8_logits.interpret.tensors.arguments import as_tensor, axis_of, given, value_of
from flake8_logits.interpret.tensors.choices import looks_for_largest
from flake8_logits.interpret.tensors.hidden import reads_in_layer
from flake8_logits.interpret.tensors.normalising import total
from flake8_logits.interpret.tensors.ranks import rank_of_layer
from flake8_logits.interpret.tensors.side_by_side import laid_out
from flake8_logits.interpret.tensors.writes import write_by_layer
from flake8_logits.interpret.tensors.written_losses import reads_in_logarithm
from flake8_logits.interpret.tensors.written_numbers import taken_as_tensor
from flake8_logits.knowledge.arrays import VIEWS, gives_arrays
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.methods import CALL
from flake8_logits.knowledge.rows import (
    Activates,
    Activation,
    Along,
    AxisParameter,
    Gives,
    Keeps,
    LastAxis,
    Layer,
    Loses,
    Maps,
    Merges,
    Operation,
    Parameter,
    Recurs,
    Weighted,
    Wraps,
)
from flake8_logits.knowledge.traits import is_logarithm
from flake8_logits.source import syntax as ir

HALF = 0.5

_UNTUNED = frozenset({"name", "dtype", "x", "inplace"})
"""Keywords that change nothing about an activation."""


def apply_layer(interp: Interpreter, layer: Object, inputs: Value, node: ir.Node) -> Value:
    """The tensor that a library's layer gives for its inputs."""
    ref = layer.ref
    assert isinstance(ref, LayerRef)
    if ref.row.name in interp.patched:
        return interp.unknown(Reason.CUSTOM, node, library=ref.row.name)
    result = apply_effect(interp, ref.row, ref.args, inputs, ref.node or node, layer)
    name = ref.args.keyword("name")
    head = name[0].value if name is not None and isinstance(name[0], Const) and isinstance(name[0].value, str) else ""
    rank = rank_of_layer(interp, ref, inputs, node)

    def made(option: Value) -> Value:
        if not isinstance(option, Tensor):
            return option
        call = LayerCall(layer, inputs)
        return replace(option, made_by=layer, head=head, rank=rank or option.rank, fed=inputs, call=call)

    return interp.each(result, made)


def apply_operation(interp: Interpreter, row: Operation, args: Arguments, node: ir.Node) -> Value:
    """The tensor that a library's function gives."""
    inputs = value_of(args, row.tensor, node)
    apply = _array if gives_arrays(row.name) else _tensor
    return interp.each(inputs, lambda option: apply(interp, row, args, option, node))


def _tensor(interp: Interpreter, row: Operation, args: Arguments, inputs: Value, node: ir.Node) -> Value:
    """The tensor that a function gives."""
    result = apply_effect(interp, row, args, inputs, node, None)
    return _fed(interp, row, args, result, inputs)


def _fed(interp: Interpreter, row: Operation, args: Arguments, result: Value, inputs: Value) -> Value:
    """The result of a function on a tensor, which remembers that."""
    if not isinstance(result, Tensor) or not isinstance(inputs, Tensor):
        return result
    return replace(result, fed=inputs, form=_form(interp, row, args, inputs))


def _form(interp: Interpreter, row: Operation, args: Arguments, inputs: Tensor) -> Total | Overlap | None:
    """How the numbers that a function gives were computed: a sum, or what its input was."""
    if isinstance(inputs.form, Overlap) and row.kind in (StepKind.TOTAL, StepKind.STATISTIC):
        return inputs.form
    return total(interp, row.name, args, inputs) if row.kind is StepKind.TOTAL else None


def _array(interp: Interpreter, row: Operation, args: Arguments, inputs: Value, node: ir.Node) -> Value:
    """The array that a function gives: one of its own, or a view of the one it is given."""
    result = apply_effect(interp, row, args, inputs, node, None)

    def made(option: Value) -> Value:
        if not isinstance(option, Tensor):
            return option
        option = as_tensor(_fed(interp, row, args, option, inputs), node)
        return as_view(option, inputs) if row.name in VIEWS else with_own_memory(option)

    return interp.each(result, made)


def apply_effect(
    interp: Interpreter,
    row: Layer | Operation,
    args: Arguments,
    inputs: Value,
    node: ir.Node,
    layer: Object | None,
) -> Value:
    """What the effect of a row makes of its inputs; ``args`` are those of the constructor (layer) or of the call."""
    effect, short = row.effect, row.name.rpartition(".")[2]
    if isinstance(effect, Weighted):
        if layer is not None:
            reads_in_layer(interp, inputs, short, node)
        return _weighted(interp, effect, args, node, short, layer)
    if isinstance(effect, Recurs):
        return _recurred(interp, row, effect, args, node, layer)
    if isinstance(effect, Wraps):
        return _wrapped(interp, row, effect, args, inputs, node)
    if isinstance(effect, Merges):
        whole = _stays_whole(interp, effect.along, args)
        axis = NONE if effect.axis is None else value_of(args, effect.axis, node)
        return interp.each(inputs, lambda option: _merged(interp, row, effect, option, node, whole, axis))
    if isinstance(effect, Gives):
        if any(args.keyword(name) is not None for name in effect.unless):
            return Tensor(lost_scale(row, node, None))
        return Tensor(Output(effect.scale, (Step(node, short),), effect.rescue, _size(args, effect.units, node)))

    def act(option: Value) -> Value:
        tensor = taken_as_tensor(interp, option, node)
        if isinstance(effect, Activates):
            return _activated(interp, effect, args, tensor, node, layer)
        _observe(interp, row, args, tensor, node)
        rank = tensor.rank if isinstance(effect, Maps) else None
        return Tensor(_passed(interp, row, effect, tensor.belief, node, args), rank=rank)

    return interp.each(inputs, act)


def _observe(interp: Interpreter, row: Layer | Operation, args: Arguments, tensor: Tensor, node: ir.Node) -> None:
    """Write down what some functions are given."""
    if row.kind is StepKind.LARGEST:
        looks_for_largest(interp, row.name.rpartition(".")[2], args, tensor, node)
    elif isinstance(row.effect, Maps) and is_logarithm(row.name):
        reads_in_logarithm(interp, tensor.belief, node)


def _weighted(
    interp: Interpreter, effect: Weighted, args: Arguments, node: ir.Node, short: str, layer: Object | None
) -> Value:
    units = _size(args, effect.units, node)
    plain = Tensor(
        Output(Scale.LOGITS, (Step(node, f"{short} without an activation", by=short),), Rescue.ALWAYS, units)
    )
    return activate(interp, _attribute(interp, layer, effect.activation, args, node), plain, node, short)


def _size(args: Arguments, parameter: Parameter | None, node: ir.Node) -> int | None:
    """The number that a parameter gives; None where it is not known."""
    value = value_of(args, parameter, node) if parameter is not None else None
    return value.value if isinstance(value, Const) and type(value.value) is int else None


def _is_gate(value: Value) -> bool:
    """Whether numbers lie between 0 and 1, as those that gates are made of by default."""
    return isinstance(value, Tensor) and isinstance(value.belief, Output) and value.belief.scale is Scale.SIGMOID


_FED_BACK = {
    Scale.LOGITS: Scale.LOGITS,
    Scale.BOUNDED: Scale.BOUNDED,
    Scale.NON_NEGATIVE: Scale.NON_NEGATIVE,
    Scale.SIGMOID: Scale.UNIT_INTERVAL,
}
"""What comes of numbers of a scale that are multiplied with gates, or mixed with those of the step before."""


def _recurred(
    interp: Interpreter, row: Layer | Operation, effect: Recurs, args: Arguments, node: ir.Node, layer: Object | None
) -> Value:
    if value_of(args, effect.states, node) not in (Const(False), NONE):
        return Tensor(lost_scale(row, node, None))
    short = row.name.rpartition(".")[2]
    step = Step(node, f"{short} without an activation", row.kind, by=short)
    plain = Tensor(Output(Scale.LOGITS, (step,), Rescue.NEVER, _size(args, effect.units, node)))
    given = Const(effect.fixed) if effect.fixed else _attribute(interp, layer, effect.activation, args, node)
    if effect.gates is not None:
        opened = activate(interp, _attribute(interp, layer, effect.gates, args, node), plain, node, short)
        if not all(_is_gate(option) for option, _ in options_of(opened)):
            return Tensor(lost_scale(row, node, None))

    def fed_back(option: Value) -> Value:
        tensor = as_tensor(option, node)
        scale = _FED_BACK.get(tensor.belief.scale) if isinstance(tensor.belief, Output) else None
        if scale is None or isinstance(tensor.belief, Lost):
            return Tensor(lost_scale(row, node, None))
        trail = tuple(replace(link, kind=row.kind) for link in tensor.belief.trail)
        return Tensor(replace(tensor.belief, scale=scale, trail=trail, rescue=Rescue.NEVER))

    return interp.each(activate(interp, given, plain, node, short), fed_back)


def _attribute(
    interp: Interpreter, layer: Object | None, parameter: Parameter | None, args: Arguments, node: ir.Node
) -> Value:
    """An argument of a layer, unless the program has set the attribute of that name since."""
    if layer is not None and parameter is not None:
        later = interp.state.get(layer.ref, parameter.name)
        if later is not None:
            return later
    return value_of(args, parameter, node)


def _activated(
    interp: Interpreter, effect: Activates, args: Arguments, tensor: Tensor, node: ir.Node, layer: Object | None
) -> Value:
    if effect.parameter is not None:
        return activate(interp, _attribute(interp, layer, effect.parameter, args, node), tensor, node, "")
    assert effect.activation is not None
    expected = 0 if layer is not None else 1
    tuned = len(args.positional) > expected or any(name not in _UNTUNED for name, _, _ in args.keywords)
    # A relu with a threshold or a ceiling of its own is no longer the identity on probabilities.
    row = lookup(effect.activation)
    cuts = effect.cuts or (tuned and isinstance(row, Activation) and row.adjustable)
    sloped = effect.slope is not None and lets_through(_attribute(interp, layer, effect.slope, args, node))
    if sloped or (cuts and is_cut(tensor)):
        return cut(tensor, effect.activation, node)
    result = activate(interp, Library(effect.activation), tensor, node, "", axis_of(args, effect.axis))
    return interp.each(result, lambda option: _at_most(option, effect.rescue))


def _at_most(value: Value, rescue: Rescue) -> Value:
    if isinstance(value, Tensor) and isinstance(value.belief, Output):
        return replace(value, belief=replace(value.belief, rescue=value.belief.rescue.then(rescue)))
    return value


_TOLD_STILL: dict[StepKind, frozenset[StepKind]] = {
    StepKind.CLIP: frozenset({StepKind.CLIP, StepKind.RATIO}),
    StepKind.NORMALISATION: frozenset({StepKind.NORMALISATION}),
    StepKind.TOTAL: frozenset(),
}
"""By kind of what keeps some scales, but not the numbers: of what is told still after it."""


def _passed(
    interp: Interpreter,
    row: Layer | Operation,
    effect: Keeps | Maps | Loses,
    belief: Output | Lost,
    node: ir.Node,
    args: Arguments,
) -> Output | Lost:
    if isinstance(belief, Lost):
        # What takes every scale away does so to what is not known as well: there is no use in looking further back.
        if isinstance(effect, Loses):
            return lost_scale(row, node, None)
        same = isinstance(effect, Keeps) and not (effect.along is not None and effect.along.every)
        lost = belief if same and row.kind not in _TOLD_STILL else belief.changed(_TOLD_STILL.get(row.kind, ()))
        # Of what else is not known a logarithm may be that of a sum of exponentials.
        return replace(lost, library=row.name) if is_logarithm(row.name) else lost
    short = row.name.rpartition(".")[2]
    if isinstance(effect, Keeps) and effect.off is not None and _is_zero(value_of(args, effect.off, node)):
        # A copy of the tensor in some versions, the tensor itself in others.
        return step(belief, node, short, effect.rescue, StepKind.IDENTITY)
    if isinstance(effect, Keeps) and belief.scale in effect.scales:
        whole = _stays_whole(interp, effect.along, args)
        units = _units(interp, effect, belief.units, whole, args)
        concerned = belief.scale in DISTRIBUTIONS or (effect.along is not None and effect.along.every)
        if concerned and not (whole and _fits(interp, belief, effect, args, node)):
            return lost_scale(row, node, belief)
        kind = StepKind.PICKED if _picks_across(belief, effect.picks, args) else row.kind
        return replace(step(belief, node, short, effect.rescue, kind), units=units)
    if isinstance(effect, Maps):
        scale = dict(effect.pairs).get(belief.scale)
        if scale is not None:
            return replace(belief, scale=scale, rescue=Rescue.NEVER, trail=(*belief.trail, Step(node, short, row.kind)))
    lost = lost_scale(row, node, belief)
    if isinstance(effect, Keeps) and effect.bounds is not None and not _is_up_to_one(effect.bounds, args, node):
        return replace(lost, kind=StepKind.OTHER)
    return lost


def _picks_across(belief: Output, axis: AxisParameter | None, args: Arguments) -> bool:
    """Whether the classes are seen to lie along another axis than the softmax runs over, which is the first."""
    return axis is not None and belief.axis == 0 and given(args, axis) is not None and axis_of(args, axis) is None


def _is_up_to_one(bounds: tuple[Parameter, Parameter], args: Arguments, node: ir.Node) -> bool:
    """Whether numbers are clipped to where probabilities are."""
    lower, upper = (value_of(args, bound, node) for bound in bounds)
    low, high = (bound.value if isinstance(bound, Const) else None for bound in (lower, upper))
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return False
    return 0 <= low < HALF < high <= 1


def _fits(interp: Interpreter, belief: Output, effect: Keeps, args: Arguments, node: ir.Node) -> bool:
    """Whether the last axis of a new shape can hold one distribution."""
    if effect.shape is None:
        return True
    content = content_of(interp, value_of(args, effect.shape, node))
    last = content.items[-1] if isinstance(content, Sequence) and content.items else None
    if not isinstance(last, Const) or type(last.value) is not int or last.value < 0:
        return True
    return last.value == belief.units


def _stays_whole(interp: Interpreter, along: Along | None, args: Arguments) -> bool:
    """Whether a call leaves each distribution whole."""
    if along is None:
        return True
    found = given(args, along.parameter)
    value: Value = Const(along.parameter.default) if found is None else found[0]
    if isinstance(value, Const):
        return value.value in along.fine if along.fine or value.value is not None else along.unknown
    if isinstance(value, Library):
        return value.name.rpartition(".")[2] in along.fine
    content = content_of(interp, value)
    if not isinstance(content, Sequence):
        return along.unknown
    if along.last is not None:
        return bool(content.items) and content.items[-1] in (Const(len(content.items) + along.last), Const(-1))
    return len(content.items) > 1


def _units(interp: Interpreter, effect: Keeps, units: int | None, whole: bool, args: Arguments) -> int | None:
    """The size of the last axis after an operation that had ``units`` there; None where that is not known."""
    if effect.shape is not None:
        found = given(args, effect.shape)
        content = content_of(interp, found[0]) if found is not None else None
        last = content.items[-1] if isinstance(content, Sequence) and content.items else None
        size = last.value if isinstance(last, Const) else None
        return size if type(size) is int and size > 0 else None
    if effect.last is LastAxis.SQUEEZED:
        return None if units == 1 else units
    return units if whole and effect.last is LastAxis.STAYS else None


def step(belief: Output, node: ir.Node, note: str, rescue: Rescue, kind: StepKind = StepKind.OTHER) -> Output:
    """An output that went through one more operation."""
    return replace(belief, rescue=belief.rescue.then(rescue), trail=(*belief.trail, Step(node, note, kind)))


def _wrapped(
    interp: Interpreter, row: Layer | Operation, effect: Wraps, args: Arguments, inputs: Value, node: ir.Node
) -> Value:
    if not _stays_whole(interp, effect.merged, args):
        return Tensor(lost_scale(row, node, None))
    inner = value_of(args, effect.layer, node)
    if not isinstance(node, ir.Expression):
        return Tensor(Lost(Reason.UNKNOWN_LAYER, node))
    result = interp.call_part(inner, inputs, node)

    def outer(option: Value) -> Value:
        tensor = as_tensor(option, node)
        if effect.merged is None:
            # It may have been given one axis less than there is.
            tensor = replace(tensor, rank=None)
        elif isinstance(tensor.belief, Output):
            # The size of the last axis depends on how the two become one.
            tensor = replace(tensor, belief=replace(tensor.belief, units=None))
        return _at_most(tensor, effect.rescue)

    return interp.each(result, outer)


def _merged(
    interp: Interpreter,
    row: Layer | Operation,
    effect: Merges,
    inputs: Value,
    node: ir.Node,
    whole: bool,
    axis: Value,
) -> Value:
    """What one tensor made of several is, each combination of what they can be apart."""
    content = content_of(interp, inputs)
    if isinstance(content, Choice):
        # An empty run cannot be merged: that way the program would not have got this far.
        full = [(option, guards) for option, guards in content.options if option != Sequence(())]
        return interp.each(choice(full), lambda option: _merged(interp, row, effect, option, node, whole, axis))
    if not isinstance(content, Sequence) or not content.items:
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, row.name.rpartition(".")[2]))
    spread = [item.each if isinstance(item, Gap) and item.each is not None else item for item in content.items]
    parts = Sequence(tuple(spread), content.kind)
    several = next((item for item in parts.items if isinstance(item, Choice)), None)
    if several is not None:
        return interp.each(
            several, lambda one: _merged(interp, row, effect, _put(parts, several, one), node, whole, axis)
        )
    tensors = [Tensor(item.lost) if isinstance(item, Gap) else as_tensor(item, node) for item in parts.items]
    beliefs = [tensor.belief for tensor in tensors]
    lost = next((belief for belief in beliefs if isinstance(belief, Lost)), None)
    if lost is not None:
        return laid_out(Tensor(lost.beside(beliefs) if effect.side_by_side else lost.changed()), tensors, axis)
    known = [belief for belief in beliefs if isinstance(belief, Output)]
    repeated = len({id(item) for item in parts.items}) < len(parts.items)
    return laid_out(Tensor(_merged_outputs(row, effect, known, node, whole, repeated)), tensors, axis)


def _merged_outputs(
    row: Layer | Operation, effect: Merges, outputs: list[Output], node: ir.Node, whole: bool, repeated: bool
) -> Output | Lost:
    first = outputs[0]
    if row.kind is StepKind.PRODUCT and (repeated or _of_one_origin(outputs)):
        # A tensor times itself is a square.
        return lost_scale(row, node, first)
    if not whole and effect.along is not None and effect.along.every:
        return lost_scale(row, node, first)
    if any(link.kind is StepKind.COMPLEMENT for output in outputs for link in output.trail):
        # A probability beside that of its opposite is a distribution over two classes.
        return lost_scale(row, node, None)
    if first.scale in DISTRIBUTIONS and not whole:
        return lost_scale(row, node, first)
    if effect.side_by_side and {output.scale for output in outputs} <= _UP_TO_ONE and first.scale is not Scale.SIGMOID:
        parted = replace(step(first, node, row.name.rpartition(".")[2], Rescue.NEVER, row.kind), units=None)
        return replace(parted, scale=Scale.UNIT_INTERVAL)
    if first.scale in effect.scales and all(output.scale is first.scale for output in outputs):
        return replace(step(first, node, row.name.rpartition(".")[2], Rescue.NEVER, row.kind), units=None)
    return lost_scale(row, node, None)


_UP_TO_ONE = frozenset({Scale.SOFTMAX, Scale.SIGMOID, Scale.UNIT_INTERVAL})


def _of_one_origin(outputs: list[Output]) -> bool:
    """Whether two of these may be the same numbers, as far as where they come from tells."""
    places = [output.origin.place for output in outputs if output.origin is not None]
    return len(set(places)) < len(outputs)


def _put(content: Sequence, old: Value, new: Value) -> Sequence:
    return Sequence(tuple(new if item is old else item for item in content.items), content.kind)


def lost_scale(row: Layer | Operation, node: ir.Node, was: Output | None) -> Lost:
    """What is left of an output whose scale an operation takes away."""
    return Lost(Reason.LOST_SCALE, node, row.name.rpartition(".")[2], was, row.name, row.kind)


def _is_zero(value: Value) -> bool:
    return isinstance(value, Const) and isinstance(value.value, (int, float)) and value.value == 0


@applies_row(Operation)
def _call(interp: Interpreter, row: Operation, args: Arguments, node: ir.Expression) -> Value:
    return apply_operation(interp, row, args, node)


@applies_row(Layer)
def _make(interp: Interpreter, row: Layer, args: Arguments, node: ir.Expression) -> Value:
    return Object(LayerRef(node, row, args))


@calls(LayerRef)
def _call_layer(interp: Interpreter, layer: Object, args: Arguments, node: ir.Expression) -> Value:
    own = interp.state.get(layer.ref, CALL)
    if own is not None:
        return interp.call(own, args, node)
    inputs = args.value(0, "inputs", "input", "x")
    result = apply_layer(interp, layer, interp.unknown(Reason.EXPRESSION, node) if inputs is None else inputs, node)
    assert isinstance(layer.ref, LayerRef)
    write_by_layer(interp, layer.ref, args, result, node)
    return result


@duplicates(LayerRef)
def _copy(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, LayerRef)
    return Object(LayerRef(value.ref.node, value.ref.row, value.ref.args))

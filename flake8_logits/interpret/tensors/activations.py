"""An activation in any of its spellings, applied to a tensor."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Axis, Output, Step, UnknownAxis
from flake8_logits.domain.scales import LOG_PROBABILITIES, PROBABILITIES, Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import LayerRef
from flake8_logits.interpret.abstract.values import (
    NONE,
    ActivationValue,
    Arguments,
    Const,
    Function,
    Library,
    Object,
    Partial,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Interpreter, calls
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.engine.observing import observe
from flake8_logits.interpret.tensors.arguments import as_tensor, axis_of, value_of
from flake8_logits.knowledge.activations import IDENTITY
from flake8_logits.knowledge.catalogue import activation_of_string, lookup
from flake8_logits.knowledge.rows import Activates, Activation, Keeps, Operation
from flake8_logits.source import syntax as ir

_TAKES_LOGITS = Contract(Expects.LOGITS)

_WHATEVER_GOES_IN = PROBABILITIES | LOG_PROBABILITIES

_BELOW_ONE = frozenset({Scale.SOFTMAX, Scale.SIGMOID, Scale.UNIT_INTERVAL})


_OVER_AN_AXIS = frozenset({Scale.SOFTMAX, Scale.LOG_SOFTMAX})


def activate(
    interp: Interpreter, activation: Value, tensor: Tensor, node: ir.Node, layer: str, axis: Axis = None
) -> Value:
    """A tensor after an activation given as a string, function, layer or None; ``layer`` is what it is part of."""
    return interp.each(activation, lambda option: _one(interp, option, tensor, node, layer, axis))


def _one(interp: Interpreter, activation: Value, tensor: Tensor, node: ir.Node, layer: str, axis: Axis) -> Value:
    if isinstance(activation, Const):
        if activation.value is None:
            return tensor
        if isinstance(activation.value, str):
            row = activation_of_string(activation.value)
            if row is not None:
                return apply_row(interp, row, tensor, node, layer, axis)
        return Tensor(Lost(Reason.UNKNOWN_ACTIVATION, node, str(activation.value)))
    if isinstance(activation, ActivationValue):
        return apply_row(interp, activation.row, tensor, node, layer)
    if isinstance(activation, Library):
        return _library(interp, activation.name, tensor, node, layer, axis)
    if isinstance(activation, (Function, Partial)) or (
        isinstance(activation, Object) and isinstance(activation.ref, LayerRef)
    ):
        assert isinstance(node, ir.Expression)
        return interp.call(activation, Arguments(((tensor, None),)), node)
    if isinstance(activation, Unknown):
        return Tensor(activation.lost)
    return Tensor(Lost(Reason.UNKNOWN_ACTIVATION, node))


def _library(interp: Interpreter, name: str, tensor: Tensor, node: ir.Node, layer: str, axis: Axis) -> Tensor:
    row = lookup(name)
    if isinstance(row, Activation):
        return apply_row(interp, row, tensor, node, layer, axis)
    if isinstance(row, Operation) and isinstance(row.effect, Activates) and row.effect.activation is not None:
        inner = lookup(row.effect.activation)
        if isinstance(inner, Activation):
            result = apply_row(interp, inner, tensor, node, layer, axis)
            if isinstance(result.belief, Output):
                rescue = result.belief.rescue.then(row.effect.rescue)
                return Tensor(replace(result.belief, rescue=rescue))
            return result
    if isinstance(row, Operation) and isinstance(row.effect, Keeps):
        return tensor
    return Tensor(Lost(Reason.UNKNOWN_ACTIVATION, node, name))


def apply_row(
    interp: Interpreter, row: Activation, tensor: Tensor, node: ir.Node, layer: str, axis: Axis = None
) -> Tensor:
    """A tensor after an activation of a library; ``layer`` names the layer that it is part of, if any."""
    if row.name == IDENTITY:
        return tensor
    short = row.name.rpartition(".")[2]
    if row.scale is None:
        return Tensor(Lost(Reason.UNKNOWN_ACTIVATION, node, short))
    if row.scale not in _WHATEVER_GOES_IN:
        passed = _passed(row, tensor.belief, node)
        if passed is not None:
            return Tensor(passed, rank=tensor.rank)
    if tensor.rank is not None and axis == tensor.rank - 1:
        axis = None
    if row.scale in PROBABILITIES and not layer:
        _observe(interp, tensor, node, short, axis)
    return _decided(row, row.scale, tensor, node, layer, axis)


def _passed(row: Activation, belief: Output | Lost, node: ir.Node) -> Output | Lost | None:
    """What is left where an activation keeps part of what it is given: relu of probabilities is still those."""
    if isinstance(belief, Lost):
        return belief.changed()
    short = row.name.rpartition(".")[2]
    if belief.scale in _BELOW_ONE and row.identity_above_zero:
        return replace(belief, rescue=Rescue.NEVER, trail=(*belief.trail, Step(node, short)))
    if belief.scale is not Scale.LOGITS:
        return Lost(Reason.LOST_SCALE, node, short, belief)
    return None


def _observe(interp: Interpreter, tensor: Tensor, node: ir.Node, short: str, axis: Axis) -> None:
    """A softmax or sigmoid reads what it is given as logits."""
    reader = Loss(short, _TAKES_LOGITS, None, node, written_as=WrittenAs.ACTIVATION)
    belief = tensor.belief
    # Along another axis it is another softmax, which may well stand there for a reason.
    same = axis is None or (isinstance(belief, Output) and belief.axis == axis)
    seen = belief if same else Lost(Reason.EXPRESSION, node)
    observe(interp, SiteKind.ACTIVATION, node, [Observation(seen, reader)])


def _decided(row: Activation, scale: Scale, tensor: Tensor, node: ir.Node, layer: str, axis: Axis) -> Tensor:
    short = row.name.rpartition(".")[2]
    hidden = axis is UnknownAxis.UNKNOWN or (axis is not None and axis > 0 and tensor.rank is None)
    if hidden and scale in _OVER_AN_AXIS:
        return Tensor(Lost(Reason.LOST_SCALE, node, f"{short} over an axis of which the place is not known"))
    units = tensor.belief.units if isinstance(tensor.belief, Output) else None
    if axis is not None:
        units = None
        # Over another axis than the classes: still between zero and one, but what one sample gets sums to anything.
        scale = {Scale.SOFTMAX: Scale.UNIT_INTERVAL, Scale.LOG_SOFTMAX: Scale.LOG_SIGMOID}.get(scale, scale)
    words = f"{layer} with activation {short}" if layer else short
    return Tensor(
        Output(scale, (Step(node, words, by=layer or short),), row.rescue, units, "", short, axis, rank=tensor.rank),
        rank=tensor.rank,
    )


@calls(ActivationValue)
def _call(interp: Interpreter, callee: ActivationValue, args: Arguments, node: ir.Expression) -> Value:
    inputs = args.value(0, "x") or NONE
    return interp.each(inputs, lambda option: apply_row(interp, callee.row, as_tensor(option, node), node, ""))


@applies_row(Activation)
def _call_row(interp: Interpreter, row: Activation, args: Arguments, node: ir.Expression) -> Value:
    axis = axis_of(args, row.axis)
    inputs = value_of(args, row.tensor, node)
    tuned = row.adjustable and any(value is not inputs for value in args.values())
    sloped = row.slope is not None and lets_through(value_of(args, row.slope, node))

    def applied(option: Value) -> Value:
        tensor = as_tensor(option, node)
        if sloped or (tuned and is_cut(tensor)):
            return cut(tensor, row.name, node)
        return apply_row(interp, row, tensor, node, "", axis)

    return interp.each(inputs, applied)


def lets_through(slope: Value) -> bool:
    """Whether what cuts numbers off below zero may let them through, with this as their slope."""
    return not isinstance(slope, Const) or bool(slope.value)


def is_cut(tensor: Tensor) -> bool:
    """Whether a tensor is no longer what it was where a threshold or a ceiling cuts it."""
    return isinstance(tensor.belief, Output) and tensor.belief.scale is not Scale.LOGITS


def cut(tensor: Tensor, activation: str, node: ir.Node) -> Tensor:
    """What is left of a tensor after an activation whose arguments make it another: numbers of no scale."""
    was = tensor.belief if isinstance(tensor.belief, Output) else None
    return Tensor(Lost(Reason.LOST_SCALE, node, activation.rpartition(".")[2], was))

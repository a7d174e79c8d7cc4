"""An activation in any of its spellings, applied to a tensor."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Axis, Loss, Observation, Output, SiteKind, Step, UnknownAxis
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
from flake8_logits.knowledge.catalogue import activation_of_string, lookup
from flake8_logits.knowledge.rows import Activates, Activation, Keeps, Operation
from flake8_logits.source import syntax as ir

_TAKES_LOGITS = Contract(Expects.LOGITS)

_WHATEVER_GOES_IN = PROBABILITIES | LOG_PROBABILITIES

_BELOW_ONE = frozenset({Scale.SOFTMAX, Scale.SIGMOID, Scale.UNIT_INTERVAL})

_IDENTITY_ABOVE_ZERO = frozenset({"relu", "relu6", "leaky_relu", "elu", "celu"})

_OVER_AN_AXIS = frozenset({Scale.SOFTMAX, Scale.LOG_SOFTMAX})

IDENTITY = "keras.activations.linear"


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
    """A tensor after an activation of a library."""
    if row.name == IDENTITY:
        return tensor
    short = row.name.rpartition(".")[2]
    if row.scale is None:
        return Tensor(Lost(Reason.UNKNOWN_ACTIVATION, node, short))
    belief = tensor.belief
    units = belief.units if isinstance(belief, Output) else None
    if row.scale not in _WHATEVER_GOES_IN:
        # These keep part of what they are given: relu of probabilities is still those probabilities.
        if isinstance(belief, Lost):
            return Tensor(belief)
        if belief.scale in _BELOW_ONE and short in _IDENTITY_ABOVE_ZERO:
            return Tensor(replace(belief, rescue=Rescue.NEVER, trail=(*belief.trail, Step(node, short))))
        if belief.scale is not Scale.LOGITS:
            return Tensor(Lost(Reason.LOST_SCALE, node, short, belief))
    if tensor.rank is not None and axis == tensor.rank - 1:
        axis = None
    if row.scale in PROBABILITIES and not layer:
        reader = Loss(short, _TAKES_LOGITS, None, node, spelt="activation")
        # Along another axis it is another softmax, which may well stand there for a reason.
        same = axis is None or (isinstance(belief, Output) and belief.axis == axis)
        observe(
            interp, SiteKind.ACTIVATION, node, [Observation(belief if same else Lost(Reason.EXPRESSION, node), reader)]
        )
    words = f"{layer} with activation {short}" if layer else short
    scale = row.scale
    hidden = axis is UnknownAxis.UNKNOWN or (axis is not None and axis > 0 and tensor.rank is None)
    if hidden and scale in _OVER_AN_AXIS:
        return Tensor(Lost(Reason.LOST_SCALE, node, f"{short} over an axis of which the place is not known"))
    if axis is not None:
        units = None
        # Over another axis than the classes: still between zero and one, but what one sample gets sums to anything.
        if scale is Scale.LOG_SOFTMAX:
            return Tensor(Lost(Reason.LOST_SCALE, node, short))
        scale = Scale.UNIT_INTERVAL if scale is Scale.SOFTMAX else scale
    return Tensor(Output(scale, (Step(node, words),), row.rescue, units, "", short, axis), rank=tensor.rank)


@calls(ActivationValue)
def _call(interp: Interpreter, callee: ActivationValue, args: Arguments, node: ir.Expression) -> Value:
    inputs = args.value(0, "x") or NONE
    return interp.each(inputs, lambda option: apply_row(interp, callee.row, as_tensor(option, node), node, ""))


@applies_row(Activation)
def _call_row(interp: Interpreter, row: Activation, args: Arguments, node: ir.Expression) -> Value:
    axis = axis_of(args, row.axis)
    inputs = value_of(args, row.tensor, node)
    return interp.each(inputs, lambda option: apply_row(interp, row, as_tensor(option, node), node, "", axis))

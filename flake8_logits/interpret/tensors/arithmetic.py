"""Arithmetic on tensors: what it does to logits and probabilities."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import PROBABILITIES, Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.memory import with_own_memory
from flake8_logits.interpret.abstract.values import Const, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.operators import negates, operates
from flake8_logits.interpret.tensors.normalising import SMALLEST_STEP, is_small, normalised, one_more, own_share
from flake8_logits.interpret.tensors.products import apart, is_weights, matmul, of_any_size
from flake8_logits.interpret.tensors.written_losses import reads_in_distance, written_form
from flake8_logits.knowledge.traits import is_logarithm
from flake8_logits.source import syntax as ir

_TOLD_STILL = frozenset({StepKind.CLIP, StepKind.RATIO, StepKind.NORMALISATION})
"""What arithmetic does not undo: numbers are still those of clipped logits, or of a disturbed distribution."""


def _lost(value: Tensor, node: ir.Node) -> Lost:
    belief = value.belief
    return belief.changed(_TOLD_STILL) if isinstance(belief, Lost) else Lost(Reason.UNKNOWN_OPERATION, node)


def tensor_arithmetic(op: str, left: Value, right: Value, node: ir.Node) -> Tensor:
    """Arithmetic with a tensor on at least one side."""
    if op == "@":
        return matmul(left, right, node)
    written_out = normalised(op, left, right, node)
    result = _arithmetic(op, left, right, node) if written_out is None else Tensor(written_out)
    form = one_more(op, left, right) or written_form(op, left, right)
    return result if form is None else replace(result, form=form)


def _arithmetic(op: str, left: Value, right: Value, node: ir.Node) -> Tensor:
    if op == "*" and apart(left, right):
        units = _units_of(left)
        return Tensor(replace(of_any_size(node), units=_broadcast(units, right)))
    first, second = _scale(left), _scale(right)
    if Scale.LOGITS in (first, second):
        logits, other_value = (left, right) if first is Scale.LOGITS else (right, left)
        assert isinstance(logits, Tensor) and isinstance(logits.belief, Output)
        other = second if logits is left else first
        tame = (
            op in ("+", "-")
            or (op == "*" and _scales(other_value))
            or (op == "/" and logits is left and _scales(other_value))
        )
        if tame and other in (None, Scale.LOGITS) and not _normalises(op, left, right):
            # The middle of a difference of logits is wherever its author puts it, and a scale of their own moves 0.5.
            shifted = op != "+" or not isinstance(other_value, Tensor)
            belief = replace(logits.belief, units=_broadcast(logits.belief.units, other_value))
            return Tensor(_shifted(belief, node, _kind(op, left, right)) if shifted else belief, rank=logits.rank)
        was, kind = (logits.belief, StepKind.RATIO) if own_share(op, left, right) else (None, StepKind.OTHER)
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, was=was, kind=kind))
    for tensor, other_value in ((left, right), (right, left)):
        if not isinstance(tensor, Tensor) or not isinstance(tensor.belief, Output):
            continue
        if not isinstance(other_value, Const) or not isinstance(other_value.value, (int, float)):
            continue
        number = other_value.value
        belief = tensor.belief
        small = op in ("+", "-") and abs(number) <= SMALLEST_STEP and tensor is left
        flip = op == "-" and tensor is right and number == 1 and belief.scale is Scale.SIGMOID
        if belief.scale in PROBABILITIES and (small or flip):
            trail = (*belief.trail, Step(node, "1 - p", StepKind.COMPLEMENT)) if flip else belief.trail
            return Tensor(Output(belief.scale, trail, Rescue.NEVER, belief.units, belief.model))
    if op == "/" and isinstance(left, Tensor) and isinstance(left.belief, Output) and not isinstance(right, Tensor):
        return Tensor(Lost(Reason.LOST_SCALE, node, "a division", left.belief, kind=StepKind.SCALING))
    belief_lost = next((_lost(value, node) for value in (left, right) if isinstance(value, Tensor)), None)
    return Tensor(belief_lost or Lost(Reason.UNKNOWN_OPERATION, node))


def _scales(value: Value) -> bool:
    """Whether numbers of any size stay so when they are multiplied with or divided by a value: weights, or a number."""
    return not isinstance(value, Tensor) or is_weights(value)


def _units_of(value: Value) -> int | None:
    return value.belief.units if isinstance(value, Tensor) and isinstance(value.belief, Output) else None


def _broadcast(units: int | None, other: Value) -> int | None:
    """The size of the last axis after arithmetic with another value, to which a size of 1 is stretched."""
    if isinstance(other, Const) and isinstance(other.value, (int, float)):
        return units
    more = other.belief.units if isinstance(other, Tensor) and isinstance(other.belief, Output) else None
    if units == 1 or (units is None and more != 1):
        return more
    return units


def _kind(op: str, left: Value, right: Value) -> StepKind:
    """What is done to logits, where it looks like what is done to probabilities."""
    if op in ("+", "-") and is_small(right) or op == "+" and is_small(left):
        return StepKind.NUDGE
    return StepKind.OPPOSITE if op == "-" and left in (Const(1), Const(1.0)) else StepKind.SHIFT


def _shifted(logits: Output, node: ir.Node, kind: StepKind = StepKind.SHIFT) -> Output:
    """Logits whose middle is no longer zero."""
    return replace(logits, trail=(*logits.trail, Step(node, "arithmetic", kind)))


def _normalises(op: str, left: Value, right: Value) -> bool:
    """Whether what is taken away or multiplied leaves numbers of another kind: the logarithm of a sum, itself, zero."""
    if op == "-" and left is right:
        return True
    if op == "*" and any(isinstance(value, Const) and value.value == 0 for value in (left, right)):
        return True
    lost = right.belief if isinstance(right, Tensor) else None
    return op == "-" and isinstance(lost, Lost) and is_logarithm(lost.library)


def _scale(value: Value) -> Scale | None:
    return value.belief.scale if isinstance(value, Tensor) and isinstance(value.belief, Output) else None


def _as_array(result: Tensor, *operands: Value) -> Tensor:
    """The result of arithmetic with an array is an array of its own."""
    if any(isinstance(value, Tensor) and value.memory is not None for value in operands):
        return with_own_memory(result)
    return result


@operates(Tensor)
def _operate(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value:
    if op == "**":
        reads_in_distance(interp, left, node)
    return _as_array(tensor_arithmetic(op, left, right, node), left, right)


@negates(Tensor)
def _negate(interp: Interpreter, op: str, value: Tensor, node: ir.Node) -> Value:
    if isinstance(value.belief, Output) and value.belief.scale is Scale.LOGITS:
        return _as_array(Tensor(_shifted(value.belief, node)), value)
    return _as_array(Tensor(_lost(value, node)), value)

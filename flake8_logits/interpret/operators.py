"""Operators on constants and on tensors: what arithmetic does to logits and probabilities."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import SCALING, SHIFT, Loss, Observation, Output, SiteKind, Step
from flake8_logits.domain.scales import PROBABILITIES, Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.containers import content_of, make_sequence, turns
from flake8_logits.interpret.instances import class_attribute
from flake8_logits.interpret.notes import note
from flake8_logits.interpret.references import InstanceRef, LayerRef, ListRef, ModelRef
from flake8_logits.interpret.state import choice, options_of
from flake8_logits.interpret.symbols import is_made
from flake8_logits.interpret.values import (
    Choice,
    Const,
    Gap,
    Library,
    LossValue,
    Object,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

_FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod,
}  # fmt: skip
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "is": lambda a, b: a is b or (a == b and a is not None), "is not": lambda a, b: not (a is b or a == b),
}  # fmt: skip
TURNED = "1 - p"
"""How a trail names the probability of the opposite."""
LONGEST_STRING = 2_000
SMALLEST_STEP = 1e-2
"""A constant added to probabilities that is no larger than this is there for the logarithm's sake."""


def arithmetic(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node, in_place: bool = False) -> Value:
    """The value of ``left op right``."""
    if isinstance(left, Choice):
        return interp.each(left, lambda option: arithmetic(interp, op, option, right, node, in_place))
    if isinstance(right, Choice):
        return interp.each(right, lambda option: arithmetic(interp, op, left, option, node, in_place))
    if isinstance(left, Const) and isinstance(right, Const):
        return _fold(interp, op, left, right, node)
    if op == "+" and _is_run(left) and _is_run(right):
        return _concatenated(interp, left, right, node, in_place)
    if op == "*" and _is_run(left) and isinstance(right, Const) and isinstance(right.value, int):
        items = turns(interp, left)
        if items is not None and 0 <= len(items) * right.value <= 64:
            return make_sequence(interp, node, "list", items * right.value)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return tensor_arithmetic(op, left, right, node)
    losses = [value for value in (left, right) if isinstance(value, LossValue)]
    if losses and (op == "*" or (op == "+" and len(losses) == 2)):
        # Some libraries add losses up and weigh them: whichever part is asked, it reads the same output.
        return choice([(loss, ()) for loss in losses])
    return interp.unknown(Reason.EXPRESSION, node)


def _is_run(value: Value) -> bool:
    return isinstance(value, Sequence) or (isinstance(value, Object) and isinstance(value.ref, ListRef))


def _concatenated(interp: Interpreter, left: Value, right: Value, node: ir.Node, in_place: bool) -> Value:
    first, second = turns(interp, left), turns(interp, right)
    lost = Gap(Lost(Reason.EXPRESSION, node))
    items: list[Value | Gap] = [*([lost] if first is None else first), *([lost] if second is None else second)]
    kind = "tuple" if isinstance(left, Sequence) else "list"
    if in_place and isinstance(left, Object):
        interp.state.set(left.ref, "items", Sequence(tuple(items), "list"))
        return left
    return make_sequence(interp, node, kind, items)


def _fold(interp: Interpreter, op: str, left: Const, right: Const, node: ir.Node) -> Value:
    fold = _FOLD.get(op)
    if (
        fold is not None
        and isinstance(left.value, (int, float, str))
        and isinstance(right.value, (int, float, str, type(None)))
    ):
        try:
            # Repetition and huge products are the only ways for a constant to grow without bound.
            if isinstance(left.value, str) and op != "+" or isinstance(right.value, str) and op == "*":
                return interp.unknown(Reason.EXPRESSION, node)
            value = fold(left.value, right.value)
        except (TypeError, ValueError, ArithmeticError):
            return interp.unknown(Reason.EXPRESSION, node)
        if (
            isinstance(value, str)
            and len(value) > LONGEST_STRING
            or isinstance(value, int)
            and value.bit_length() > 256
        ):
            return interp.unknown(Reason.EXPRESSION, node)
        return Const(value)
    return interp.unknown(Reason.EXPRESSION, node)


def unary(interp: Interpreter, op: str, value: Value, node: ir.Node) -> Value:
    """The value of ``-x``, ``+x`` or ``~x``."""
    if isinstance(value, Const) and isinstance(value.value, (int, float)) and op in ("-", "+"):
        return Const(-value.value if op == "-" else +value.value)
    if isinstance(value, Tensor):
        if isinstance(value.belief, Output) and value.belief.scale is Scale.LOGITS:
            return Tensor(_shifted(value.belief, node))
        return Tensor(_lost(value, node))
    return interp.unknown(Reason.EXPRESSION, node, value.name if isinstance(value, Library) else "")


def compare(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value:
    """The value of ``left op right`` for a comparison; an unknown one is the same unknown each time it is asked."""
    if op in ("<", "<=", ">", ">=") and Const(0.5) in (left, right):
        cut_at_half(interp, right if left == Const(0.5) else left, op, node)
    elif op in ("<", "<=", ">", ">=") and isinstance(left, Tensor) and isinstance(right, Const):
        # Where one half is but one of several numbers that are tried, nobody takes it for a probability.
        cut_at_half(interp, Tensor(Lost(Reason.EXPRESSION, node)), op, node)
    if isinstance(left, Choice):
        return choice([(compare(interp, op, option, right, node), guards) for option, guards in left.options])
    if isinstance(right, Choice):
        return choice([(compare(interp, op, left, option, node), guards) for option, guards in right.options])
    if isinstance(left, Const) and isinstance(right, Const) and op in _COMPARE:
        try:
            return Const(bool(_COMPARE[op](left.value, right.value)))
        except TypeError:
            return interp.unknown(Reason.EXPRESSION, node)
    if op in ("in", "not in"):
        return _contains(interp, op, left, right, node)
    if op in ("!=", "is not"):
        from flake8_logits.interpret.truth import negate

        return negate(interp, compare(interp, {"!=": "==", "is not": "is"}[op], left, right, node))
    if op == "is" and Const(None) in (left, right):
        other = left if right == Const(None) else right
        if not isinstance(other, Unknown) or is_made(other.symbol):
            return Const(left == right)
    if isinstance(right, Unknown) and isinstance(left, Const):
        left, right = right, left
    if isinstance(left, Unknown) and isinstance(right, Const):
        equal = op if op != "is" else "=="
        return Unknown(left.lost, (equal, left.symbol, right))
    if isinstance(left, Object) and isinstance(right, Object) and (op == "is" or _by_identity(interp, left, right)):
        return Const(left.ref is right.ref)
    return interp.unknown(Reason.EXPRESSION, node)


def _by_identity(interp: Interpreter, *values: Object) -> bool:
    """Whether things are equal only to themselves."""
    return all(
        isinstance(value.ref, (LayerRef, ModelRef))
        or (isinstance(value.ref, InstanceRef) and class_attribute(interp, value.ref.cls, "__eq__") is None)
        for value in values
    )


def cut_at_half(interp: Interpreter, value: Value, name: str, node: ir.Node) -> None:
    """Write down that a tensor is compared with, or rounded at, one half."""
    options = [option for option, _ in options_of(value)]
    if any(isinstance(option, Tensor) for option in options):
        reader = Loss(name, Contract(Expects.PROBABILITIES), None, node, spelt="cut", threshold=0.5)
        observations = [
            Observation(option.belief if isinstance(option, Tensor) else Lost(Reason.EXPRESSION, node), reader)
            for option in options
        ]
        note(interp, SiteKind.CUT, node, observations)


def round_off(interp: Interpreter, value: Value, decimals: Value | None, node: ir.Node) -> None:
    """Write down that a tensor is rounded: to whole numbers is a cut at one half, to some decimals is for show."""
    if decimals is None or decimals in (Const(0), Const(None)):
        cut_at_half(interp, value, "round", node)


def _contains(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value:
    content = content_of(interp, right)
    if isinstance(left, Const):
        if isinstance(right, Const) and isinstance(left.value, str) and isinstance(right.value, str):
            return Const((left.value in right.value) is (op == "in"))
        if isinstance(content, Sequence) and all(isinstance(item, Const) for item in content.items):
            return Const((left in content.items) is (op == "in"))
        from flake8_logits.interpret.values import Mapping

        if isinstance(content, Mapping) and content.partial is None:
            return Const((content.get(left.value) is not None) is (op == "in"))
    if isinstance(left, Unknown) and isinstance(content, Sequence):
        result = Unknown(left.lost, ("in", left.symbol, content))
        if op == "in":
            return result
        from flake8_logits.interpret.truth import negate

        return negate(interp, result)
    return interp.unknown(Reason.EXPRESSION, node)


def _lost(value: Tensor, node: ir.Node) -> Lost:
    return value.belief if isinstance(value.belief, Lost) else Lost(Reason.UNKNOWN_OPERATION, node)


def tensor_arithmetic(op: str, left: Value, right: Value, node: ir.Node) -> Tensor:
    """Arithmetic with a tensor on at least one side."""
    if op == "@":
        return matmul(left, right, node)
    first, second = _scale(left), _scale(right)
    if Scale.LOGITS in (first, second):
        logits, other_value = (left, right) if first is Scale.LOGITS else (right, left)
        assert isinstance(logits, Tensor) and isinstance(logits.belief, Output)
        other = second if logits is left else first
        tame = (
            op in ("+", "-")
            or (op == "*" and not isinstance(other_value, Tensor))
            or (op == "/" and logits is left and not isinstance(other_value, Tensor))
        )
        if tame and other in (None, Scale.LOGITS) and not _normalises(op, left, right):
            # The middle of a difference of logits is wherever its author puts it, and a scale of their own moves 0.5.
            shifted = op != "+" or not isinstance(other_value, Tensor)
            belief = replace(logits.belief, units=_broadcast(logits.belief.units, other_value))
            return Tensor(_shifted(belief, node) if shifted else belief, rank=logits.rank)
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
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
            trail = (*belief.trail, Step(node, TURNED)) if flip else belief.trail
            return Tensor(Output(belief.scale, trail, Rescue.NEVER, belief.units, belief.model))
    if op == "/" and isinstance(left, Tensor) and isinstance(left.belief, Output) and not isinstance(right, Tensor):
        return Tensor(Lost(Reason.LOST_SCALE, node, SCALING, left.belief))
    belief_lost = next((_lost(value, node) for value in (left, right) if isinstance(value, Tensor)), None)
    return Tensor(belief_lost or Lost(Reason.UNKNOWN_OPERATION, node))


def _broadcast(units: int | None, other: Value) -> int | None:
    """The size of the last axis after arithmetic with another value, to which a size of 1 is stretched."""
    if isinstance(other, Const) and isinstance(other.value, (int, float)):
        return units
    more = other.belief.units if isinstance(other, Tensor) and isinstance(other.belief, Output) else None
    if units == 1 or (units is None and more != 1):
        return more
    return units


def _shifted(logits: Output, node: ir.Node) -> Output:
    """Logits whose middle is no longer zero."""
    return replace(logits, trail=(*logits.trail, Step(node, SHIFT)))


def _normalises(op: str, left: Value, right: Value) -> bool:
    """Whether what is taken away or multiplied leaves numbers of another kind: the logarithm of a sum, itself, zero."""
    if op == "-" and left is right:
        return True
    if op == "*" and any(isinstance(value, Const) and value.value == 0 for value in (left, right)):
        return True
    lost = right.belief if isinstance(right, Tensor) else None
    return op == "-" and isinstance(lost, Lost) and lost.detail.rpartition(".")[2] in _LOG_OF_SUM


_LOG_OF_SUM = frozenset({"reduce_logsumexp", "logsumexp", "log"})


def _scale(value: Value) -> Scale | None:
    return value.belief.scale if isinstance(value, Tensor) and isinstance(value.belief, Output) else None


def _variable(left: Value, right: Value) -> bool:
    return any(isinstance(value, Tensor) and value.variable for value in (left, right))


def _real(node: ir.Node) -> Output:
    return Output(Scale.LOGITS, (Step(node, "weights times the input, without an activation"),))


def matmul(left: Value, right: Value, node: ir.Node) -> Tensor:
    """A matrix product: with trainable weights any real number, otherwise not known (it may mix probabilities)."""
    if _variable(left, right):
        return Tensor(_real(node), rank=left.rank if isinstance(left, Tensor) and left.rank else 2)
    return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))

"""Operators: constants folded, runs of items joined; kinds of value with rules of their own register them here."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.objects import InstanceRef, LayerRef, ModelRef
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.symbols import is_made
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Choice,
    Const,
    Gap,
    Library,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of, is_iterator, leave_some, make_sequence, turns
from flake8_logits.interpret.engine.dispatch import Table
from flake8_logits.interpret.engine.instances import class_attribute
from flake8_logits.interpret.engine.interpreter import Interpreter, kind_of
from flake8_logits.interpret.engine.special_methods import ask, ask_parts, asks, call_special, iterated
from flake8_logits.interpret.engine.strings import LONGEST_STRING
from flake8_logits.interpret.engine.truth import negate
from flake8_logits.knowledge.special_methods import COMPARISONS, CONTAINS, EQUALITY, HASHED, OPERATORS, SIGNS, TEXT
from flake8_logits.knowledge.special_methods import in_place as operation_in_place
from flake8_logits.source import syntax as ir

BinaryOperation = Callable[[Interpreter, str, Value, Value, ir.Node], Value | None]
operates: Table[BinaryOperation] = Table()
"""By kind of one of two operands: the value of ``left op right``; None where the kind has no say."""
updates: Table[Callable[[Interpreter, Any, Value, ir.Node], Value]] = Table()
"""By kind of left operand: what ``left op= right`` leaves under the name, where its value is given."""
negates: Table[Callable[[Interpreter, str, Any, ir.Node], Value]] = Table()
"""By kind of operand: the value of ``-x``, ``+x`` or ``~x``."""
ARITHMETIC_OBSERVERS: list[Callable[[Interpreter, str, Value, Value, ir.Node], None]] = []
"""Told of every operation before it is made, of each pair of its operands."""
COMPARISON_OBSERVERS: list[Callable[[Interpreter, str, Value, Value, ir.Node], None]] = []
"""Told of every comparison before it is made."""

_FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod,
}  # fmt: skip

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "is": lambda a, b: type(a) is type(b) and a == b, "is not": lambda a, b: type(a) is not type(b) or a != b,
}  # fmt: skip

LARGEST_NUMBER = 256
"""In bits: a constant that grows beyond that is no longer followed."""
LONGEST_REPETITION = 64


def arithmetic(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node, in_place: bool = False) -> Value:
    """The value of ``left op right``."""
    if isinstance(left, Choice):
        return interp.each(left, lambda option: arithmetic(interp, op, option, right, node, in_place))
    if isinstance(right, Choice):
        return interp.each(right, lambda option: arithmetic(interp, op, left, option, node, in_place))
    if isinstance(left, Const) and isinstance(right, Const):
        return _fold(interp, op, left, right, node)
    for observer in ARITHMETIC_OBSERVERS:
        observer(interp, op, left, right, node)
    if op == "+" and _is_run(left) and _is_run(right):
        return _concatenated(interp, left, right, node, in_place)
    if op == "*" and _is_run(left) and isinstance(right, Const) and isinstance(right.value, int):
        items = turns(interp, left)
        if items is not None and 0 <= len(items) * right.value <= LONGEST_REPETITION:
            return make_sequence(interp, node, "list", items * right.value)
    found = _by_program(interp, op, left, right, node, in_place)
    return _by_kind(interp, op, left, right, node, in_place) if found is None else found


def _by_kind(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node, in_place: bool) -> Value:
    """What the rules for the kinds of the operands make of an operation."""
    for kind in dict.fromkeys((kind_of(left), kind_of(right))):
        handler = operates.find(kind)
        result = None if handler is None else handler(interp, op, left, right, node)
        if result is not None:
            update = updates.find(kind_of(left)) if in_place else None
            return result if update is None else update(interp, left, result, node)
    return interp.unknown(Reason.EXPRESSION, node)


def _by_program(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node, in_place: bool) -> Value | None:
    """What the program's own classes make of an operation; None where neither operand's has a rule for it."""
    of_left, of_right = OPERATORS.get(op, ("", ""))
    if in_place:
        found = call_special(interp, left, operation_in_place(of_left), _one(right), node)
        if found is not None:
            return found
    found = call_special(interp, left, of_left, _one(right), node)
    if found is None:
        found = call_special(interp, right, of_right, _one(left), node)
    if found is None and op == "%" and isinstance(left, Const):
        ask(interp, right, TEXT[1:], node)
        ask_parts(interp, right, TEXT[1:], node)
    return found


def _one(value: Value) -> Arguments:
    return Arguments(((value, None),))


def _is_run(value: Value) -> bool:
    return isinstance(value, Sequence) or (isinstance(value, Object) and isinstance(value.ref, ListRef))


def _concatenated(interp: Interpreter, left: Value, right: Value, node: ir.Node, in_place: bool) -> Value:
    first, second = turns(interp, left), turns(interp, right)
    lost = Gap(Lost(Reason.EXPRESSION, node))
    items: list[Value | Gap] = [*([lost] if first is None else first), *([lost] if second is None else second)]
    kind = "tuple" if isinstance(left, Sequence) else "list"
    if in_place and isinstance(left, Object):
        interp.state.set(left.ref, ITEMS, Sequence(tuple(items), "list"))
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
            and value.bit_length() > LARGEST_NUMBER
        ):
            return interp.unknown(Reason.EXPRESSION, node)
        return Const(value)
    return interp.unknown(Reason.EXPRESSION, node)


def unary(interp: Interpreter, op: str, value: Value, node: ir.Node) -> Value:
    """The value of ``-x``, ``+x`` or ``~x``."""
    if isinstance(value, Const) and isinstance(value.value, (int, float)) and op in ("-", "+"):
        return Const(-value.value if op == "-" else +value.value)
    by_program = call_special(interp, value, SIGNS.get(op, ""), Arguments(), node)
    if by_program is not None:
        return by_program
    handler = negates.find(kind_of(value))
    if handler is not None:
        return handler(interp, op, value, node)
    return interp.unknown(Reason.EXPRESSION, node, library=value.name if isinstance(value, Library) else "")


def compare(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value:
    """The value of ``left op right`` for a comparison; an unknown one is the same unknown each time it is asked."""
    for observer in COMPARISON_OBSERVERS:
        observer(interp, op, left, right, node)
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
        _ask_for_membership(interp, left, right, node)
        return _contains(interp, op, left, right, node)
    _ask_for_comparison(interp, op, left, right, node)
    if op in _OPPOSITE:
        return negate(interp, compare(interp, _OPPOSITE[op], left, right, node))
    return _equal(interp, op, left, right, node)


def _ask_for_membership(interp: Interpreter, left: Value, right: Value, node: ir.Node) -> None:
    """What holds something says so itself, or is walked."""
    ask(interp, right, CONTAINS, node, left)
    if not asks(interp, right, CONTAINS):
        iterated(interp, right, node)
    ask_parts(interp, right, EQUALITY, node, left)
    if content_of(interp, right) is not None:
        ask(interp, left, (*HASHED, *EQUALITY), node, right)


def _ask_for_comparison(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> None:
    if op not in COMPARISONS:
        return
    of_left, of_right = COMPARISONS[op]
    if call_special(interp, left, of_left, _one(right), node) is None:
        call_special(interp, right, of_right, _one(left), node)
    for one, other in ((left, right), (right, left)):
        ask_parts(interp, one, (of_left,), node, other)


_OPPOSITE = {"!=": "==", "is not": "is"}


def _equal(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value:
    if op == "is" and Const(None) in (left, right):
        other = left if right == Const(None) else right
        if not isinstance(other, Unknown) or is_made(other.symbol):
            return Const(left == right)
    if isinstance(right, Unknown) and isinstance(left, Const):
        left, right = right, left
    if isinstance(left, Unknown) and isinstance(right, Const):
        return Unknown(left.lost, ("==" if op == "is" else op, left.symbol, right))
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


def _contains(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> Value:
    content = content_of(interp, right)
    if is_iterator(content):
        leave_some(interp, right, node)
    if isinstance(left, Const):
        if isinstance(right, Const) and isinstance(left.value, str) and isinstance(right.value, str):
            return Const((left.value in right.value) is (op == "in"))
        if isinstance(content, Sequence) and all(isinstance(item, Const) for item in content.items):
            return Const((left in content.items) is (op == "in"))
        if isinstance(content, Mapping) and content.partial is None:
            return Const((content.get(left.value) is not None) is (op == "in"))
    if isinstance(left, Unknown) and isinstance(content, Sequence):
        result = Unknown(left.lost, ("in", left.symbol, content))
        if op == "in":
            return result
        return negate(interp, result)
    return interp.unknown(Reason.EXPRESSION, node)

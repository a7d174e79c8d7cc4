"""Functions of ``operator`` that stand for an operator."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.engine.operators import arithmetic, compare, unary
from flake8_logits.knowledge.special_methods import COMPARING_FUNCTIONS, OPERATOR_FUNCTIONS, SIGN_FUNCTIONS
from flake8_logits.source import syntax as ir

Operation = Callable[[Interpreter, Value, Value, ir.Expression], Value]


def _arithmetic(op: str, in_place: bool) -> Operation:
    return lambda interp, left, right, node: arithmetic(interp, op, left, right, node, in_place)


def _comparison(op: str) -> Operation:
    return lambda interp, left, right, node: compare(interp, op, left, right, node)


def _of_two(operation: Operation) -> LibraryFunction:
    def function(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0), args.value(1)
        if left is None or right is None:
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        return operation(interp, left, right, node)

    return function


def _of_one(op: str) -> LibraryFunction:
    def function(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        value = args.value(0)
        return interp.unknown(Reason.UNKNOWN_CALL, node) if value is None else unary(interp, op, value, node)

    return function


for _name, (_op, _in_place) in OPERATOR_FUNCTIONS.items():
    models_library(_name)(_of_two(_arithmetic(_op, _in_place)))
for _name, _op in COMPARING_FUNCTIONS.items():
    models_library(_name)(_of_two(_comparison(_op)))
for _name, _op in SIGN_FUNCTIONS.items():
    models_library(_name)(_of_one(_op))

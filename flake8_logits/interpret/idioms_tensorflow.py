"""TensorFlow's own names that need more than a row: variables, products and arithmetic by function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.operators import arithmetic, compare, cut_at_half, matmul
from flake8_logits.interpret.ranks import rank_of_shape
from flake8_logits.interpret.values import Arguments, Tensor, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def _variable(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, "a variable"), variable=True)


def _placeholder(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    shape = args.value(1, "shape")
    rank = None if shape is None else rank_of_shape(machine, shape)
    return Tensor(Lost(Reason.INPUT, node), rank=None if rank is None else rank - 1)


def _matmul(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    left, right = args.value(0, "a", "x", "x1"), args.value(1, "b", "y", "x2")
    if left is None or right is None:
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
    return machine.each(left, lambda one: machine.each(right, lambda two: matmul(one, two, node)))


def _operator(op: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0, "x", "x1"), args.value(1, "y", "x2")
        if left is None or right is None:
            return machine.unknown(Reason.EXPRESSION, node)
        return arithmetic(machine, op, left, right, node)

    return run


def _round(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Rounding cuts numbers between zero and one at one half."""
    value = args.value(0, "x", "a")
    if value is not None:
        cut_at_half(machine, value, "round", node)
    return machine.unknown(Reason.UNKNOWN_CALL, node, "tensorflow.round")


def _compared(op: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(machine: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0, "x", "x1"), args.value(1, "y", "x2")
        if left is None or right is None:
            return machine.unknown(Reason.EXPRESSION, node)
        return compare(machine, op, left, right, node)

    return run


_COMPARISONS = {"greater": ">", "greater_equal": ">=", "less": "<", "less_equal": "<="}
_ARITHMETIC = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "truediv": "/"}

IDIOMS: dict[str, Callable[[Interpreter, Arguments, ir.Expression], Value]] = {
    "tensorflow.Variable": _variable,
    "tensorflow.get_variable": _variable,
    "keras.backend.variable": _variable,
    "keras.Variable": _variable,
    "tensorflow.placeholder": _placeholder,
    "keras.backend.placeholder": _placeholder,
    "tensorflow.matmul": _matmul,
    "tensorflow.linalg.matmul": _matmul,
    "keras.ops.matmul": _matmul,
    "keras.backend.dot": _matmul,
    **{
        f"{library}round": _round
        for library in ("tensorflow.", "tensorflow.math.", "keras.ops.", "numpy.", "builtins.")
    },
    **{
        f"{library}{name}": _compared(op)
        for name, op in _COMPARISONS.items()
        for library in ("tensorflow.", "tensorflow.math.", "keras.ops.", "keras.backend.", "numpy.")
    },
    **{
        f"{library}{name}": _operator(op)
        for name, op in _ARITHMETIC.items()
        for library in ("tensorflow.", "tensorflow.math.", "keras.ops.")
    },
}

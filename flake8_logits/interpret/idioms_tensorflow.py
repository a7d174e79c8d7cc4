"""TensorFlow's own names that need more than a row: variables, products and arithmetic by function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import TOP_K
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.arguments import as_tensor
from flake8_logits.interpret.operators import arithmetic, compare, matmul, round_off
from flake8_logits.interpret.ranks import rank_of_shape
from flake8_logits.interpret.references import ListRef
from flake8_logits.interpret.transfer import step
from flake8_logits.interpret.values import Arguments, Const, Object, Sequence, Tensor, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def _variable(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return Tensor(Lost(Reason.UNKNOWN_OPERATION, node, "a variable"), variable=True)


def _placeholder(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    shape = args.value(1, "shape")
    rank = None if shape is None else rank_of_shape(interp, shape)
    return Tensor(Lost(Reason.INPUT, node), rank=None if rank is None else rank - 1)


def _matmul(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    left, right = args.value(0, "a", "x", "x1"), args.value(1, "b", "y", "x2")
    if left is None or right is None:
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
    return interp.each(left, lambda one: interp.each(right, lambda two: matmul(one, two, node)))


def _operator(op: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0, "x", "x1"), args.value(1, "y", "x2")
        if left is None or right is None:
            return interp.unknown(Reason.EXPRESSION, node)
        return arithmetic(interp, op, left, right, node)

    return run


def _round(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Rounding to whole numbers cuts what lies between zero and one at one half."""
    value = args.value(0, "x", "a", "number")
    if value is not None and args.open is None:
        round_off(interp, value, args.value(1, "decimals", "ndigits"), node)
    return interp.unknown(Reason.UNKNOWN_CALL, node, "tensorflow.round")


def _top_k(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """The largest numbers and where they stood; of a softmax they sum to one no longer."""
    count = args.value(1, "k")
    units = count.value if isinstance(count, Const) and type(count.value) is int else None

    def largest(option: Value) -> Value:
        belief = as_tensor(option, node).belief
        if isinstance(belief, Lost) or belief.scale is Scale.LOG_SOFTMAX:
            return Tensor(belief if isinstance(belief, Lost) else Lost(Reason.LOST_SCALE, node, TOP_K, belief))
        scale = Scale.UNIT_INTERVAL if belief.scale is Scale.SOFTMAX else belief.scale
        return Tensor(replace(step(belief, node, TOP_K, Rescue.NEVER), scale=scale, units=units))

    values = interp.each(args.value(0, "input", "x") or interp.unknown(Reason.EXPRESSION, node), largest)
    indices = interp.unknown(Reason.UNKNOWN_CALL, node, "tensorflow.math.top_k")
    result = Object(ListRef(node))
    interp.state.set(result.ref, "items", Sequence((values, indices), "list"))
    interp.state.set(result.ref, "values", values)
    return result


def _compared(op: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0, "x", "x1"), args.value(1, "y", "x2")
        if left is None or right is None:
            return interp.unknown(Reason.EXPRESSION, node)
        return compare(interp, op, left, right, node)

    return run


_ROUNDING = (
    *("tensorflow.round", "tensorflow.math.round", "tensorflow.math.rint", "keras.ops.round"),
    *("keras.backend.round", "numpy.round", "numpy.around", "numpy.rint", "builtins.round"),
)
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
    **dict.fromkeys(_ROUNDING, _round),
    **dict.fromkeys(("tensorflow.math.top_k", "tensorflow.nn.top_k", "keras.ops.top_k"), _top_k),
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

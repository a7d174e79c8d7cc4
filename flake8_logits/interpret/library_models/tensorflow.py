"""Functions of TensorFlow and their like elsewhere: variables, products, arithmetic and comparisons by name."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import NONE, Arguments, Const, Library, Object, Sequence, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.engine.operators import arithmetic, compare
from flake8_logits.interpret.tensors.arguments import as_tensor
from flake8_logits.interpret.tensors.cuts import round_off
from flake8_logits.interpret.tensors.effects import step
from flake8_logits.interpret.tensors.products import matmul
from flake8_logits.interpret.tensors.ranks import rank_of_shape
from flake8_logits.interpret.tensors.variables import new_variable
from flake8_logits.interpret.tensors.written_losses import reads_in_distance
from flake8_logits.knowledge import variables
from flake8_logits.knowledge.methods import COMPARING
from flake8_logits.knowledge.rows import Variable
from flake8_logits.knowledge.traits import EPSILON
from flake8_logits.source import syntax as ir


@models_library("tensorflow.placeholder", "keras.backend.placeholder")
def _placeholder(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    shape = args.value(1, "shape")
    rank = None if shape is None else rank_of_shape(interp, shape)
    return Tensor(Lost(Reason.INPUT, node), rank=None if rank is None else rank - 1)


@models_library(
    "torch.matmul",
    "torch.mm",
    "tensorflow.matmul",
    "tensorflow.linalg.matmul",
    "keras.ops.matmul",
    "keras.backend.dot",
    "jax.numpy.matmul",
    "jax.numpy.dot",
)
def _matmul(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    left, right = args.value(0, "a", "x", "x1", "input"), args.value(1, "b", "y", "x2", "mat2", "other")
    if left is None or right is None:
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
    return interp.each(left, lambda one: interp.each(right, lambda two: matmul(one, two, node)))


@models_library("keras.backend.epsilon", "keras.config.epsilon")
def _epsilon(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return Const(EPSILON)


def _operator(op: str) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0, "x", "x1", "input"), args.value(1, "y", "x2", "other")
        if left is None or right is None:
            return interp.unknown(Reason.EXPRESSION, node)
        return arithmetic(interp, op, left, right, node)

    return run


@models_library(
    "tensorflow.round",
    "tensorflow.math.round",
    "tensorflow.math.rint",
    "keras.ops.round",
    "keras.backend.round",
    "numpy.round",
    "numpy.around",
    "numpy.rint",
    "jax.numpy.round",
    "jax.numpy.rint",
    "builtins.round",
)
def _round(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Rounding to whole numbers cuts what lies between zero and one at one half."""
    value = args.value(0, "x", "a", "number")
    if value is not None and args.open is None:
        round_off(interp, value, args.value(1, "decimals", "ndigits"), node)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library="tensorflow.round")


@models_library("tensorflow.math.top_k", "tensorflow.nn.top_k", "keras.ops.top_k")
def _top_k(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """The largest numbers and where they stood; of a softmax they sum to one no longer."""
    count = args.value(1, "k")
    units = count.value if isinstance(count, Const) and type(count.value) is int else None

    def largest(option: Value) -> Value:
        belief = as_tensor(option, node).belief
        if isinstance(belief, Lost) or belief.scale is Scale.LOG_SOFTMAX:
            return Tensor(belief if isinstance(belief, Lost) else Lost(Reason.LOST_SCALE, node, "top_k", belief))
        scale = Scale.UNIT_INTERVAL if belief.scale is Scale.SOFTMAX else belief.scale
        return Tensor(replace(step(belief, node, "top_k", Rescue.NEVER, StepKind.TOP_K), scale=scale, units=units))

    values = interp.each(args.value(0, "input", "x") or interp.unknown(Reason.EXPRESSION, node), largest)
    indices = interp.unknown(Reason.UNKNOWN_CALL, node, library="tensorflow.math.top_k")
    result = Object(ListRef(node))
    interp.state.set(result.ref, ITEMS, Sequence((values, indices), "list"))
    interp.state.set(result.ref, "values", values)
    return result


def _distance(name: str) -> LibraryFunction:
    """A function that makes numbers positive: with a difference from labels the loss of a regression begins."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        value = args.value(0, "x")
        for option, _ in options_of(value) if value is not None else ():
            reads_in_distance(interp, option, node)
        lost = Lost(Reason.UNKNOWN_OPERATION, node, name, library=name)
        return Tensor(lost) if isinstance(value, Tensor) else interp.unknown(Reason.UNKNOWN_CALL, node, library=name)

    return run


def _compared(op: str) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        left, right = args.value(0, "x", "x1"), args.value(1, "y", "x2")
        if left is None or right is None:
            return interp.unknown(Reason.EXPRESSION, node)
        return compare(interp, op, left, right, node)

    return run


def _same(name: str) -> LibraryFunction:
    """A decorator that leaves a function as it is; called with options only, it gives such a decorator."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        function = args.value(0, "func", "f")
        return Library(name) if function is None or function == NONE else function

    return run


def _makes(row: Variable) -> LibraryFunction:
    return lambda interp, args, node: new_variable(interp, row, args, node)


for _row in variables.ROWS:
    models_library.add(_row.name, _makes(_row))
for _library in ("tensorflow.", "tensorflow.math.", "keras.ops.", "keras.backend.", "numpy.", "jax.numpy."):
    for _name, _op in (("greater", ">"), ("greater_equal", ">="), ("less", "<"), ("less_equal", "<=")):
        models_library.add(f"{_library}{_name}", _compared(_op))
for _name, _op in COMPARING.items():
    models_library.add(f"torch.{_name}", _compared(_op))
for _library in ("tensorflow.", "tensorflow.math.", "keras.ops.", "jax.numpy."):
    for _name, _op in (("add", "+"), ("subtract", "-"), ("multiply", "*"), ("divide", "/"), ("truediv", "/")):
        models_library.add(f"{_library}{_name}", _operator(_op))
for _library in ("tensorflow.", "tensorflow.math.", "keras.ops.", "keras.backend.", "numpy."):
    for _name in ("square", "abs", "absolute"):
        models_library.add(f"{_library}{_name}", _distance(f"{_library}{_name}"))
for _name in (
    "tensorflow.function",
    "tensorflow.recompute_grad",
    "tensorflow.grad_pass_through",
    "tensorflow.autograph.experimental.do_not_convert",
    "tensorflow.contrib.eager.defun",
):
    models_library.add(_name, _same(_name))

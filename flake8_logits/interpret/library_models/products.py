"""Functions that multiply tensors and sum up: dot products in all spellings, and rows of a table of weights."""

from __future__ import annotations

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Arguments, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.tensors.products import dot, is_weights
from flake8_logits.source import syntax as ir


def _summed(interp: Interpreter, left: Value | None, right: Value | None, node: ir.Expression) -> Value:
    if left is None or right is None:
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
    return interp.each(left, lambda one: interp.each(right, lambda two: dot(one, two, node)))


@models_library("tensorflow.tensordot", "keras.ops.tensordot", "keras.ops.dot", "keras.backend.batch_dot")
def _dot(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _summed(interp, args.value(0, "a", "x1", "x"), args.value(1, "b", "x2", "y"), node)


@models_library("tensorflow.einsum", "keras.ops.einsum", "torch.einsum", "jax.numpy.einsum")
def _einsum(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Of two tensors: which axes are summed up makes no difference to whether it is any number."""
    if len(args.positional) != 3:
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
    return _summed(interp, args.value(1), args.value(2), node)


@models_library("tensorflow.nn.embedding_lookup")
def _looked_up(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Rows of a table: of weights they are any numbers."""
    table = args.value(0, "params")
    if table is None or not is_weights(table):
        return Tensor(Lost(Reason.UNKNOWN_OPERATION, node))
    return Tensor(Output(Scale.LOGITS, (Step(node, "rows of weights", by="rows of weights"),), Rescue.NEVER))

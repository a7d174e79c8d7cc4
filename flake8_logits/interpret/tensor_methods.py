"""Methods of tensors and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.models import away_from_graph
from flake8_logits.interpret.operators import round_off
from flake8_logits.interpret.transfer import apply_operation
from flake8_logits.interpret.values import Arguments, Tensor, Value
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Operation
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

SAME = frozenset({"numpy", "copy", "read_value", "value"})
"""They give the same numbers, outside the graph."""
LIKE = {
    "astype": "tensorflow.cast",
    "squeeze": "numpy.squeeze",
    "reshape": "numpy.reshape",
    "flatten": "keras.backend.batch_flatten",
    "ravel": "keras.backend.batch_flatten",
}
"""They do to the numbers what a function does; what is flattened is one sample more often than a batch."""


def call_tensor(interp: Interpreter, tensor: Tensor, name: str, args: Arguments, node: ir.Expression) -> Value:
    """What a method of a tensor gives."""
    if name in SAME:
        return away_from_graph(interp, tensor)
    if name == "round":
        round_off(interp, tensor, args.value(0, "decimals", "ndigits"), node)
        return interp.unknown(Reason.UNKNOWN_METHOD, node, name)
    if name == "reshape" and len(args.positional) > 1:
        # One size after the other instead of one shape; the number of units is not worth the trouble.
        args = Arguments(open=Lost(Reason.UNKNOWN_METHOD, node, name))
    row = lookup(LIKE.get(name, ""))
    if isinstance(row, Operation):
        return away_from_graph(interp, apply_operation(interp, row, args.after(tensor), node))
    return Tensor(Lost(Reason.UNKNOWN_METHOD, node, name))

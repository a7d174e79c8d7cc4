"""Methods of tensors and arrays."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.memory import as_view
from flake8_logits.interpret.abstract.values import NONE, Arguments, Method, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method
from flake8_logits.interpret.tensors.cuts import round_off
from flake8_logits.interpret.tensors.effects import apply_operation
from flake8_logits.interpret.tensors.outside_graph import away_from_graph
from flake8_logits.interpret.tensors.variables import assign_variable
from flake8_logits.interpret.tensors.writes import written_by_method
from flake8_logits.knowledge.arrays import VIEWING_METHODS
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.methods import LIKE_FUNCTIONS, SAME_NUMBERS
from flake8_logits.knowledge.rows import Operation
from flake8_logits.knowledge.variables import ASSIGN
from flake8_logits.source import syntax as ir


@calls_method(Tensor)
def _call(interp: Interpreter, tensor: Tensor, method: Method, args: Arguments, node: ir.Expression) -> Value:
    """What a method of a tensor gives, and what it writes."""
    result = _result(interp, tensor, method.name, args, node)
    if method.name in VIEWING_METHODS:
        result = interp.each(result, lambda one: as_view(one, tensor) if isinstance(one, Tensor) else one)
    return written_by_method(interp, tensor, method.name, args, result, node)


def _result(interp: Interpreter, tensor: Tensor, name: str, args: Arguments, node: ir.Expression) -> Value:
    if name == ASSIGN:
        assign_variable(interp, tensor, args.value(0, "value") or NONE, node)
    if name in SAME_NUMBERS:
        return away_from_graph(interp, tensor)
    if name == "round":
        round_off(interp, tensor, args.value(0, "decimals", "ndigits"), node)
        return interp.unknown(Reason.UNKNOWN_METHOD, node, name)
    if name in ("reshape", "view") and len(args.positional) > 1:
        # One size after the other instead of one shape; the number of units is not worth the trouble.
        args = Arguments(open=Lost(Reason.UNKNOWN_METHOD, node, name))
    row = lookup(LIKE_FUNCTIONS.get(name, ""))
    if isinstance(row, Operation):
        return away_from_graph(interp, apply_operation(interp, row, args.after(tensor), node))
    return Tensor(Lost(Reason.UNKNOWN_METHOD, node, name))

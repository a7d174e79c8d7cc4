"""Methods of tensors and arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.memory import as_array_of, as_view
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Gap,
    Method,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.calls import calls_unknown_method, gives_of_unknown
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method
from flake8_logits.interpret.engine.observing import leave_open
from flake8_logits.interpret.engine.operators import compare
from flake8_logits.interpret.tensors.cuts import round_off
from flake8_logits.interpret.tensors.effects import apply_operation
from flake8_logits.interpret.tensors.outside_graph import away_from_graph, unmarked
from flake8_logits.interpret.tensors.variables import assign_variable
from flake8_logits.interpret.tensors.writes import written_by_method
from flake8_logits.knowledge.arrays import ARRAY_OF_TENSOR, VIEWING_METHODS
from flake8_logits.knowledge.catalogue import canonical, lookup
from flake8_logits.knowledge.methods import (
    ACTIVATING,
    AS_A_NUMBER,
    COMPARING,
    LARGEST,
    LIKE_FUNCTIONS,
    LOGARITHMS,
    OVER_AN_AXIS,
    PARTING,
    ROUNDING,
    SAME_NUMBERS,
    STILL_TENSORS,
    TURNED,
    WITH_PLACES,
    like_extreme,
    like_function,
)
from flake8_logits.knowledge.rows import Operation
from flake8_logits.knowledge.variables import ASSIGN
from flake8_logits.source import syntax as ir


@calls_method(Tensor)
def _call(interp: Interpreter, tensor: Tensor, method: Method, args: Arguments, node: ir.Expression) -> Value:
    """What a method of a tensor gives, and what it writes."""
    if interp.patched and canonical(f"torch.Tensor.{method.name}") in interp.patched:
        return interp.unknown(Reason.CUSTOM, node, method.name)
    result = _result(interp, tensor, method.name, args, node)
    if method.name in VIEWING_METHODS:
        result = interp.each(result, lambda one: as_view(one, tensor) if isinstance(one, Tensor) else one)
    elif method.name == ARRAY_OF_TENSOR:
        result = interp.each(result, lambda one: as_array_of(one, tensor) if isinstance(one, Tensor) else one)
    return written_by_method(interp, tensor, method.name, args, result, node)


def _of_unknown(name: str) -> Callable[[Interpreter, Unknown, Arguments, ir.Expression], Value | None]:
    """An activation that is called as a method, of what must be a tensor: it is given an axis and no more."""

    def run(interp: Interpreter, callee: Unknown, args: Arguments, node: ir.Expression) -> Value | None:
        axes = [value for value, _ in args.positional] + [value for key, value, _ in args.keywords if key == "dim"]
        if len(axes) != len(args.values()) or not all(_is_axis(value) for value in axes):
            return None
        if not axes and (name in OVER_AN_AXIS or callee.lost.reason in _OF_MODULES):
            return None
        return _result(interp, Tensor(callee.lost), name, args, node)

    return run


_OF_MODULES = (Reason.IMPORTED, Reason.STAR_IMPORT, Reason.UNDEFINED_NAME)


@gives_of_unknown("view")
def _viewed(interp: Interpreter, callee: Unknown, args: Arguments, node: ir.Expression) -> Value | None:
    """A tensor of which nothing is known but how many axes it has."""
    return Tensor(callee.lost, rank=len(args.positional)) if len(args.positional) > 1 and args.open is None else None


def _is_axis(value: Value) -> bool:
    return isinstance(value, Const) and type(value.value) is int


for _name in ACTIVATING:
    gives_of_unknown.add(_name, _of_unknown(_name))


_READING = (
    dict.fromkeys((*COMPARING, *ROUNDING), SiteKind.CUT)
    | dict.fromkeys(LOGARITHMS, SiteKind.WRITTEN)
    | dict.fromkeys(LARGEST, SiteKind.CHOICE)
)
"""By name of a method of tensors: how it reads them."""


def _of_something_else(kind: SiteKind) -> Callable[[Interpreter, Unknown, Arguments, ir.Expression], None]:
    """Where a tensor is read elsewhere in the program, something may be that is not known."""

    def act(interp: Interpreter, callee: Unknown, args: Arguments, node: ir.Expression) -> None:
        leave_open(interp, kind, node, callee.lost)

    return act


for _name, _kind in _READING.items():
    calls_unknown_method.add(_name, _of_something_else(_kind))


def _result(interp: Interpreter, tensor: Tensor, name: str, args: Arguments, node: ir.Expression) -> Value:
    if name == ASSIGN:
        assign_variable(interp, tensor, args.value(0, "value") or NONE, node)
    if tensor.variable and name in TURNED:
        return tensor
    if name in SAME_NUMBERS:
        return away_from_graph(interp, tensor)
    if name in STILL_TENSORS or name == AS_A_NUMBER:
        return unmarked(interp, tensor)
    if name in ROUNDING:
        round_off(interp, tensor, args.value(0, "decimals", "ndigits"), node)
        return interp.unknown(Reason.UNKNOWN_METHOD, node, name)
    if name in COMPARING:
        compare(interp, COMPARING[name], tensor, args.value(0, "other") or NONE, node)
    sizes = args
    if name in ("reshape", "view") and len(args.positional) > 1:
        # One size after the other instead of one shape; the number of units is not worth the trouble.
        args = Arguments(open=Lost(Reason.UNKNOWN_METHOD, node, name))
    extreme = like_extreme(name, dim=bool(args.positional) or args.keyword("dim") is not None)
    row = lookup(LIKE_FUNCTIONS.get(name) or extreme or canonical(like_function(name)))
    if isinstance(row, Operation):
        taken_out = unmarked if tensor.memory is None else away_from_graph
        result = taken_out(interp, apply_operation(interp, row, args.after(tensor), node))
        return _with_rank(result, _rank_of(interp, tensor, name, sizes))
    if name in PARTING or _has_places(tensor, name, sizes):
        return interp.call(interp.library(like_function(name)), args.after(tensor), node)
    return Tensor(Lost(Reason.UNKNOWN_METHOD, node, name, library=like_function(name)))


def _has_places(tensor: Tensor, name: str, args: Arguments) -> bool:
    """Whether the largest or smallest numbers are asked for as PyTorch does, which says where they are.

    What is an array for certain is none of its tensors.
    """
    axis = args.value(0, "dim")
    told = all(key in ("dim", "keepdim") for key, _, _ in args.keywords) and args.open is None
    return like_function(name) in WITH_PLACES and tensor.memory is None and told and axis is not None and _is_axis(axis)


def _rank_of(interp: Interpreter, tensor: Tensor, name: str, sizes: Arguments) -> int | None:
    """How many axes the result of a method has; None where that is not known."""
    if name not in ("reshape", "view"):
        return tensor.rank if name in ACTIVATING else None
    given = sizes.value(0)
    content = content_of(interp, given) if given is not None and len(sizes.positional) == 1 else None
    if isinstance(content, Sequence):
        return None if any(isinstance(item, Gap) for item in content.items) else len(content.items)
    return len(sizes.positional) if len(sizes.positional) > 1 and sizes.open is None else None


def _with_rank(value: Value, rank: int | None) -> Value:
    return replace(value, rank=rank) if isinstance(value, Tensor) and rank is not None else value

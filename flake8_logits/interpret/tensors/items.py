"""Items and slices of tensors."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Axis
from flake8_logits.domain.scales import DISTRIBUTIONS, Rescue
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.memory import as_view
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.values import (
    NONE,
    SLICE,
    Const,
    Gap,
    Method,
    Object,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter, reads_attribute, reads_item
from flake8_logits.interpret.tensors.effects import step
from flake8_logits.interpret.tensors.side_by_side import cut_out, holds_distribution
from flake8_logits.source import syntax as ir


@reads_item(Tensor)
def _item(interp: Interpreter, tensor: Tensor, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
    cut = cut_out(tensor, index, node)
    if cut is not None:
        return as_view(cut, tensor)
    part = sliced(tensor, index, bounds, node)
    if bounds is not None and all(bound is None for bound in bounds):
        return replace(part, memory=tensor.memory)
    return as_view(part, tensor)


def sliced(tensor: Tensor, index: Value | None, bounds: Bounds | None, node: ir.Node) -> Tensor:
    """``tensor[...]``: slices keep numbers of any kind but a distribution, which survives only along other axes."""
    belief = tensor.belief
    if isinstance(belief, Lost):
        return Tensor(belief)
    kept = replace(step(belief, node, "slice", Rescue.NEVER), units=None)
    if belief.axis is not None and bounds is None and _may_turn(belief.axis, index, tensor.rank):
        return Tensor(Lost(Reason.LOST_SCALE, node, "slice", belief, kind=StepKind.PART))
    along_samples = bounds is not None or _picks_samples(index)
    if belief.scale not in DISTRIBUTIONS and (along_samples or not holds_distribution(tensor)):
        return Tensor(kept)
    if along_samples:
        # The first axis is the batch; the class axis is the last one, and stays whole.
        return Tensor(kept)
    return Tensor(Lost(Reason.LOST_SCALE, node, "slice", belief, kind=StepKind.PART))


def _may_turn(axis: Axis, index: Value | None, rank: int | None) -> bool:
    """Whether the axis of a softmax may be the last one, or no longer the first, once axes beside it are gone."""
    if not isinstance(index, Sequence) or index.kind != "tuple":
        return axis == 0
    if all(item == Const(...) or (isinstance(item, Sequence) and item.kind == SLICE) for item in index.items):
        return False
    return axis == 0 or not _is_number(_at(axis, index.items, rank))


def _at(axis: Axis, items: tuple[Value | Gap, ...], rank: int | None) -> Value | Gap | None:
    """What an index of several axes asks of one of them; None where that is not known."""
    if not isinstance(axis, int) or NONE in items:
        return None
    dots = items.index(Const(...)) if Const(...) in items else None
    if axis >= 0:
        return items[axis] if axis < (len(items) if dots is None else dots) else None
    behind = len(items) - dots - 1 if dots is not None else (len(items) if len(items) == rank else 0)
    return items[axis] if -axis <= behind else None


def _is_number(item: Value | Gap | None) -> bool:
    return isinstance(item, Const) and type(item.value) is int


def _picks_samples(index: Value | None) -> bool:
    """Whether one index alone picks along the first axis: a number, numbers in a list or tensor, or a mask."""
    if isinstance(index, Const):
        return isinstance(index.value, int)
    return isinstance(index, (Unknown, Tensor, Method)) or (
        isinstance(index, Object) and isinstance(index.ref, ListRef)
    )


@reads_attribute(Tensor)
def _attribute(interp: Interpreter, tensor: Tensor, name: str, node: ir.Expression) -> Value:
    """``tensor.data`` is the same numbers, ``weights.T`` the same weights; all else a method or not known."""
    if name == "data" or (tensor.variable and name in ("T", "mT")):
        return tensor
    return reads_attribute.get(object)(interp, tensor, name, node)

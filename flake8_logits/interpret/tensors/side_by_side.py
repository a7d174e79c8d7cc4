"""Tensors that lie side by side in another along its last axis, as in a detector's head, and what is cut out of it."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import DISTRIBUTIONS, Rescue
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import NONE, SLICE, Const, Part, Sequence, Tensor, Value
from flake8_logits.source import syntax as ir

_Cut = tuple[int, int]
"""A place along the axis: the number of a part, and how far into it."""


def laid_out(result: Tensor, tensors: list[Tensor], axis: Value) -> Tensor:
    """What several tensors make together: it remembers them where they lie along the last axis."""
    if len(tensors) < 2 or not _is_last(axis, {tensor.rank for tensor in tensors}):
        return result
    parts = tuple(part for tensor in tensors for part in tensor.parts or (_alone(tensor),))
    ranks = {tensor.rank for tensor in tensors}
    return replace(result, parts=parts, rank=result.rank or (ranks.pop() if len(ranks) == 1 else None))


def _alone(tensor: Tensor) -> Part:
    """A tensor as the only part."""
    belief = tensor.belief
    return Part(belief, belief.units if isinstance(belief, Output) else None)


def parts_of(tensor: Tensor) -> tuple[Part, ...]:
    """What lies side by side in a tensor: itself where its numbers are of a kind that each of them keeps."""
    if tensor.memory is not None:
        return ()
    belief = tensor.belief
    alone = isinstance(belief, Output) and belief.scale not in DISTRIBUTIONS and belief.units is not None
    return tensor.parts or ((_alone(tensor),) if alone else ())


def _is_last(axis: Value, ranks: set[int | None]) -> bool:
    if axis == Const(-1):
        return True
    return isinstance(axis, Const) and type(axis.value) is int and ranks == {axis.value + 1}


def holds_distribution(tensor: Tensor) -> bool:
    """Whether a distribution lies whole in a tensor: what is cut out of it may be that."""
    return any(isinstance(part.belief, Output) and part.belief.scale in DISTRIBUTIONS for part in tensor.parts)


def cut_out(tensor: Tensor, index: Value | None, node: ir.Node) -> Tensor | None:
    """What ``tensor[..., 4:5]`` gives of a tensor whose parts are known; None where that does not tell."""
    last = _of_last_axis(tensor, index)
    if isinstance(last, Const) and type(last.value) is int:
        end = NONE if last.value == -1 else Const(last.value + 1)
        found = between(tensor, last, end, node)
        return None if found is None else _without_axis(found, node)
    if isinstance(last, Sequence) and last.kind == SLICE and last.items[2] in (NONE, Const(1)):
        lower, upper = last.items[:2]
        return between(tensor, Const(0) if lower == NONE else lower, upper, node)
    return None


def _of_last_axis(tensor: Tensor, index: Value | None) -> object:
    """What is asked of the last axis; None where nothing is, or nobody knows which axis that is."""
    if not parts_of(tensor) or not isinstance(index, Sequence) or index.kind != "tuple":
        return None
    before = index.items[:-1]
    if len(index.items) > 1 and (before == (Const(...),) or (_are_axes(before) and len(index.items) == tensor.rank)):
        return index.items[-1]
    return None


def _are_axes(items: tuple[object, ...]) -> bool:
    """Whether each of these is asked of one axis."""
    return all(
        (isinstance(item, Const) and type(item.value) is int) or (isinstance(item, Sequence) and item.kind == SLICE)
        for item in items
    )


def between(tensor: Tensor, lower: object, upper: object, node: ir.Node) -> Tensor | None:
    """What lies between two places of the last axis; None where nobody knows which parts these are."""
    parts = parts_of(tensor)
    start, end = _place(parts, lower), (len(parts), 0) if upper == NONE else _place(parts, upper)
    if start is None or end is None or start >= end:
        return None
    first, last = start[0], end[0] - (end[1] == 0)
    found: list[Tensor] = []
    for number, part in enumerate(parts[first : last + 1], first):
        begin, until = start[1] if number == first else 0, end[1] if number == end[0] else part.size
        whole = begin == 0 and until == part.size
        found.append(_of_one(part, node, whole, None if until is None else until - begin))
    return found[0] if len(found) == 1 else _several(found, node)


def _several(found: list[Tensor], node: ir.Node) -> Tensor:
    """Parts that still lie side by side."""
    scales = {tensor.belief.scale if isinstance(tensor.belief, Output) else None for tensor in found}
    (only, *others) = scales
    known = not others and only is not None and only not in DISTRIBUTIONS
    belief = found[0].belief if known else Lost(Reason.LOST_SCALE, node, "slice", kind=StepKind.PART)
    if isinstance(belief, Output):
        belief = replace(belief, units=None)
    return laid_out(Tensor(belief), found, Const(-1))


def _of_one(part: Part, node: ir.Node, whole: bool, size: int | None = None) -> Tensor:
    """A part of the axis, or as much of it as ``size`` says."""
    belief = part.belief
    if isinstance(belief, Lost):
        return Tensor(belief)
    if not whole and belief.scale in DISTRIBUTIONS:
        return Tensor(Lost(Reason.LOST_SCALE, node, "slice", belief, kind=StepKind.PART))
    trail = (*belief.trail, Step(node, "slice"))
    return Tensor(replace(belief, rescue=belief.rescue.then(Rescue.NEVER), trail=trail, units=size))


def _without_axis(found: Tensor, node: ir.Node) -> Tensor:
    """One number of the last axis, which is gone: of a distribution it is a part."""
    belief = found.belief
    if isinstance(belief, Output) and belief.scale in DISTRIBUTIONS:
        return Tensor(Lost(Reason.LOST_SCALE, node, "slice", belief, kind=StepKind.PART))
    return Tensor(belief if isinstance(belief, Lost) else replace(belief, units=None))


def _place(parts: tuple[Part, ...], at: object) -> _Cut | None:
    """Where a place is that is counted from either end; None where a part in between has a size that nobody knows."""
    if not isinstance(at, Const) or type(at.value) is not int:
        return None
    if at.value >= 0:
        return _walk([part.size for part in parts], at.value)
    found = _walk([part.size for part in reversed(parts)], -at.value)
    if found is None:
        return None
    number, inside = found
    if inside == 0:
        return len(parts) - number, 0
    part = parts[len(parts) - 1 - number]
    assert part.size is not None
    return len(parts) - 1 - number, part.size - inside


def _walk(sizes: list[int | None], left: int) -> _Cut | None:
    for number, size in enumerate(sizes):
        if left == 0:
            return number, 0
        if size is None:
            return None
        if left < size:
            return number, left
        left -= size
    return (len(sizes), 0) if left == 0 else None

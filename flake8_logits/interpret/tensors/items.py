"""Items and slices of tensors."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.scales import DISTRIBUTIONS, Rescue
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.memory import as_view
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.values import Const, Method, Object, Tensor, Unknown, Value
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
    along_samples = bounds is not None or _picks_samples(index)
    if belief.scale not in DISTRIBUTIONS and (along_samples or not holds_distribution(tensor)):
        return Tensor(kept)
    if along_samples:
        # The first axis is the batch; the class axis is the last one, and stays whole.
        return Tensor(kept)
    return Tensor(Lost(Reason.LOST_SCALE, node, "slice", belief, kind=StepKind.PART))


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

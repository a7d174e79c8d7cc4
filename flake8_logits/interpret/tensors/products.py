"""Products of tensors: with weights or of numbers of any size they are numbers of any size again."""

from __future__ import annotations

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Tensor, Value
from flake8_logits.source import syntax as ir


def matmul(left: Value, right: Value, node: ir.Node) -> Tensor:
    """A matrix product: with trainable weights any real number, of two tensors what ``dot`` says."""
    if not _variable(left, right):
        return dot(left, right, node)
    width = right.width if isinstance(right, Tensor) else None
    return Tensor(_weighted(node, width), rank=left.rank if isinstance(left, Tensor) and left.rank else 2)


def dot(left: Value, right: Value, node: ir.Node) -> Tensor:
    """A product that is summed up: any real number, if the two are, or one is a mean of the other's."""
    if _variable(left, right):
        return Tensor(_weighted(node, None))
    if apart(left, right) or {_scale(left), _scale(right)} == {Scale.LOGITS, Scale.SOFTMAX}:
        return Tensor(of_any_size(node))
    lost = next((value.belief for value in (left, right) if isinstance(value, Tensor)), None)
    return Tensor(lost.changed() if isinstance(lost, Lost) else Lost(Reason.UNKNOWN_OPERATION, node))


def apart(left: Value, right: Value) -> bool:
    """Whether both are numbers of any size and not the same ones: those times themselves are squares."""
    if _scale(left) is not Scale.LOGITS or _scale(right) is not Scale.LOGITS:
        return False
    return _origin(left) != _origin(right)


def of_any_size(node: ir.Node) -> Output:
    """What a product of numbers of any size is."""
    words = "a product of numbers of any size"
    return Output(Scale.LOGITS, (Step(node, words, by=words),), Rescue.NEVER)


def is_weights(value: Value) -> bool:
    """Whether a value is a variable that is trained."""
    return isinstance(value, Tensor) and value.variable


def _variable(left: Value, right: Value) -> bool:
    return is_weights(left) or is_weights(right)


def _weighted(node: ir.Node, units: int | None) -> Output:
    words = "weights times the input"
    return Output(Scale.LOGITS, (Step(node, f"{words}, without an activation", by=words),), units=units)


def _scale(value: Value) -> Scale | None:
    return value.belief.scale if isinstance(value, Tensor) and isinstance(value.belief, Output) else None


def _origin(value: Value) -> object:
    belief = value.belief if isinstance(value, Tensor) else None
    return belief.origin.place if isinstance(belief, Output) and belief.origin is not None else None

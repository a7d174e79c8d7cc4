"""A softmax or a sigmoid that a program writes out: exponentials by their sum, one by one and an exponential."""

from __future__ import annotations

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import PROBABILITIES, Rescue, Scale
from flake8_logits.interpret.abstract.values import Arguments, Const, OnePlus, Sequence, Tensor, Total, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.traits import SUM_KEEPS_PLACE, SUMMED_ALONG, along_classes, is_exponential
from flake8_logits.source import syntax as ir

_NEVER_NEGATIVE = PROBABILITIES | {Scale.NON_NEGATIVE, Scale.UNIT_INTERVAL}
SMALLEST_STEP = 1e-2
"""A constant added to probabilities that is no larger than this is there for the logarithm's sake."""


def total(interp: Interpreter, name: str, args: Arguments, inputs: Tensor) -> Total:
    """What a sum is: whether it is along the classes, and their place is kept, decides what dividing by it gives."""
    axis, kept = args.value(1, *SUMMED_ALONG), args.value(2, *SUM_KEEPS_PLACE)
    classes = along_classes(name, [keyword for keyword, _, _ in args.keywords])
    ends = set(map(Const, classes if inputs.rank is None else (-1, inputs.rank - 1)))
    content = content_of(interp, axis) if axis is not None else None
    if isinstance(content, Sequence):
        last = len(content.items) == 1 and content.items[0] in ends
    else:
        last = axis in ends
    return Total(inputs, last and kept == Const(True))


_ONE = (Const(1), Const(1.0))


def normalised(op: str, left: Value, right: Value, node: ir.Node) -> Output | None:
    """What a quotient is that is a softmax or a sigmoid written out; None for any other arithmetic."""
    if op != "/" or not isinstance(right, Tensor):
        return None
    form = right.form
    if isinstance(form, Total) and form.kept and isinstance(left, Tensor) and _same(left, form.of):
        belief = left.belief
        if isinstance(belief, Output) and belief.scale in _NEVER_NEGATIVE:
            words = Step(node, "numbers divided by their sum", by="a division by the sum")
            return Output(Scale.SOFTMAX, (words,), Rescue.NEVER, belief.units)
    if isinstance(form, OnePlus) and (left in _ONE or (isinstance(left, Tensor) and _same(left, form.of))):
        belief = form.of.belief
        words = Step(node, "a sigmoid written out", by="a sigmoid written out")
        return Output(Scale.SIGMOID, (words,), Rescue.NEVER, belief.units if isinstance(belief, Output) else None)
    return None


def one_more(op: str, left: Value, right: Value) -> OnePlus | None:
    """``1 + x`` or ``x + 1`` of an exponential; None for anything else."""
    tensor = right if left in _ONE else left if right in _ONE else None
    return OnePlus(tensor) if op == "+" and isinstance(tensor, Tensor) and _is_exponential(tensor) else None


def own_share(op: str, left: Value, right: Value) -> bool:
    """Whether a quotient is one of numbers by their own sum."""
    form = right.form if isinstance(right, Tensor) else None
    return op == "/" and isinstance(form, Total) and isinstance(left, Tensor) and _same(left, form.of)


def is_small(value: Value) -> bool:
    """Whether a value is a number that is added for a logarithm's or a quotient's sake."""
    number = value.value if isinstance(value, Const) else None
    return isinstance(number, (int, float)) and abs(number) <= SMALLEST_STEP


def _is_exponential(tensor: Tensor) -> bool:
    belief = tensor.belief
    if not isinstance(belief, Output) or belief.scale is not Scale.NON_NEGATIVE:
        return False
    return bool(belief.trail) and is_exponential(belief.trail[-1].note)


def _same(first: Tensor, second: Tensor) -> bool:
    """Whether two tensors hold the same numbers: they are one, or the same was done to one."""
    one, other = first.belief, second.belief
    if first is second:
        return True
    if first.fed is None or first.fed is not second.fed or not isinstance(one, Output) or not isinstance(other, Output):
        return False
    return one == other and [link.note for link in one.trail] == [link.note for link in other.trail]

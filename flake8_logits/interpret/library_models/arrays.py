"""Functions that choose between tensors, or cut one into several: which numbers are left is known, where is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import DISTRIBUTIONS, Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import MOST_ITEMS
from flake8_logits.interpret.abstract.memory import as_view
from flake8_logits.interpret.abstract.values import NONE, Arguments, Const, Gap, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of, make_sequence
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.tensors.arguments import as_tensor
from flake8_logits.interpret.tensors.effects import step
from flake8_logits.interpret.tensors.masks import masks
from flake8_logits.interpret.tensors.side_by_side import between, holds_distribution, parts_of
from flake8_logits.source import syntax as ir


@models_library("tensorflow.where", "keras.ops.where", "numpy.where", "jax.numpy.where")
def _where(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Numbers of the one or the other: of a kind where both are, or where a constant masks some of the logits."""
    first, second = args.value(1, "x", "x1"), args.value(2, "y", "x2")
    if first is None or second is None:
        return interp.unknown(Reason.EXPRESSION, node)
    return interp.each(first, lambda one: interp.each(second, lambda two: _either(interp, one, two, node)))


def _either(interp: Interpreter, first: Value, second: Value, node: ir.Expression) -> Value:
    if not isinstance(first, Tensor) and not isinstance(second, Tensor):
        return interp.unknown(Reason.UNKNOWN_OPERATION, node, "where")
    for one, other in ((first, second), (second, first)):
        belief = as_tensor(one, node).belief
        if not isinstance(belief, Output) or belief.scale in DISTRIBUTIONS:
            continue
        same = isinstance(other, Tensor) and isinstance(other.belief, Output) and other.belief.scale is belief.scale
        if same or (belief.scale is Scale.LOGITS and masks(other)):
            return Tensor(replace(step(belief, node, "where", Rescue.NEVER), units=belief.units if same else None))
    beliefs = [as_tensor(value, node).belief for value in (first, second)]
    of_tensors = [value.belief for value in (first, second) if isinstance(value, Tensor)]
    lost = next((belief for belief in of_tensors if isinstance(belief, Lost)), None)
    return Tensor(lost.beside(beliefs) if lost is not None else Lost(Reason.UNKNOWN_OPERATION, node, "where"))


def _cut(name: str, more: int = 0) -> LibraryFunction:
    """A function that cuts a tensor along an axis, into as many parts as its argument of this name says.

    A list there has an entry for each part, or for each cut, when there is one part ``more``.
    """

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        count = args.value(1, name)
        axis = args.value(2, "axis") or Const(0)
        sizes = None if count is None else content_of(interp, count)

        def cut(option: Value) -> Value:
            several = _of_parts(as_tensor(option, node), sizes, axis, node, more)
            if several is not None:
                return make_sequence(interp, node, "list", several)
            part = as_view(_part(as_tensor(option, node), axis, node), option)
            if isinstance(sizes, Sequence) and not any(isinstance(item, Gap) for item in sizes.items):
                number = len(sizes.items) + more
            elif isinstance(count, Const) and type(count.value) is int and 0 < count.value <= MOST_ITEMS:
                number = count.value
            else:
                return make_sequence(interp, node, "list", [Gap(Lost(Reason.EXPRESSION, node), part)])
            return make_sequence(interp, node, "list", [part] * number)

        return interp.each(args.value(0, "value", "x", "ary") or interp.unknown(Reason.EXPRESSION, node), cut)

    return run


def _of_parts(
    tensor: Tensor, sizes: Value | None, axis: Value, node: ir.Expression, more: int
) -> list[Value | Gap] | None:
    """What a tensor of known parts is cut into along its last axis; None where that does not tell."""
    last = axis == Const(-1) or (tensor.rank is not None and axis == Const(tensor.rank - 1))
    if not parts_of(tensor) or not last or not isinstance(sizes, Sequence):
        return None
    counts = [item.value for item in sizes.items if isinstance(item, Const) and type(item.value) is int]
    if len(counts) < len(sizes.items) or any(count < 0 for count in counts):
        return None
    ends = counts if more else list(accumulate(counts))
    cuts: list[Value] = [Const(0), *map(Const, ends), *([NONE] if more else [])]
    found = [between(tensor, lower, upper, node) for lower, upper in pairwise(cuts)]
    return None if None in found else [part for part in found if part is not None]


def _part(tensor: Tensor, axis: Value, node: ir.Expression) -> Tensor:
    """A part of a tensor: a distribution stays one where the batch is cut."""
    belief = tensor.belief
    if isinstance(belief, Lost):
        return Tensor(belief)
    batch = axis == Const(0)
    if (belief.scale in DISTRIBUTIONS or holds_distribution(tensor)) and not batch:
        return Tensor(Lost(Reason.LOST_SCALE, node, "split", belief))
    return Tensor(replace(step(belief, node, "split", Rescue.NEVER), units=belief.units if batch else None))


models_library("tensorflow.split")(_cut("num_or_size_splits"))
models_library("keras.ops.split", "numpy.split", "numpy.array_split")(_cut("indices_or_sections", 1))
models_library("tensorflow.unstack", "keras.ops.unstack")(_cut("num"))

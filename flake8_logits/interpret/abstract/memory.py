"""Arrays that are written in place: what each of their names stands for after that."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.scales import DISTRIBUTIONS
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import CONTENT
from flake8_logits.interpret.abstract.state import State
from flake8_logits.interpret.abstract.values import (
    NONE,
    Blank,
    Choice,
    Gap,
    Mapping,
    Memory,
    Sequence,
    Tensor,
    Unknown,
    Value,
)


def with_own_memory(tensor: Tensor) -> Tensor:
    """The tensor as an array that shares its numbers with no other."""
    return replace(tensor, memory=Memory(Ref(None)))


def as_array_of(array: Tensor, tensor: Tensor) -> Tensor:
    """The array as one that may share its numbers with a tensor of which no memory is known."""
    if array.memory is None or tensor.memory is not None:
        return array
    return replace(array, memory=replace(array.memory, of_tensor=True))


def as_view(tensor: Tensor, of: Value) -> Tensor:
    """The tensor as an array that shares its numbers with another one, if that is an array."""
    if not isinstance(of, Tensor) or of.memory is None:
        return tensor
    seen = of.belief if of.memory.whole else of.memory.seen
    return replace(tensor, memory=replace(of.memory, whole=False, seen=seen))


def write(state: State, memory: Memory, content: Value) -> None:
    """Let an array hold something else from here on, under every name."""
    if state.get(memory.ref, CONTENT) is None:
        # Branches that do not write it know it as it was made.
        state.bottom.set(memory.ref, CONTENT, NONE)
    state.set(memory.ref, CONTENT, content)


def current(state: State, value: Value) -> Value:
    """A value with what was written into its arrays since they were made."""
    if isinstance(value, Tensor):
        content = None if value.memory is None else state.get(value.memory.ref, CONTENT)
        if content is None:
            return value
        options = options_of(content)
        if isinstance(value.form, Blank):
            # Where nothing was written yet, there is nothing to read.
            options = tuple(option for option in options if option[0] != NONE) or options
        return choice([(_as_written(value, option), guards) for option, guards in options])
    if isinstance(value, Choice):
        return choice([(current(state, option), guards) for option, guards in value.options])
    if isinstance(value, Sequence):
        items = tuple(item if isinstance(item, Gap) else current(state, item) for item in value.items)
        unchanged = all(now is item for now, item in zip(items, value.items, strict=True))
        return value if unchanged else Sequence(items, value.kind)
    if isinstance(value, Mapping):
        entries = tuple((key, current(state, item)) for key, item in value.items)
        unchanged = all(now is item for (_, now), (_, item) in zip(entries, value.items, strict=True))
        return value if unchanged else replace(value, items=entries)
    return value


def _as_written(tensor: Tensor, content: Value) -> Tensor:
    memory = tensor.memory
    if content == NONE or memory is None:
        return tensor
    if isinstance(tensor.form, Blank):
        tensor = replace(tensor, form=None, rank=tensor.form.rank)
    if not isinstance(content, Tensor):
        lost = content.lost if isinstance(content, Unknown) else Lost(Reason.WRITTEN)
        return Tensor(lost, memory=memory)
    belief, before = content.belief, tensor.belief
    if (belief is before and content.variable is tensor.variable) or belief is memory.seen:
        return tensor
    if memory.whole or isinstance(belief, Lost):
        return replace(tensor, belief=belief, variable=content.variable, made_by=None, fed=None)
    if isinstance(before, Lost):
        return tensor
    if before.scale is belief.scale and belief.scale not in DISTRIBUTIONS:
        return replace(tensor, belief=replace(belief, units=before.units))
    return Tensor(Lost(Reason.WRITTEN, belief.trail[-1].place if belief.trail else None), memory=memory)

"""Choices between values: flat, merged where equal, bounded in number, each option under its guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import (
    Choice,
    Class,
    Difference,
    Form,
    Function,
    Guards,
    LayerCall,
    Library,
    Memory,
    Method,
    Object,
    OnePlus,
    Overlap,
    Tensor,
    Total,
    Unknown,
    Value,
)

MOST_CANDIDATES = 8
"""A name that can stand for more values than this is Unknown."""

MOST_THINGS = 40
"""As many models, or functions that build them, may be: one of a zoo, by a name or number that is not known."""

_THINGS = (Object, Method, Function, Class, Library)


def options_of(value: Value) -> tuple[tuple[Value, Guards], ...]:
    """The options of a value: itself alone unless it is a Choice."""
    return value.options if isinstance(value, Choice) else ((value, ()),)


def combine(first: Guards, second: Guards) -> Guards | None:
    """Both conditions at once, or None where they contradict each other."""
    if not first or not second:
        return first or second
    known = dict(first)
    for symbol, answer in second:
        if known.setdefault(symbol, answer) != answer:
            return None
    return tuple(known.items())


def choice(options: Iterable[tuple[Value, Guards]]) -> Value:
    """One value for several: flat, equal ones merged (keeping the conditions they share), bounded in number."""
    options = list(options)
    if len(options) == 1 and not isinstance(options[0][0], Choice):
        return options[0][0]
    merged: dict[Value, tuple[Value, Guards]] = {}
    unknown: tuple[Value, Guards] | None = None
    for outer, guards in options:
        for value, inner in options_of(outer):
            both = combine(guards, inner)
            if both is None:
                continue
            if _is_unknown(value):
                unknown = (value, both) if unknown is None else _either_unknown(unknown, value, both)
            else:
                known = merged.get(value)
                merged[value] = (value, both) if known is None else (_same(known[0], value), _shared(known[1], both))
    found: list[tuple[Value, Guards]] = list(merged.values())
    if unknown is not None:
        found.append(unknown)
    return _bounded(found)


def _same(first: Value, second: Value) -> Value:
    """One of two equal values; of two tensors or arrays, one that may be either."""
    if not isinstance(first, Tensor) or not isinstance(second, Tensor):
        return first
    if isinstance(first.belief, Output) and isinstance(second.belief, Output) and first.belief is not second.belief:
        first = replace(first, belief=first.belief.joined(second.belief))
    if first.form is not second.form:
        first = replace(first, form=_form_of_both(first, second))
    return _either_call_and_memory(first, second)


def _form_of_both(first: Tensor, second: Tensor) -> Form | None:
    """As what either of two tensors was computed: of numbers on one scale, what is true of both."""
    one, other = first.form, second.form
    if isinstance(one, (Overlap, Difference)) and isinstance(other, type(one)):
        both = _belief_of_both(one.of, other.of)
        return None if both is None else replace(one, of=both)
    if isinstance(one, (Total, OnePlus)) and isinstance(other, type(one)) and one.of is not other.of:
        # Which of the two it is nobody knows: it is the sum of neither.
        both = _belief_of_both(one.of.belief, other.of.belief)
        return None if both is None or replace(one, of=other.of) != other else replace(one, of=Tensor(both))
    return one if one == other else None


def _belief_of_both(first: Output | Lost, second: Output | Lost) -> Output | Lost | None:
    if not isinstance(first, Output) or not isinstance(second, Output):
        return first if first == second else None
    if first.scale is not second.scale or first.trained_for is not second.trained_for:
        return None
    return replace(first.joined(second), rescue=first.rescue.then(second.rescue))


def _either_call_and_memory(first: Tensor, second: Tensor) -> Tensor:
    if not _is_one_call(first.call, second.call):
        first = replace(first, call=LayerCall(Unknown(Lost(Reason.EXPRESSION)), None))
    if first.memory == second.memory:
        return first
    memory = first.memory or second.memory
    return replace(first, memory=None if memory is None else Memory(memory.ref, whole=False))


def _is_one_call(first: LayerCall | None, second: LayerCall | None) -> bool:
    if first is None or second is None:
        return first is second
    return first is second or (first.layer == second.layer and first.inputs is second.inputs)


def _is_unknown(value: Value) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, Tensor) and isinstance(value.belief, Lost))


def _either_unknown(first: tuple[Value, Guards], value: Value, guards: Guards) -> tuple[Value, Guards]:
    """One unknown is as good as two: it keeps the first one's reason, and of the rest what both have in common."""
    kept, known = first
    if isinstance(kept, Unknown) and kept != value:
        kept = Unknown(_either_lost(kept.lost, value))
    elif isinstance(kept, Tensor) and isinstance(kept.belief, Lost) and kept is not value:
        lost = _either_lost(kept.belief, value)
        kept = _common(replace(kept, belief=lost), value if isinstance(value, Tensor) else Tensor(lost))
    return kept, _shared(known, guards)


def _common(first: Tensor, second: Tensor) -> Tensor:
    """The first of two tensors of which nothing is believed, with the rest of what is known of both."""
    first = _either_call_and_memory(first, second)
    is_one_graph = first.fed is second.fed and first.made_by == second.made_by
    return replace(
        first,
        made_by=first.made_by if is_one_graph else None,
        variable=first.variable and second.variable,
        head=first.head if first.head == second.head else "",
        rank=first.rank if first.rank == second.rank else None,
        fed=first.fed if is_one_graph else None,
        width=first.width if first.width == second.width else None,
        form=_form_of_both(first, second),
        parts=first.parts if first.parts == second.parts else (),
    )


def _either_lost(first: Lost, value: Value) -> Lost:
    """The first reason; what was known before it only if something of the same scale was known before the other."""
    second = value.belief if isinstance(value, Tensor) else value.lost if isinstance(value, Unknown) else None
    if first.was is None:
        return first
    if not isinstance(second, Lost) or second.was is None or _was(first) != _was(second):
        return replace(first, was=None)
    return first if first.was is second.was else replace(first, was=first.was.joined(second.was))


def _was(lost: Lost) -> object:
    was = lost.was
    return lost.kind, None if was is None else (was.scale, was.rescue, was.trained_for)


def _bounded(found: list[tuple[Value, Guards]]) -> Value:
    """These options as one value; Unknown where there are too many."""
    if not found:
        return Unknown(Lost(Reason.EXPRESSION))
    if len(found) > MOST_CANDIDATES and not _is_zoo(found):
        found = _alike(found)
        if len(found) > MOST_CANDIDATES:
            return Unknown(Lost(Reason.CANDIDATES))
    return found[0][0] if len(found) == 1 else Choice(tuple(found))


def _is_zoo(found: list[tuple[Value, Guards]]) -> bool:
    return len(found) <= MOST_THINGS and all(isinstance(value, _THINGS) for value, _ in found)


def _alike(found: list[tuple[Value, Guards]]) -> list[tuple[Value, Guards]]:
    """One tensor for all of a kind, where there are nothing but tensors that are known: only their sizes go."""
    kept: dict[object, tuple[Value, Guards]] = {}
    for value, guards in found:
        if not isinstance(value, Tensor) or not isinstance(value.belief, Output):
            return found
        belief = value.belief
        kind = (belief.scale, belief.rescue, belief.axis, belief.trained_for, *(link.note for link in belief.trail[1:]))
        plain = Tensor(replace(belief, units=None))
        kept[kind] = (kept[kind][0], _shared(kept[kind][1], guards)) if kind in kept else (plain, guards)
    return list(kept.values())


def _shared(first: Guards, second: Guards) -> Guards:
    return tuple(item for item in first if item in second)

"""What a loop of unknown length does to a name: whether another turn can bring something new, and what stands for all.

A value that later turns change in a way of its own (a counter, a growing list) is forgotten as far as it changes.
"""

from __future__ import annotations

from typing import cast

from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.state import Key, State, Writes
from flake8_logits.interpret.abstract.values import Gap, Mapping, Object, Sequence, Tensor, Unknown, Value


def forgotten(value: Value, lost: Lost) -> Value:
    """What is left of a value of which nothing is known any more: of a container its kind."""
    if isinstance(value, Sequence):
        return Sequence((Gap(lost),), value.kind)
    return Mapping((), lost) if isinstance(value, Mapping) else Unknown(lost)


def unstable(base: State, written: list[Writes]) -> list[Key]:
    """The names that a turn gave a value which they did not have before it, nor one made at the same place."""
    found: dict[Key, None] = {}
    for writes in written:
        for key, value in writes.to_others():
            before = base.get(*key)
            if before is not None and value is not None and not covers(before, value):
                found[key] = None
    return list(found)


def differing(base: State, writes: Writes) -> list[Key]:
    """The names that were given a value which they could not have before, another object of the same place included."""
    found = []
    for key, value in writes.to_others():
        before = base.get(*key)
        if before is not None and value is not None:
            known = {option for option, _ in options_of(before)}
            if not all(option in known for option, _ in options_of(value)):
                found.append(key)
    return found


def covers(old: Value, new: Value) -> bool:
    """Whether everything that a new value can be is among what the old one can be."""
    known = [option for option, _ in options_of(old)]
    return all(any(_alike(one, option) for one in known) for option, _ in options_of(new))


def _alike(old: Value | Gap, new: Value | Gap) -> bool:
    if old == new or (_nothing(old) and _nothing(new)):
        return True
    if isinstance(old, Object) and isinstance(new, Object):
        # Made at the same place in another turn: what it was made of is compared by itself.
        return type(old.ref) is type(new.ref) and old.ref.node is not None and old.ref.node is new.ref.node
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        if old.items and isinstance(old.items[0], Gap):
            gap, tail = old.items[0], old.items[1:]
            rest = new.items[: len(new.items) - len(tail)]
            if gap.each is not None and not all(_within(gap.each, item) for item in rest):
                return False
            return len(new.items) > len(tail) and _all_alike(tail, new.items[len(rest) :])
        return len(old.items) == len(new.items) and _all_alike(old.items, new.items)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if old.partial is None and (new.partial is not None or len(new.items) > len(old.items)):
            return False
        return all(_has(old, key, value) for key, value in new.items)
    return False


def _has(old: Mapping, key: object, value: Value) -> bool:
    known = old.get(key)
    return covers(known, value) if known is not None else old.partial is not None


def _all_alike(old: tuple[Value | Gap, ...], new: tuple[Value | Gap, ...]) -> bool:
    return all(_alike(one, other) for one, other in zip(old, new, strict=True))


def _nothing(value: Value | Gap) -> bool:
    if isinstance(value, Tensor):
        return isinstance(value.belief, Lost) and not value.parts
    return isinstance(value, (Unknown, Gap))


def _within(each: Value, item: Value | Gap) -> bool:
    if isinstance(item, Gap):
        return item.each is not None and covers(each, item.each)
    return covers(each, item)


def _each(runs: list[tuple[Value | Gap, ...]]) -> Value | None:
    """What every item of some lists is; None where that is not known."""
    items = {item: None for run in runs for item in run}
    values = [item.each if isinstance(item, Gap) else item for item in items]
    known = [value for value in values if value is not None]
    return choice([(value, ()) for value in known]) if known and len(known) == len(values) else None


def widened(options: list[Value], lost: Lost) -> Value:
    """What stands for a name that changes with every turn; the end of a list may stay, and what dicts agree on."""
    if all(isinstance(option, Sequence) for option in options):
        runs = [cast("Sequence", option).items for option in options]
        last = runs[-1][-1] if runs[-1] else None
        stays = last is not None and all(not run or _alike(run[-1], last) for run in runs)
        gap = Gap(lost, _each(runs))
        return Sequence((gap, last) if stays and last is not None and not isinstance(last, Gap) else (gap,), "list")
    if all(isinstance(option, Mapping) for option in options):
        tables = [cast("Mapping", option) for option in options]
        kept = tuple(
            (key, value)
            for key, value in tables[-1].items
            if all((known := table.get(key)) is not None and covers(known, value) for table in tables)
        )
        return Mapping(kept, lost)
    return Unknown(lost)

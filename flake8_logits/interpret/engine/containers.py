"""Lists, tuples and dicts: made, read and changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.memory import current
from flake8_logits.interpret.abstract.references import DictRef, ListRef, Ref
from flake8_logits.interpret.abstract.slots import ITEMS, Item
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.abstract.values import (
    ITERATOR,
    NONE,
    Choice,
    Const,
    Gap,
    Mapping,
    Object,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter, reads_item, sets_item
from flake8_logits.source import syntax as ir

MOST_CALLS = 32
"""A function that is called for more items than these is handed over instead."""


def make_sequence(interp: Interpreter, node: ir.Node, kind: str, items: list[Value | Gap]) -> Value:
    """A tuple as a value; a list, set or iterator as an object."""
    if kind == "tuple":
        return Sequence(tuple(items), "tuple")
    ref = ListRef(node)
    interp.state.set(ref, ITEMS, Sequence(tuple(items), kind if kind in ("set", ITERATOR) else "list"))
    return Object(ref)


def make_dict(interp: Interpreter, node: ir.Node, content: Mapping) -> Value:
    """A dict as an object."""
    ref = DictRef(node)
    interp.state.set(ref, ITEMS, content)
    return Object(ref)


def content_of(interp: Interpreter, value: Value) -> Value | None:
    """What a container holds at present: a Sequence, a Mapping, a Choice of them; None for anything else."""
    content: Value | None = None
    if isinstance(value, (Sequence, Mapping)):
        content = value
    elif isinstance(value, Object) and isinstance(value.ref, (ListRef, DictRef)):
        content = interp.state.get(value.ref, ITEMS)
    return current(interp.state, content) if interp.rewritten and content is not None else content


def is_iterator(content: Value | None) -> bool:
    """Whether a container, by what it holds, can be walked once."""
    if content is None:
        return False
    return any(isinstance(option, Sequence) and option.kind == ITERATOR for option, _ in options_of(content))


def _leave(interp: Interpreter, iterator: Value, items: list[Value | Gap]) -> None:
    if isinstance(iterator, Object):
        interp.state.set(iterator.ref, ITEMS, Sequence(tuple(items), ITERATOR))


def leave_some(interp: Interpreter, iterator: Value, node: ir.Node) -> None:
    """Nobody knows how much of it an iterator has left."""
    _leave(interp, iterator, [Gap(Lost(Reason.LOOP, node))])


def next_of(interp: Interpreter, iterator: Value, default: Value | None, node: ir.Node) -> Value:
    """What an iterator gives next."""
    content = content_of(interp, iterator)
    if not isinstance(content, Sequence) or content.kind != ITERATOR or (not content.items and default is None):
        if is_iterator(content):
            leave_some(interp, iterator, node)
        return interp.unknown(Reason.LOOP, node)
    if not content.items:
        return NONE if default is None else default
    first, *others = content.items
    if not isinstance(first, Gap):
        _leave(interp, iterator, others)
        return first
    return Unknown(first.lost) if first.each is None or others or default is not None else first.each


def mapping_of(interp: Interpreter, value: Value, node: ir.Node) -> Mapping:
    """The dict that is made of a mapping or of pairs; what is not known of it is missing."""
    content = content_of(interp, value)
    if isinstance(content, Mapping):
        return content
    found = Mapping(())
    items = turns(interp, value)
    for item in [Gap(Lost(Reason.EXPRESSION, node))] if items is None else items:
        pair = None if isinstance(item, Gap) else content_of(interp, item)
        key, held = pair.items if isinstance(pair, Sequence) and len(pair.items) == 2 else (None, None)
        if isinstance(key, Const) and held is not None and not isinstance(held, Gap):
            found = found.put(key.value, held)
        else:
            found = Mapping(found.items, Lost(Reason.EXPRESSION, node))
    return found


def all_of_few(items: list[Value | Gap] | None) -> list[Value] | None:
    """Items for each of which a function is called; None where not each of them is known, or they are too many."""
    if items is None or len(items) > MOST_CALLS:
        return None
    known = [item for item in items if not isinstance(item, Gap)]
    return known if len(known) == len(items) else None


def turns(interp: Interpreter, value: Value) -> list[Value | Gap] | None:
    """The items that iterating over a value gives, in order; None where that is not known.  It uses iterators up."""
    content = content_of(interp, value)
    if is_iterator(content):
        _leave(interp, value, [])
    if isinstance(content, Sequence):
        # A set has no order.
        return None if content.kind == "set" and len(content.items) > 1 else list(content.items)
    if isinstance(content, Mapping):
        keys: list[Value | Gap] = [Const(key) for key, _ in content.items]
        return keys if content.partial is None else [*keys, Gap(content.partial)]
    return None


def rows_of(interp: Interpreter, value: Value, node: ir.Node) -> list[Value | Gap] | None:
    """The items of a container, or the samples of a tensor: unknown how many, each of the same kind of numbers."""
    if isinstance(value, Tensor):
        lost = Lost(Reason.LOOP, node)
        sample = interp.get_item(value, Const(0), node, None)
        return [Gap(lost, sample)]
    return turns(interp, value)


def filled(items: list[Value | Gap], count: int) -> list[Value | Gap]:
    """The items where there are so many of them: one stretch of unknown length is as long as they leave it."""
    gaps = [index for index, item in enumerate(items) if isinstance(item, Gap)]
    left = count - len(items) + 1
    if len(gaps) != 1 or left < 0:
        return items
    (index,) = gaps
    gap = items[index]
    assert isinstance(gap, Gap)
    # Things that change are no one thing: each of them is its own.
    each = gap.each if isinstance(gap.each, Tensor) else Unknown(gap.lost)
    return [*items[:index], *[each] * left, *items[index + 1 :]]


def element(value: Value, index: int, node: ir.Node) -> Value:
    """The item at a place of a Sequence, counted from either end; a Gap in the way makes it Unknown."""
    if not isinstance(value, Sequence):
        return Unknown(Lost(Reason.EXPRESSION, node))
    items = value.items
    path = items[: index + 1] if index >= 0 else items[index:]
    if not -len(items) <= index < len(items):
        gap = next((item for item in items if isinstance(item, Gap)), None)
        return _some(items, gap.lost) if gap else Unknown(Lost(Reason.EXPRESSION, node))
    for item in path if index >= 0 else reversed(path):
        if isinstance(item, Gap):
            return _some(items, item.lost)
    found = items[index]
    assert not isinstance(found, Gap)
    return found


def _some(items: tuple[Value | Gap, ...], lost: Lost) -> Value:
    """Any one of the items of a list of unknown length."""
    known = [item.each if isinstance(item, Gap) else item for item in items]
    values = [value for value in known if value is not None]
    return choice([(value, ()) for value in values]) if len(values) == len(known) else Unknown(lost)


@reads_item(object)
def _item(interp: Interpreter, owner: Value, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
    content = content_of(interp, owner)
    if isinstance(content, Choice):
        return choice([(_read(interp, inner, index, node, bounds), guards) for inner, guards in content.options])
    return _read(interp, owner if content is None else content, index, node, bounds)


@reads_item(Ref)
def _item_of_object(
    interp: Interpreter, owner: Object, index: Value | None, node: ir.Node, bounds: Bounds | None
) -> Value:
    if isinstance(index, Const):
        known = interp.state.get(owner.ref, Item(index))
        if known is not None:
            return known
    return _item(interp, owner, index, node, bounds)


def _read(interp: Interpreter, content: Value, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
    if bounds is not None:
        return _slice(interp, content, bounds, node)
    if isinstance(index, Choice):
        return choice([(_at(interp, content, option, node), guards) for option, guards in index.options])
    assert index is not None
    return _at(interp, content, index, node)


def _at(interp: Interpreter, content: Value, key: Value, node: ir.Node) -> Value:
    if isinstance(content, Mapping):
        return _look_up(content, key, node)
    if isinstance(content, Sequence):
        if isinstance(key, Const) and isinstance(key.value, int):
            return element(content, key.value, node)
        known = [item for item in content.items if not isinstance(item, Gap)]
        if known and len(known) == len(content.items):
            return choice([(item, ()) for item in known])
    if isinstance(content, Const) and isinstance(content.value, str):
        return _character(interp, content.value, key, node)
    if isinstance(content, Unknown):
        symbol = ("item", content.symbol, key) if isinstance(key, Const) else fresh_symbol()
        # Several axes at once may leave a column of them.
        return Unknown(content.lost, symbol, None if isinstance(key, Sequence) else content.labels)
    return interp.unknown(Reason.EXPRESSION, node)


def _character(interp: Interpreter, text: str, key: Value, node: ir.Node) -> Value:
    if isinstance(key, Const) and isinstance(key.value, int) and -len(text) <= key.value < len(text):
        return Const(text[key.value])
    return interp.unknown(Reason.EXPRESSION, node)


def _look_up(content: Mapping, key: Value, node: ir.Node) -> Value:
    if isinstance(key, Const):
        found = content.get(key.value)
        if found is not None and content.partial is None:
            return found
        if found is not None:
            return choice([(found, ()), (Unknown(Lost(Reason.EXPRESSION, node)), ())])
        return Unknown(content.partial or Lost(Reason.EXPRESSION, node))
    if content.items and content.partial is None:
        # An unknown key of a known dict: whichever entry it is, it is one of these.
        symbol = key.symbol if isinstance(key, Unknown) else None
        return choice(
            [(value, () if symbol is None else ((("equal", symbol), Const(name)),)) for name, value in content.items]
        )
    return Unknown(Lost(Reason.EXPRESSION, node))


def _slice(interp: Interpreter, content: Value, bounds: list[Value | None], node: ir.Node) -> Value:
    if isinstance(content, Sequence) and not any(isinstance(item, Gap) for item in content.items):
        limits: list[int | None] = []
        for bound in bounds:
            if bound is None or bound == Const(None):
                limits.append(None)
            elif isinstance(bound, Const) and isinstance(bound.value, int):
                limits.append(bound.value)
            else:
                return interp.unknown(Reason.EXPRESSION, node)
        if limits[2] == 0:
            return interp.unknown(Reason.EXPRESSION, node)
        return make_sequence(interp, node, content.kind, list(content.items[limits[0] : limits[1] : limits[2]]))
    part = interp.unknown(Reason.EXPRESSION, node)
    return replace(part, labels=content.labels) if isinstance(content, Unknown) else part


@sets_item(object)
def _set_nothing(interp: Interpreter, owner: Value, index: Value, value: Value, node: ir.Expression) -> None:
    """What is no container has no items that could be followed."""


@sets_item(Ref)
def _set_item(interp: Interpreter, owner: Object, index: Value, value: Value, node: ir.Expression) -> None:
    _change(interp, owner, lambda content: _with_entry(content, index, value))


def _change(interp: Interpreter, owner: Object, change: Callable[[Value], Value]) -> None:
    """Change the content of a container, each content that it can have apart."""
    content = content_of(interp, owner)
    if content is not None:
        changed = choice([(change(option), guards) for option, guards in options_of(content)])
        interp.state.set(owner.ref, ITEMS, changed)


def _with_entry(content: Value, index: Value, value: Value) -> Value:
    if isinstance(content, Sequence):
        return _with_item(content, index, value)
    if not isinstance(content, Mapping):
        return content
    if isinstance(index, Const):
        return content.put(index.value, value)
    return Mapping(content.items, Lost(Reason.EXPRESSION), len(content.items))


def _with_item(content: Sequence, index: Value, value: Value) -> Sequence:
    items = list(content.items)
    whole = not any(isinstance(item, Gap) for item in items)
    if whole and isinstance(index, Const) and isinstance(index.value, int) and -len(items) <= index.value < len(items):
        items[index.value] = value
        return Sequence(tuple(items), content.kind)
    return Sequence((Gap(Lost(Reason.EXPRESSION)),), content.kind)


def delete_item(interp: Interpreter, owner: Value, index: Value) -> None:
    """``del owner[index]``."""
    if isinstance(owner, Object):
        _change(interp, owner, lambda content: _without_entry(content, index))


def _without_entry(content: Value, index: Value) -> Value:
    if isinstance(content, Mapping):
        if not isinstance(index, Const):
            return Mapping((), Lost(Reason.EXPRESSION))
        return Mapping(tuple(item for item in content.items if item[0] != index.value), content.partial)
    if not isinstance(content, Sequence):
        return content
    items = list(content.items)
    whole = not any(isinstance(item, Gap) for item in items)
    if whole and isinstance(index, Const) and isinstance(index.value, int) and -len(items) <= index.value < len(items):
        del items[index.value]
        return Sequence(tuple(items), content.kind)
    return Sequence((Gap(Lost(Reason.EXPRESSION)),), content.kind)

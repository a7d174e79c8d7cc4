"""Lists, tuples and dicts: made, read and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.references import DictRef, ListRef
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.values import (
    Choice,
    Const,
    Gap,
    Mapping,
    Method,
    Object,
    Sequence,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def make_sequence(interp: Interpreter, node: ir.Node, kind: str, items: list[Value | Gap]) -> Value:
    """A tuple as a value; a list or set as an object."""
    if kind == "tuple":
        return Sequence(tuple(items), "tuple")
    ref = ListRef(node)
    interp.state.set(ref, "items", Sequence(tuple(items), "set" if kind == "set" else "list"))
    return Object(ref)


def make_dict(interp: Interpreter, node: ir.Node, content: Mapping) -> Value:
    """A dict as an object."""
    ref = DictRef(node)
    interp.state.set(ref, "items", content)
    return Object(ref)


def content_of(interp: Interpreter, value: Value) -> Value | None:
    """What a container holds at present: a Sequence, a Mapping, a Choice of them; None for anything else."""
    if isinstance(value, (Sequence, Mapping)):
        return value
    if isinstance(value, Object) and isinstance(value.ref, (ListRef, DictRef)):
        return interp.state.get(value.ref, "items")
    return None


def turns(interp: Interpreter, value: Value) -> list[Value | Gap] | None:
    """The items that iterating over a value gives, in order; None where that is not known."""
    content = content_of(interp, value)
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
        sample = _slice_tensor(value, Const(0), None, node)
        return [Gap(lost, sample)]
    return turns(interp, value)


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


def get_item(
    interp: Interpreter, owner: Value, index: Value | None, node: ir.Node, bounds: list[Value | None] | None
) -> Value:
    """``owner[index]``, or a slice of it where ``bounds`` are given."""

    def act(option: Value) -> Value:
        if isinstance(option, Tensor):
            return _slice_tensor(option, index, bounds, node)
        if isinstance(option, Method) and option.name == "__dict__" and index is not None:
            from flake8_logits.interpret import by_name

            assert isinstance(node, ir.Expression)
            return by_name.read(interp, option, index, node)
        if isinstance(option, Object) and isinstance(index, Const):
            named = interp.state.get(option.ref, f"[{index.value!r}]")
            if named is not None:
                return named
        content = content_of(interp, option)
        if isinstance(content, Choice):
            return choice([(read(inner), guards) for inner, guards in content.options])
        return read(content if content is not None else option)

    def read(content: Value) -> Value:
        if bounds is not None:
            return _slice(interp, content, bounds, node)
        if isinstance(index, Choice):
            return choice([(one(content, option), guards) for option, guards in index.options])
        assert index is not None
        return one(content, index)

    def one(content: Value, key: Value) -> Value:
        if isinstance(content, Mapping):
            return _look_up(content, key, node)
        if isinstance(content, Sequence):
            if isinstance(key, Const) and isinstance(key.value, int):
                return element(content, key.value, node)
            known = [item for item in content.items if not isinstance(item, Gap)]
            if known and len(known) == len(content.items):
                return choice([(item, ()) for item in known])
        if (
            isinstance(content, Const)
            and isinstance(content.value, str)
            and isinstance(key, Const)
            and isinstance(key.value, int)
        ):
            try:
                return Const(content.value[key.value])
            except IndexError:
                return interp.unknown(Reason.EXPRESSION, node)
        if isinstance(content, Unknown):
            symbol = ("item", content.symbol, key) if isinstance(key, Const) else None
            return Unknown(content.lost) if symbol is None else Unknown(content.lost, symbol)
        return interp.unknown(Reason.EXPRESSION, node)

    return interp.each(owner, act)


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
    return interp.unknown(Reason.EXPRESSION, node)


def _slice_tensor(tensor: Tensor, index: Value | None, bounds: list[Value | None] | None, node: ir.Node) -> Value:
    from flake8_logits.interpret.transfer import sliced

    return sliced(tensor, index, bounds, node)


def set_item(interp: Interpreter, owner: Value, index: Value, value: Value, node: ir.Expression) -> None:
    """``owner[index] = value``."""

    def act(option: Value) -> Value:
        if isinstance(option, Method) and option.name == "__dict__":
            from flake8_logits.interpret import by_name

            by_name.write(interp, option, index, value, node)
            return option
        content = content_of(interp, option)
        if not isinstance(option, Object) or content is None:
            return option
        if isinstance(content, Mapping):
            changed = (
                content.put(index.value, value)
                if isinstance(index, Const)
                else Mapping(content.items, Lost(Reason.EXPRESSION))
            )
            interp.state.set(option.ref, "items", changed)
        elif isinstance(content, Sequence):
            interp.state.set(option.ref, "items", _with_item(content, index, value))
        return option

    interp.each(owner, act)


def _with_item(content: Sequence, index: Value, value: Value) -> Sequence:
    items = list(content.items)
    whole = not any(isinstance(item, Gap) for item in items)
    if whole and isinstance(index, Const) and isinstance(index.value, int) and -len(items) <= index.value < len(items):
        items[index.value] = value
        return Sequence(tuple(items), content.kind)
    return Sequence((Gap(Lost(Reason.EXPRESSION)),), content.kind)


def delete_item(interp: Interpreter, owner: Value, index: Value) -> None:
    """``del owner[index]``."""
    content = content_of(interp, owner)
    if not isinstance(owner, Object):
        return
    if isinstance(content, Mapping) and isinstance(index, Const):
        rest = tuple(item for item in content.items if item[0] != index.value)
        interp.state.set(owner.ref, "items", Mapping(rest, content.partial))
    elif isinstance(content, Sequence):
        items = list(content.items)
        if isinstance(index, Const) and isinstance(index.value, int) and -len(items) <= index.value < len(items):
            del items[index.value]
            interp.state.set(owner.ref, "items", Sequence(tuple(items), content.kind))
        else:
            interp.state.set(owner.ref, "items", Sequence((Gap(Lost(Reason.EXPRESSION)),), content.kind))

"""Methods of lists, tuples and dicts."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.references import DictRef, ListRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Gap,
    Mapping,
    Method,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import content_of, make_dict, make_sequence, turns
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method
from flake8_logits.interpret.engine.special_methods import ask, ask_parts
from flake8_logits.knowledge.methods import looks_at_container
from flake8_logits.knowledge.special_methods import OF_CONTAINERS
from flake8_logits.source import syntax as ir


def call_container(interp: Interpreter, owner: Value, name: str, args: Arguments, node: ir.Expression) -> Value:
    """A method of a list, tuple or dict; an unknown one that may change it leaves it Unknown."""
    content = content_of(interp, owner)
    if content is None:
        return interp.unknown(Reason.UNKNOWN_METHOD, node, name)
    _ask_and_run(interp, owner, name, args, node)
    results = []
    changed = []
    for option, guards in options_of(content):
        result, after = _one(interp, option, name, args, node)
        results.append((result, guards))
        changed.append((after, guards))
    if isinstance(owner, Object):
        after_all = choice(changed)
        if after_all != content:
            interp.state.set(owner.ref, ITEMS, after_all)
    return choice(results)


def _ask_and_run(interp: Interpreter, owner: Value, name: str, args: Arguments, node: ir.Expression) -> None:
    """What a method calls of the program's own: special methods of items and arguments, and a ``key``."""
    asked = OF_CONTAINERS.get(name)
    if asked is None:
        return
    ask_parts(interp, owner, asked, node)
    for value in args.values():
        ask(interp, value, asked, node)
    hand_over(interp, args, node)


def _one(interp: Interpreter, content: Value, name: str, args: Arguments, node: ir.Expression) -> tuple[Value, Value]:
    if isinstance(content, Sequence):
        return _sequence(interp, content, name, args, node)
    if isinstance(content, Mapping):
        return _mapping(interp, content, name, args, node)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name), content


def _sequence(
    interp: Interpreter, content: Sequence, name: str, args: Arguments, node: ir.Expression
) -> tuple[Value, Value]:
    first = args.value(0)
    items = content.items
    gap = Gap(Lost(Reason.EXPRESSION, node))
    if name in ("append", "add", "appendleft") and first is not None:
        return NONE, Sequence((first, *items) if name == "appendleft" else (*items, first), content.kind)
    if name in ("extend", "update") and first is not None:
        more = turns(interp, first)
        return NONE, Sequence((*items, *([gap] if more is None else more)), content.kind)
    if name == "insert":
        return NONE, _inserted(content, first, args.value(1), gap)
    if name in ("pop", "popleft"):
        return _popped(interp, content, Const(0) if name == "popleft" else first or Const(-1), node)
    if name == "copy":
        return make_sequence(interp, node, "list", list(items)), content
    if name in _REARRANGE:
        return NONE, _REARRANGE[name](content, gap)
    same = content.kind == "tuple" or looks_at_container(name)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name), content if same else Sequence((gap,), content.kind)


_REARRANGE: dict[str, Callable[[Sequence, Gap], Sequence]] = {
    "clear": lambda content, _: Sequence((), content.kind),
    "reverse": lambda content, _: Sequence(tuple(reversed(content.items)), content.kind),
    "sort": lambda content, gap: Sequence((gap,), content.kind),
    "remove": lambda content, gap: Sequence((gap,), content.kind),
}


def _inserted(content: Sequence, where: Value | None, value: Value | None, gap: Gap) -> Sequence:
    if value is None or not isinstance(where, Const) or not isinstance(where.value, int) or _gaps(content.items):
        return Sequence((gap,), content.kind)
    size = len(content.items)
    items = list(content.items)
    items.insert(max(-size, min(where.value, size)), value)
    return Sequence(tuple(items), content.kind)


def _popped(interp: Interpreter, content: Sequence, where: Value, node: ir.Expression) -> tuple[Value, Value]:
    """What ``pop`` gives, and what is left."""
    items = list(content.items)
    index = where.value if isinstance(where, Const) and isinstance(where.value, int) else None
    if index is None or _gaps(content.items) or not -len(items) <= index < len(items):
        gap = Gap(Lost(Reason.EXPRESSION, node))
        return interp.unknown(Reason.EXPRESSION, node), Sequence((gap,), content.kind)
    taken = items.pop(index)
    assert not isinstance(taken, Gap)
    return taken, Sequence(tuple(items), content.kind)


def _gaps(items: tuple[Value | Gap, ...]) -> bool:
    return any(isinstance(item, Gap) for item in items)


def _mapping(
    interp: Interpreter, content: Mapping, name: str, args: Arguments, node: ir.Expression
) -> tuple[Value, Value]:
    first = args.value(0)
    if name in ("get", "pop", "setdefault") and first is not None:
        return _entry(interp, content, name, first, args.value(1, "default"), node)
    if name in ("items", "keys", "values"):
        return make_sequence(interp, node, "list", _view(content, name)), content
    if name == "update":
        return NONE, _updated(interp, content, args, node)
    if name == "copy":
        return make_dict(interp, node, content), content
    if name == "clear":
        return NONE, Mapping(())
    after = content if looks_at_container(name) else Mapping((), Lost(Reason.EXPRESSION, node))
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name), after


def _entry(
    interp: Interpreter, content: Mapping, name: str, key: Value, default: Value | None, node: ir.Expression
) -> tuple[Value, Value]:
    """``get``, ``pop`` and ``setdefault``: what they give, and what the dict holds after that."""
    if not isinstance(key, Const):
        found = interp.get_item(content, key, node, None)
        default = NONE if default is None and name == "get" else default
        return (found if default is None else choice([(found, ()), (default, ())])), content
    known = content.get(key.value)
    if known is not None:
        if name != "pop":
            return known, content
        return known, Mapping(tuple(item for item in content.items if item[0] != key.value), content.partial)
    if content.partial is not None:
        return Unknown(content.partial), content
    given = NONE if default is None else default
    return given, content.put(key.value, given) if name == "setdefault" else content


def _view(content: Mapping, name: str) -> list[Value | Gap]:
    """The items of ``items()``, ``keys()`` or ``values()``."""
    found: list[Value | Gap] = []
    for key, value in content.items:
        pair = Sequence((Const(key), value))
        found.append(pair if name == "items" else value if name == "values" else Const(key))
    return found if content.partial is None else [*found, Gap(content.partial)]


def _updated(interp: Interpreter, content: Mapping, args: Arguments, node: ir.Expression) -> Mapping:
    after = content
    first = args.value(0)
    if first is not None:
        other = content_of(interp, first)
        if isinstance(other, Mapping):
            for key, value in other.items:
                after = after.put(key, value)
            after = Mapping(after.items, after.partial or other.partial)
        else:
            after = Mapping((), Lost(Reason.EXPRESSION, node))
    for keyword, value, _ in args.keywords:
        after = after.put(keyword, value)
    return after


@calls_method(ListRef, DictRef, Sequence, Mapping)
def _method(interp: Interpreter, receiver: Value, method: Method, args: Arguments, node: ir.Expression) -> Value:
    return call_container(interp, receiver, method.name, args, node)

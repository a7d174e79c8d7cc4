"""Methods of lists, tuples and dicts."""

from __future__ import annotations

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
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method
from flake8_logits.source import syntax as ir


def call_container(interp: Interpreter, owner: Value, name: str, args: Arguments, node: ir.Expression) -> Value:
    """A method of a list, tuple or dict; an unknown one that may change it leaves it Unknown."""
    content = content_of(interp, owner)
    if content is None:
        return interp.unknown(Reason.UNKNOWN_METHOD, node, name)
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
        value, where = args.value(1), first
        if value is not None and isinstance(where, Const) and isinstance(where.value, int) and not _gaps(items):
            copy = list(items)
            copy.insert(where.value, value)
            return NONE, Sequence(tuple(copy), content.kind)
        return NONE, Sequence((gap,), content.kind)
    if name in ("pop", "popleft"):
        index = (
            first.value if isinstance(first, Const) and isinstance(first.value, int) else -1 if first is None else None
        )
        if name == "popleft":
            index = 0
        if index is not None and items and not _gaps(items) and -len(items) <= index < len(items):
            copy = list(items)
            taken = copy.pop(index)
            assert not isinstance(taken, Gap)
            return taken, Sequence(tuple(copy), content.kind)
        return interp.unknown(Reason.EXPRESSION, node), Sequence((gap,), content.kind)
    if name == "clear":
        return NONE, Sequence((), content.kind)
    if name == "copy":
        return make_sequence(interp, node, "list", list(items)), content
    if name == "reverse":
        return NONE, Sequence(tuple(reversed(items)), content.kind)
    if name in ("sort", "remove"):
        return NONE, Sequence((gap,), content.kind)
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name), content


def _gaps(items: tuple[Value | Gap, ...]) -> bool:
    return any(isinstance(item, Gap) for item in items)


def _mapping(
    interp: Interpreter, content: Mapping, name: str, args: Arguments, node: ir.Expression
) -> tuple[Value, Value]:
    first, second = args.value(0), args.value(1, "default")
    lost = Lost(Reason.EXPRESSION, node)
    if name in ("get", "pop", "setdefault") and first is not None:
        if isinstance(first, Const):
            found = content.get(first.value)
            if found is not None:
                after = (
                    Mapping(tuple(i for i in content.items if i[0] != first.value), content.partial)
                    if name == "pop"
                    else content
                )
                return found, after
            if content.partial is None:
                default = NONE if second is None else second
                return default, content.put(first.value, default) if name == "setdefault" else content
            return Unknown(content.partial), content
        found = interp.get_item(content, first, node, None)
        return (found if second is None else choice([(found, ()), (second, ())])), content
    rest = [Gap(content.partial)] if content.partial is not None else []
    if name == "items":
        pairs: list[Value | Gap] = [Sequence((Const(key), value)) for key, value in content.items]
        return make_sequence(interp, node, "list", [*pairs, *rest]), content
    if name == "keys":
        keys: list[Value | Gap] = [Const(key) for key, _ in content.items]
        return make_sequence(interp, node, "list", [*keys, *rest]), content
    if name == "values":
        values: list[Value | Gap] = [value for _, value in content.items]
        return make_sequence(interp, node, "list", [*values, *rest]), content
    if name == "update":
        after = content
        if first is not None:
            other = content_of(interp, first)
            if isinstance(other, Mapping):
                for key, value in other.items:
                    after = after.put(key, value)
                after = Mapping(after.items, after.partial or other.partial)
            else:
                after = Mapping((), lost)
        for keyword, value, _ in args.keywords:
            after = after.put(keyword, value)
        return NONE, after
    if name == "copy":
        return make_dict(interp, node, content), content
    if name == "clear":
        return NONE, Mapping(())
    return interp.unknown(Reason.UNKNOWN_METHOD, node, name), content


@calls_method(ListRef, DictRef, Sequence, Mapping)
def _method(interp: Interpreter, receiver: Value, method: Method, args: Arguments, node: ir.Expression) -> Value:
    return call_container(interp, receiver, method.name, args, node)

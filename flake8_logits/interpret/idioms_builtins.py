"""Python's own functions on containers and constants, and a few of the standard library's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret import by_name, copies
from flake8_logits.interpret.assign import set_any
from flake8_logits.interpret.attributes import attribute
from flake8_logits.interpret.containers import content_of, make_dict, make_sequence, turns
from flake8_logits.interpret.instances import forget_attributes
from flake8_logits.interpret.kinds import is_instance
from flake8_logits.interpret.lineage import library_bases
from flake8_logits.interpret.references import InstanceRef, LayerRef, ModelRef
from flake8_logits.interpret.values import (
    NONE,
    Arguments,
    Class,
    Const,
    Function,
    Gap,
    Library,
    Mapping,
    Method,
    Object,
    Partial,
    Sequence,
    Super,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.knowledge.applications import ANY
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def _range(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    numbers = [value.value for value in args.values() if isinstance(value, Const) and type(value.value) is int]
    if len(numbers) == len(args.values()) and 1 <= len(numbers) <= 3:
        try:
            run = range(*numbers)
            length = len(run)
        except (ValueError, OverflowError):
            return interp.unknown(Reason.LOOP, node)
        if length <= 64:
            return make_sequence(interp, node, "list", [Const(number) for number in run])
    return interp.unknown(Reason.LOOP, node)


def _len(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    content = content_of(interp, value) if value is not None else None
    if isinstance(content, Sequence) and not any(isinstance(item, Gap) for item in content.items):
        different = list(dict.fromkeys(content.items)) if content.kind == "set" else content.items
        if len(different) == len(content.items) or all(isinstance(item, Const) for item in different):
            return Const(len(different))
        return interp.unknown(Reason.EXPRESSION, node)
    if isinstance(content, Mapping) and content.partial is None:
        return Const(len(content.items))
    if isinstance(value, Const) and isinstance(value.value, str):
        return Const(len(value.value))
    return interp.unknown(Reason.EXPRESSION, node)


def _sequence_of(kind: str) -> Callable[[Interpreter, Arguments, ir.Expression], Value]:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        value = args.value(0)
        if value is None:
            return make_sequence(interp, node, kind, [])
        items = turns(interp, value)
        if items is None:
            lost = value.lost if isinstance(value, Unknown) else interp.unknown(Reason.EXPRESSION, node).lost
            items = [Gap(lost)]
        return make_sequence(interp, node, kind, items)

    return run


def _reversed(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    items = turns(interp, args.value(0) or NONE)
    if items is None:
        return interp.unknown(Reason.EXPRESSION, node)
    return make_sequence(interp, node, "list", list(reversed(items)))


def _dict(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    content = Mapping((), args.open)
    first = args.value(0)
    if first is not None:
        inner = content_of(interp, first)
        if isinstance(inner, Mapping):
            content = inner
        else:
            content = Mapping((), interp.unknown(Reason.EXPRESSION, node).lost)
    for name, value, _ in args.keywords:
        content = content.put(name, value)
    return make_dict(interp, node, content)


def _zip(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    runs = [turns(interp, value) for value, _ in args.positional]
    known = [run for run in runs if run is not None and not any(isinstance(item, Gap) for item in run)]
    if not runs or len(known) != len(runs):
        return interp.unknown(Reason.LOOP, node)
    rows: list[Value | Gap] = [Sequence(tuple(items)) for items in zip(*known, strict=False)]
    return make_sequence(interp, node, "list", rows)


def _enumerate(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    items = turns(interp, args.value(0) or NONE)
    start = args.value(1, "start")
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else 0
    if items is None or any(isinstance(item, Gap) for item in items):
        return interp.unknown(Reason.LOOP, node)
    rows: list[Value | Gap] = []
    for number, item in enumerate(items, first):
        assert not isinstance(item, Gap)
        rows.append(Sequence((Const(number), item)))
    return make_sequence(interp, node, "list", rows)


def _getattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, name = args.value(0), args.value(1)
    if owner is not None and isinstance(name, Const) and isinstance(name.value, str):
        found = attribute(interp, owner, name.value, node)
        default = args.value(2)
        if default is None or not isinstance(found, Method):
            return found
        # Nothing in sight has it.
        plain = isinstance(owner, Object) and isinstance(owner.ref, InstanceRef) and not library_bases(owner.ref.cls)
        return default if plain else interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, name.value)
    if owner == Library("keras.applications") and isinstance(name, Unknown):
        return Library(ANY.name)
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node)


def _setattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, name, value = args.value(0), args.value(1), args.value(2)
    if isinstance(name, Const) and isinstance(name.value, str) and value is not None:
        if owner is not None:
            set_any(interp, owner, name.value, value, node)
    elif isinstance(owner, Object):
        forget_attributes(interp, owner.ref, node)
    elif isinstance(owner, Class):
        forget_attributes(interp, owner.scope, node)
    return NONE


def _callable(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    if isinstance(value, (Const, Sequence, Tensor)):
        return Const(False)
    if isinstance(value, (Function, Class, Partial)):
        return Const(True)
    if isinstance(value, Object) and isinstance(value.ref, (LayerRef, ModelRef)):
        return Const(True)
    return interp.unknown(Reason.EXPRESSION, node)


def _bool(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    if isinstance(value, Const):
        return Const(bool(value.value))
    return value if isinstance(value, Unknown) else interp.unknown(Reason.EXPRESSION, node)


def _text(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    if isinstance(value, Const) and not (isinstance(value.value, int) and value.value.bit_length() > 256):
        return Const(str(value.value))
    return interp.unknown(Reason.EXPRESSION, node)


def _print(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return NONE


def _super(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    cls, instance = args.value(0), args.value(1)
    if isinstance(cls, Class) and instance is not None:
        return Super(cls, instance)
    return interp.unknown(Reason.EXPRESSION, node)


def _map(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    items = turns(interp, args.value(1) or NONE)
    function = args.value(0)
    if items is None or function is None or len(items) > 32 or any(isinstance(item, Gap) for item in items):
        return interp.unknown(Reason.LOOP, node)
    results: list[Value | Gap] = []
    for item in items:
        assert not isinstance(item, Gap)
        results.append(interp.call(function, Arguments(((item, None),)), node))
    return make_sequence(interp, node, "list", results)


def _partial(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    if not args.positional:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    return Partial(args.positional[0][0], Arguments(args.positional[1:], args.keywords, args.open))


def _reduce(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    function, items = args.value(0), turns(interp, args.value(1) or NONE)
    start = args.value(2)
    if function is None or items is None or len(items) > 32 or any(isinstance(item, Gap) for item in items):
        return interp.unknown(Reason.LOOP, node)
    known = [item for item in items if not isinstance(item, Gap)]
    if start is None:
        if not known:
            return interp.unknown(Reason.EXPRESSION, node)
        start, known = known[0], known[1:]
    for item in known:
        start = interp.call(function, Arguments(((start, None), (item, None))), node)
    return start


def _wraps(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``functools.wraps(f)``: a decorator that leaves what it decorates as it is."""
    return Library("functools.wraps()")


def _first(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return args.value(0) or NONE


IDIOMS: dict[str, Callable[[Interpreter, Arguments, ir.Expression], Value]] = {
    "builtins.range": _range,
    "builtins.len": _len,
    "builtins.list": _sequence_of("list"),
    "builtins.set": _sequence_of("set"),
    "builtins.tuple": _sequence_of("tuple"),
    "builtins.iter": _sequence_of("list"),
    "builtins.sorted": lambda interp, args, node: interp.unknown(Reason.LOOP, node),
    "builtins.reversed": _reversed,
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "builtins.zip": _zip,
    "builtins.enumerate": _enumerate,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    **by_name.IDIOMS,
    "builtins.isinstance": is_instance,
    "builtins.callable": _callable,
    "builtins.bool": _bool,
    "builtins.str": _text,
    "builtins.print": _print,
    "builtins.super": _super,
    "builtins.map": _map,
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "functools.wraps": _wraps,
    "functools.wraps()": _first,
    **copies.IDIOMS,
    "tqdm.tqdm": _first,
    "tqdm.auto.tqdm": _first,
    "tqdm.notebook.tqdm": _first,
}

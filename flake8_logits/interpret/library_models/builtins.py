"""Python's own functions on containers, constants and objects."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.mro import library_bases
from flake8_logits.interpret.abstract.objects import InstanceRef, LayerRef, ModelRef
from flake8_logits.interpret.abstract.values import (
    ITERATOR,
    NONE,
    Arguments,
    AttributeTable,
    Class,
    Const,
    Function,
    Gap,
    Library,
    Mapping,
    Method,
    Module,
    Object,
    Partial,
    Sequence,
    Super,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.attribute_tables import forget_names
from flake8_logits.interpret.engine.branches import later
from flake8_logits.interpret.engine.containers import (
    all_of_few,
    content_of,
    is_iterator,
    leave_some,
    make_dict,
    make_sequence,
    mapping_of,
    next_of,
    turns,
)
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.instances import class_attribute, forget_attributes
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.tensors.outside_graph import away_from_graph
from flake8_logits.knowledge.applications import ANY
from flake8_logits.source import syntax as ir


@models_library("builtins.range")
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


@models_library("builtins.len")
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


def _sequence_of(kind: str) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        value = args.value(0)
        if value is None:
            return make_sequence(interp, node, kind, [])
        hand_over(interp, args, node)
        items = turns(interp, value)
        if items is None:
            lost = value.lost if isinstance(value, Unknown) else interp.unknown(Reason.EXPRESSION, node).lost
            items = [Gap(lost)]
        return make_sequence(interp, node, kind, items)

    return run


@models_library("builtins.iter")
def _iter(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """An iterator is its own."""
    value = args.value(0) or NONE
    return value if is_iterator(content_of(interp, value)) else _sequence_of(ITERATOR)(interp, args, node)


@models_library("builtins.next")
def _next(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    iterator = args.value(0) or NONE
    if not is_iterator(content_of(interp, iterator)):
        hand_over(interp, args, node)
        interp.go_on(iterator, node)
        return interp.unknown(Reason.UNKNOWN_CALL, node, library="builtins.next")
    return next_of(interp, iterator, args.value(1), node)


@models_library("builtins.reversed")
def _reversed(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    items = turns(interp, args.value(0) or NONE)
    if items is None:
        return interp.unknown(Reason.EXPRESSION, node)
    return make_sequence(interp, node, ITERATOR, list(reversed(items)))


@models_library("builtins.dict", "collections.OrderedDict")
def _dict(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    content = Mapping((), args.open)
    first = args.value(0)
    if first is not None:
        content = mapping_of(interp, first, node)
    for name, value, _ in args.keywords:
        content = content.put(name, value)
    return make_dict(interp, node, content)


@models_library("builtins.zip")
def _zip(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    runs = [turns(interp, value) for value, _ in args.positional]
    lengths = [len(run) for run in runs if run is not None and not any(isinstance(item, Gap) for item in run)]
    for value, _ in args.positional:
        if is_iterator(content_of(interp, value)):
            leave_some(interp, value, node)
    if args.open is not None or all(run is None for run in runs):
        return interp.unknown(Reason.LOOP, node)
    lost = Lost(Reason.LOOP, node)
    if not lengths:
        return make_sequence(interp, node, ITERATOR, [Gap(lost, _row(runs, 0, lost))])
    rows: list[Value | Gap] = [_row(runs, index, lost) for index in range(min(lengths))]
    return make_sequence(interp, node, ITERATOR, rows)


def _row(runs: list[list[Value | Gap] | None], index: int, lost: Lost) -> Sequence:
    """One turn of a zip: of a run of unknown length, what all of its items are."""

    def item(run: list[Value | Gap] | None) -> Value:
        gap = None if run is None else next((part for part in run if isinstance(part, Gap)), None)
        if run is None or (gap is not None and len(run) > 1):
            return Unknown(lost)
        one = run[index] if gap is None else gap.each
        return Unknown(lost) if one is None or isinstance(one, Gap) else one

    return Sequence(tuple(item(run) for run in runs))


@models_library("builtins.enumerate")
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
    return make_sequence(interp, node, ITERATOR, rows)


@models_library("builtins.getattr")
def _getattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, name = args.value(0), args.value(1)
    if owner is not None and isinstance(name, Const) and isinstance(name.value, str):
        found = interp.get_attribute(owner, name.value, node)
        default = args.value(2)
        if default is None or not isinstance(found, Method):
            return found
        # Nothing in sight has it.
        plain = isinstance(owner, Object) and isinstance(owner.ref, InstanceRef) and not library_bases(owner.ref.cls)
        return default if plain else interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, name.value)
    if owner == Library("keras.applications") and isinstance(name, Unknown):
        return Library(ANY.name)
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node)


@models_library("builtins.hasattr")
def _hasattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A property is computed to find out; what ``__getattr__`` does is done where its kind is asked."""
    owner, name = args.value(0), args.value(1)
    if isinstance(name, Const) and isinstance(name.value, str):
        for option, _ in options_of(owner) if owner is not None else ():
            cls = option.ref.cls if isinstance(option, Object) and isinstance(option.ref, InstanceRef) else None
            if isinstance(cls, Class) and isinstance(class_attribute(interp, cls, name.value), Function):
                interp.get_attribute(option, name.value, node)
    hand_over(interp, args, node)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library="builtins.hasattr")


@models_library("builtins.setattr")
def _setattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, name, value = args.value(0), args.value(1), args.value(2)
    if isinstance(name, Const) and isinstance(name.value, str) and value is not None:
        if owner is not None:
            interp.set_attribute(owner, name.value, value, node)
        return NONE
    for option, _ in options_of(owner) if owner is not None else ():
        if isinstance(option, Object):
            forget_attributes(interp, option.ref, node)
        elif isinstance(option, Class):
            forget_attributes(interp, option.scope, node)
    return NONE


@models_library("builtins.callable")
def _callable(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    if isinstance(value, (Const, Sequence, Tensor)):
        return Const(False)
    if isinstance(value, (Function, Class, Partial)):
        return Const(True)
    if isinstance(value, Object) and isinstance(value.ref, (LayerRef, ModelRef)):
        return Const(True)
    return interp.unknown(Reason.EXPRESSION, node)


@models_library("builtins.bool")
def _bool(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    if isinstance(value, Const):
        return Const(bool(value.value))
    return value if isinstance(value, Unknown) else interp.unknown(Reason.EXPRESSION, node)


@models_library("builtins.str")
def _text(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    value = args.value(0)
    if isinstance(value, Const) and not (isinstance(value.value, int) and value.value.bit_length() > 256):
        return Const(str(value.value))
    return interp.unknown(Reason.EXPRESSION, node)


@models_library("builtins.print")
def _print(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return NONE


@models_library("builtins.super")
def _super(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    cls, instance = args.value(0), args.value(1)
    if isinstance(cls, Class) and instance is not None:
        return Super(cls, instance)
    return interp.unknown(Reason.EXPRESSION, node)


@models_library("builtins.map")
def _map(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _by_and_by(interp, args, node, lambda found: make_sequence(interp, node, ITERATOR, found))


@models_library("builtins.filter")
def _filter(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _by_and_by(interp, args, node, lambda found: interp.unknown(Reason.LOOP, node))


def _by_and_by(
    interp: Interpreter, args: Arguments, node: ir.Expression, made_of: Callable[[list[Value | Gap]], Value]
) -> Value:
    """What calls a function for each item when somebody asks for the next."""
    known = all_of_few(turns(interp, args.value(1) or NONE))
    function = args.value(0) or NONE
    if function == NONE or known is None:
        hand_over(interp, args, node)
        return interp.unknown(Reason.LOOP, node)

    def results() -> Value:
        return made_of([interp.call(function, Arguments(((item, None),)), node) for item in known])

    return interp.put_off(node, lambda: later(interp, results, node))


@models_library("builtins.vars")
def _vars(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner = args.value(0)
    return interp.unknown(Reason.EXPRESSION, node) if owner is None else AttributeTable(owner)


@models_library("builtins.globals")
def _globals(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    scope = interp.frame.scope.visible()[-1]
    return AttributeTable(Module(scope.path, scope))


@models_library("builtins.exec")
def _exec(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Code that is made when the program runs: it may give any name another value."""
    for scope in (interp.frame.scope, interp.frame.scope.visible()[-1]):
        forget_names(interp, Module(scope.path, scope), node)
    return NONE


def _extreme(function: str) -> LibraryFunction:
    """The largest or smallest number of a tensor; of anything else nothing is known."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        alone = args.value(0) if len(args.values()) == 1 and args.open is None else None
        if not isinstance(alone, Tensor):
            _ask_each(interp, args, node)
            return interp.unknown(Reason.UNKNOWN_CALL, node, library=f"builtins.{function}")
        return interp.call(interp.library(f"numpy.{function}"), args, node)

    return run


@models_library("builtins.float")
def _float(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A number that stands alone in a tensor stays what it is."""
    number = args.value(0)
    if isinstance(number, Tensor):
        return away_from_graph(interp, number)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library="builtins.float")


def _ask_each(interp: Interpreter, args: Arguments, node: ir.Expression) -> None:
    """Call the key by which items are ordered, once for each of them where they are known."""
    given = args.keyword("key")
    several: list[Value | Gap] = [value for value, _ in args.positional]
    items = all_of_few(turns(interp, args.value(0) or NONE) if len(several) == 1 else several)
    if given is None or items is None:
        hand_over(interp, args, node)
        return
    for item in items:
        interp.call(given[0], Arguments(((item, None),)), node)


@models_library("builtins.sorted")
def _sorted(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    _ask_each(interp, args, node)
    return interp.unknown(Reason.LOOP, node)


for _kind in ("list", "set", "tuple"):
    models_library.add(f"builtins.{_kind}", _sequence_of(_kind))
for _function in ("max", "min"):
    models_library.add(f"builtins.{_function}", _extreme(_function))

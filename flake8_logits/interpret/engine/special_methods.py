"""Special methods of the program's own classes: what the language calls by itself, as ``len`` calls ``__len__``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import Deleter
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Class,
    Const,
    Function,
    Gap,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.branches import any_times, later
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.instances import bound, class_attribute, container_kind, forget_attributes
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter, reads_item, sets_item
from flake8_logits.knowledge.special_methods import DELETED, ITEM_BY_ITEM, ITERATING, ITERATOR, PROTOCOLS
from flake8_logits.source import syntax as ir


def call_special(interp: Interpreter, value: Value, name: str, args: Arguments, node: ir.Node) -> Value | None:
    """What a special method gives that the class of an object of the program defines; None where it does not."""
    method = _method(interp, value, name)
    if method is None or not isinstance(node, ir.Expression):
        return None
    return interp.call(bound(interp, method, value, node), args, node)


def ask(interp: Interpreter, value: Value, names: tuple[str, ...], node: ir.Node, *given: Value) -> None:
    """Call the first of these special methods that the class of a value has, for what it does."""
    if not asks(interp, value, names):
        return

    def act(option: Value) -> Value:
        name = _first(interp, option, names)
        if name is not None:
            call_special(interp, option, name, Arguments(tuple((one, None) for one in given)), node)
        return option

    interp.each(value, act)


def asks(interp: Interpreter, value: Value, names: tuple[str, ...]) -> bool:
    """Whether the class of what a value may be has one of these special methods."""
    return any(_first(interp, option, names) for option, _ in options_of(value))


def ask_parts(interp: Interpreter, value: Value, names: tuple[str, ...], node: ir.Node, *given: Value) -> None:
    """Call such a method of each item of a container, where it is known."""
    content = content_of(interp, value)
    for item in content.items if isinstance(content, Sequence) else ():
        if not isinstance(item, Gap):
            ask(interp, item, names, node, *given)


def may_ask(interp: Interpreter, args: Arguments, node: ir.Node) -> None:
    """Call, any number of times, each special method of what code out of sight is given, or of its items."""
    for value in args.values():
        content = content_of(interp, value)
        items = [item for item in content.items if not isinstance(item, Gap)] if isinstance(content, Sequence) else []
        for option in (one for handed in (value, *items) for one, _ in options_of(handed)):
            for name in PROTOCOLS if isinstance(option, Object) else ():
                if _method(interp, option, name) is not None:
                    any_times(interp, _asking(interp, option, name, node), node)


def _asking(interp: Interpreter, value: Value, name: str, node: ir.Node) -> Callable[[], None]:
    def act() -> None:
        call_special(interp, value, name, Arguments(open=Lost(Reason.PARAMETER, node)), node)

    return act


def deleted_by_program(interp: Interpreter, owner: Value, name: str, node: ir.Expression) -> bool:
    """``del thing.name`` where the program's class says what that does; False where it does not."""
    if not isinstance(owner, Object) or not isinstance(owner.ref, InstanceRef):
        return False
    if call_special(interp, owner, DELETED, Arguments(((Const(name), None),)), node) is not None:
        return True
    deleter = class_attribute(interp, owner.ref.cls, Deleter(name)) if isinstance(owner.ref.cls, Class) else None
    if not isinstance(deleter, Function):
        return False
    interp.call(replace(deleter, bound=owner), Arguments(), node)
    return True


def iterated(interp: Interpreter, value: Value, node: ir.Node) -> Value:
    """What is iterated over: what ``__iter__`` gives where the program has one.

    What is asked for item by item may change itself as often.
    """
    if not asks(interp, value, (*ITERATING, *ITEM_BY_ITEM)):
        return value

    def act(option: Value) -> Value:
        found = call_special(interp, option, ITERATING[0], Arguments(), node)
        result = option if found is None else found
        names = ITEM_BY_ITEM if found is None else ITERATOR
        asked = [one for one, _ in options_of(result) if _first(interp, one, names)]
        for one in asked:
            _may_be_asked_for_an_item(interp, one, names, node)
        return Unknown(Lost(Reason.LOOP, node)) if asked else result

    return interp.each(value, act)


def _may_be_asked_for_an_item(interp: Interpreter, value: Value, names: tuple[str, ...], node: ir.Node) -> None:
    """What is done where the program's own method gives the next item; how often it does, nobody knows."""
    unknown = interp.unknown(Reason.LOOP, node)
    given = Arguments() if names == ITERATOR else Arguments(((unknown, None),))
    later(interp, lambda: call_special(interp, value, names[0], given, node) or unknown, node)
    if isinstance(value, Object):
        forget_attributes(interp, value.ref, node)


def _first(interp: Interpreter, value: Value, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if _method(interp, value, name) is not None), None)


def _method(interp: Interpreter, value: Value, name: str) -> Function | None:
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        cls = value.ref.cls
        found = class_attribute(interp, cls, name) if isinstance(cls, Class) else None
        return found if isinstance(found, Function) else None
    return None


@reads_item(InstanceRef)
def _item(interp: Interpreter, owner: Object, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
    """``thing[index]``: what ``__getitem__`` gives where the program has one."""
    key = interp.unknown(Reason.EXPRESSION, node) if index is None else index
    found = call_special(interp, owner, "__getitem__", Arguments(((key, None),)), node)
    if found is not None:
        return found
    return reads_item.get(container_kind(interp, owner) or Ref)(interp, owner, index, node, bounds)


@sets_item(InstanceRef)
def _set_item(interp: Interpreter, owner: Object, index: Value, value: Value, node: ir.Expression) -> None:
    """``thing[index] = value``: by ``__setitem__`` where the program has one."""
    if call_special(interp, owner, "__setitem__", Arguments(((index, None), (value, None))), node) is None:
        sets_item.get(container_kind(interp, owner) or Ref)(interp, owner, index, value, node)

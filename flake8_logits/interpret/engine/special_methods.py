"""Special methods of the program's own classes: what the language calls by itself, as ``len`` calls ``__len__``."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import Arguments, Class, Function, Object, Unknown, Value
from flake8_logits.interpret.engine.instances import bound, class_attribute, forget_attributes
from flake8_logits.interpret.engine.interpreter import Bounds, Interpreter, reads_item, sets_item
from flake8_logits.knowledge.special_methods import ITEM_BY_ITEM, ITERATING, ITERATOR
from flake8_logits.source import syntax as ir


def call_special(interp: Interpreter, value: Value, name: str, args: Arguments, node: ir.Node) -> Value | None:
    """What a special method gives that the class of an object of the program defines; None where it does not."""
    method = _method(interp, value, name)
    if method is None or not isinstance(node, ir.Expression):
        return None
    return interp.call(bound(interp, method, value, node), args, node)


def ask(interp: Interpreter, value: Value, names: tuple[str, ...], node: ir.Node, *given: Value) -> None:
    """Call the first of these special methods that the class of a value has, for what it does."""
    if not any(_first(interp, option, names) for option, _ in options_of(value)):
        return

    def act(option: Value) -> Value:
        name = _first(interp, option, names)
        if name is not None:
            call_special(interp, option, name, Arguments(tuple((one, None) for one in given)), node)
        return option

    interp.each(value, act)


def iterated(interp: Interpreter, value: Value, node: ir.Node) -> Value:
    """What is iterated over: what ``__iter__`` gives where the program has one.

    What is asked for item by item may change itself as often.
    """
    if not any(_first(interp, option, (*ITERATING, *ITEM_BY_ITEM)) for option, _ in options_of(value)):
        return value

    def act(option: Value) -> Value:
        found = call_special(interp, option, ITERATING[0], Arguments(), node)
        result = option if found is None else found
        asked = [
            one for one, _ in options_of(result) if _first(interp, one, ITEM_BY_ITEM if found is None else ITERATOR)
        ]
        for one in asked:
            if isinstance(one, Object):
                forget_attributes(interp, one.ref, node)
        return Unknown(Lost(Reason.LOOP, node)) if asked else result

    return interp.each(value, act)


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
    return reads_item.get(Ref)(interp, owner, index, node, bounds) if found is None else found


@sets_item(InstanceRef)
def _set_item(interp: Interpreter, owner: Object, index: Value, value: Value, node: ir.Expression) -> None:
    """``thing[index] = value``: by ``__setitem__`` where the program has one."""
    if call_special(interp, owner, "__setitem__", Arguments(((index, None), (value, None))), node) is None:
        sets_item.get(Ref)(interp, owner, index, value, node)

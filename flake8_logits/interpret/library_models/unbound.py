"""Changes that are spelt as calls: of a class's method, of a special method, of ``operator``'s functions."""

from __future__ import annotations

from flake8_logits.interpret.abstract.values import NONE, Arguments, Class, Const, Method, Object, Value
from flake8_logits.interpret.engine.assignment import delete_attribute, delete_entry
from flake8_logits.interpret.engine.instances import forget_attributes, set_past_rule
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import UNLISTED, models_library
from flake8_logits.source import syntax as ir

_CLASSES = ("builtins.dict.", "builtins.list.", "builtins.set.", "collections.OrderedDict.", "collections.deque.")


def _unbound(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """``list.append(items, one)``; None for what is no method of a container."""
    if not name.startswith(_CLASSES) or not args.positional:
        return None
    receiver, rest = args.positional[0][0], Arguments(args.positional[1:], args.keywords, args.open)
    return interp.call(Method(receiver, name.rpartition(".")[2], node), rest, node)


UNLISTED.append(_unbound)


@models_library("builtins.object.__setattr__", "builtins.type.__setattr__")
def _setattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Past the class's own rule: what is set is there, but for what libraries find first."""
    owner, name, value = args.value(0), args.value(1), args.value(2)
    if owner is not None and isinstance(name, Const) and isinstance(name.value, str) and value is not None:
        set_past_rule(interp, owner, name.value, value, node)
        return NONE
    if isinstance(owner, (Object, Class)):
        forget_attributes(interp, owner.ref if isinstance(owner, Object) else owner.scope, node)
    return NONE


@models_library("builtins.delattr", "builtins.object.__delattr__", "builtins.type.__delattr__")
def _delattr(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, name = args.value(0), args.value(1)
    if not isinstance(owner, (Object, Class)):
        return NONE
    place = owner.ref if isinstance(owner, Object) else owner.scope
    if isinstance(name, Const) and isinstance(name.value, str):
        delete_attribute(interp, owner, name.value, node)
    else:
        forget_attributes(interp, place, node)
    return NONE


@models_library("operator.setitem")
def _setitem(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, index, value = args.value(0), args.value(1), args.value(2)
    if owner is not None and index is not None and value is not None:
        interp.set_item(owner, index, value, node)
    return NONE


@models_library("operator.delitem")
def _delitem(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    owner, index = args.value(0), args.value(1)
    if owner is not None and index is not None:
        delete_entry(interp, owner, index, node)
    return NONE

"""``copy`` and ``deepcopy``."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import ChainRef, InstanceRef
from flake8_logits.interpret.abstract.values import NONE, Arguments, Object, Value
from flake8_logits.interpret.engine.copies import DEEPEST_COPY, duplicate
from flake8_logits.interpret.engine.instances import share_parts
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.engine.special_methods import call_special
from flake8_logits.source import syntax as ir


@models_library("copy.copy")
def _shallow(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _copied(interp, args, node, "__copy__", 0)


@models_library("copy.deepcopy")
def _deep(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _copied(interp, args, node, "__deepcopy__", DEEPEST_COPY)


def _copied(interp: Interpreter, args: Arguments, node: ir.Expression, method: str, depth: int) -> Value:
    """A copy as the class says, where it does."""
    told = Arguments(((interp.unknown(Reason.UNKNOWN_CALL, node), None),)) if depth else Arguments()

    def act(option: Value) -> Value:
        found = call_special(interp, option, method, told, node)
        if found is not None:
            return found
        return duplicate(interp, option, node, depth) if depth else _with_the_same_parts(interp, option, node)

    return interp.each(args.value(0, "x") or NONE, act)


def _with_the_same_parts(interp: Interpreter, value: Value, node: ir.Expression) -> Value:
    """A shallow copy: of a chain all that matters is its parts, and these are the same ones."""
    if isinstance(value, Object) and isinstance(value.ref, ChainRef):
        return value
    copy = duplicate(interp, value, node, 0)
    if not isinstance(value, Object) or not isinstance(copy, Object) or not isinstance(value.ref, InstanceRef):
        return copy
    return copy if share_parts(interp, value, copy) else interp.unknown(Reason.CANDIDATES, node)

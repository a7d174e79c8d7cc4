"""Calls of values that are no function of the program and of no library: alternatives, partials, what is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.symbols import made_symbol
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Choice,
    Function,
    Library,
    Partial,
    Tensor,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.dispatch import Names, Table
from flake8_logits.interpret.engine.escape import escape
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.interpreter import Interpreter, calls, kind_of
from flake8_logits.knowledge.methods import CALLBACK_METHODS
from flake8_logits.knowledge.traits import leaves_arguments_alone, makes_objects
from flake8_logits.source import syntax as ir

Beside = Callable[[Interpreter, Value, Any, Arguments, ir.Expression], None]
observes_beside: Table[Beside] = Table()
"""By kind of one of several callees: note that something else may be called in its place."""
gives_of_unknown: Names[Callable[[Interpreter, Unknown, Arguments, ir.Expression], Value | None]] = Names()
"""By name of a method that tells by itself what it gives, whatever it is called on; None where it is another one."""
calls_unknown_method: Names[Callable[[Interpreter, Unknown, Arguments, ir.Expression], None]] = Names()
"""By name of the method: what its call on something unknown tells."""


@calls(object)
def _call_anything(interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> Value:
    hand_over(interp, args, node)
    escape(interp, args, node, kept=_constructs(node))
    return interp.unknown(Reason.UNKNOWN_CALL, node)


@calls(Ref)
def _call_object(interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> Value:
    return interp.unknown(Reason.UNKNOWN_CALL, node)


@calls(Unknown)
def _call_unknown(interp: Interpreter, callee: Unknown, args: Arguments, node: ir.Expression) -> Value:
    method = node.func.attr if isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) else ""
    telling = gives_of_unknown.find(method)
    # What its arguments are now: the call may change them.
    told = None if telling is None else telling(interp, callee, args, node)
    hand_over(interp, args, node)
    if not leaves_arguments_alone(callee.lost.library) and not _is_of_callback(node):
        escape(interp, args, node, kept=_constructs(node))
    handler = calls_unknown_method.find(method)
    if handler is not None:
        handler(interp, callee, args, node)
    if told is not None:
        return told
    lost = callee.lost
    if lost.reason is Reason.UNDEFINED_NAME:
        lost = Lost(Reason.UNKNOWN_CALL, node, lost.detail)
    return Unknown(lost, made_symbol()) if _constructs(node) else Unknown(lost)


@calls(Partial)
def _call_partial(interp: Interpreter, callee: Partial, args: Arguments, node: ir.Expression) -> Value:
    given = callee.args
    merged = Arguments(
        (*given.positional, *args.positional),
        (*(item for item in given.keywords if args.keyword(item[0]) is None), *args.keywords),
        given.open or args.open,
    )
    return interp.call(callee.callee, merged, node)


def _is_of_callback(node: ir.Expression) -> bool:
    """Whether a call hands a model to a callback, which does not train it."""
    return isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and node.func.attr in CALLBACK_METHODS


def _constructs(node: ir.Expression) -> bool:
    """Whether a call reads like making an object: that keeps what it is given and leaves it as it is."""
    func = node.func if isinstance(node, ir.Call) else None
    name = func.attr if isinstance(func, ir.Attribute) else func.id if isinstance(func, ir.Name) else ""
    return makes_objects(name)


@calls(Choice)
def _call_alternatives(interp: Interpreter, callee: Choice, args: Arguments, node: ir.Expression) -> Value:
    """Each option in a branch of its own; a reader of outputs is judged beside what may stand in its place."""
    options = [option for option, _ in options_of(interp.state.narrow(callee) or callee)]
    readers = [option for option in options if observes_beside.find(kind_of(option)) is not None]
    other = next((option for option in options if isinstance(option, Unknown)), None)
    judged = any(isinstance(value, Tensor) and isinstance(value.belief, Output) for value in args.values())

    def act(option: Value) -> Value:
        for reader in readers if isinstance(option, (Unknown, Library)) else ():
            if reader is not option:
                observes_beside.get(kind_of(reader))(interp, option, reader, args, node)
        if other is None or not judged or not isinstance(option, Function):
            return interp.call(option, args, node)
        # What the program's own function may be in such a place is a loss.
        with interp.observations.beside(other.lost):
            return interp.call(option, args, node)

    return interp.each(callee, act)

"""Calls of what can be one of several things: what is known of one says nothing of where another is called instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Output
from flake8_logits.interpret.losses import apply_other
from flake8_logits.interpret.state import options_of
from flake8_logits.interpret.values import Arguments, Function, Library, LossValue, Tensor, Unknown, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def call_each(
    interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression, call: Callable[[Value], Value]
) -> Value:
    """Call each option of a callee in a branch of its own; a loss is judged beside what may stand in its place."""
    options = [option for option, _ in options_of(interp.state.narrow(callee) or callee)]
    loss = next((option for option in options if isinstance(option, LossValue)), None)
    other = next((option for option in options if isinstance(option, Unknown)), None)
    judged = any(isinstance(value, Tensor) and isinstance(value.belief, Output) for value in args.values())

    def act(option: Value) -> Value:
        if loss is not None and isinstance(option, (Unknown, Library)):
            apply_other(interp, option, loss, args, node)
        if other is None or not judged or not isinstance(option, Function):
            return call(option)
        # What the program's own function may be in such a place is a loss.
        before, interp.recorder.beside = interp.recorder.beside, other.lost
        result = call(option)
        interp.recorder.beside = before
        return result

    return interp.each(callee, act)

"""``flake8_logits.reveal_output`` and ``reveal``: ask the interpreter what a value is, without any rule."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.source import syntax as ir


@models_library("flake8_logits.reveal")
def _reveal(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``reveal(x)``: what is known of x here is noted, so that the interpreter can be asked without any rule."""
    value = args.value(0) or interp.unknown(Reason.EXPRESSION, node)
    interp.observations.reveal(node, value)
    return value


@models_library("flake8_logits.reveal_output")
def _reveal_output(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``reveal_output(x)``: gives x back, as it does when the program runs."""
    return args.value(0) or interp.unknown(Reason.EXPRESSION, node)

"""Functions that end the program."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.effects import LEAVING_FUNCTIONS
from flake8_logits.source import syntax as ir


def leave_program(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Nothing behind the call is run."""
    interp.frame.fails(interp.state)
    return interp.unknown(Reason.NOT_RETURNED, node)


for _name in LEAVING_FUNCTIONS:
    models_library(_name)(leave_program)

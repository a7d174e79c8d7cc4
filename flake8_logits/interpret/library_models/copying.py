"""``copy`` and ``deepcopy``."""

from __future__ import annotations

from flake8_logits.interpret.abstract.values import NONE, Arguments, Value
from flake8_logits.interpret.engine.copies import DEEPEST_COPY, duplicate
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.source import syntax as ir


@models_library("copy.copy")
def _shallow(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return interp.each(args.value(0, "x") or NONE, lambda option: duplicate(interp, option, node, 0))


@models_library("copy.deepcopy")
def _deep(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return interp.each(args.value(0, "x") or NONE, lambda option: duplicate(interp, option, node, DEEPEST_COPY))

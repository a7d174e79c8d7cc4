"""Imports by a name that is a string."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Const, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.engine.modules import module_named, resolved
from flake8_logits.source import syntax as ir


@models_library("importlib.import_module")
def import_by_name(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``importlib.import_module("a.b")``: the module itself."""
    name = args.value(0, "name")
    if not isinstance(name, Const) or not isinstance(name.value, str) or name.value.startswith("."):
        return interp.unknown(Reason.IMPORTED, node)
    return resolved(interp, module_named(interp, name.value, 0, interp.frames[-1].scope), node)


@models_library("builtins.__import__")
def import_top(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """``__import__("a.b")``: the first module of the name."""
    name = args.value(0, "name")
    if not isinstance(name, Const) or not isinstance(name.value, str):
        return interp.unknown(Reason.IMPORTED, node)
    return import_by_name(interp, Arguments(((Const(name.value.partition(".")[0]), None),)), node)

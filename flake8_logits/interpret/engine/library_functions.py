"""Library functions that do more than a row can say, each under its canonical dotted name.

This is their one registry; the modules of ``library_models`` (and of a framework) fill it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.symbols import made_symbol
from flake8_logits.interpret.abstract.values import Arguments, Library, Tensor, Value
from flake8_logits.interpret.engine.calls import calls_unknown_method, observes_beside
from flake8_logits.interpret.engine.dispatch import Names, Table
from flake8_logits.interpret.engine.escape import escape
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.interpreter import Interpreter, calls
from flake8_logits.interpret.engine.observing import leave_open
from flake8_logits.interpret.engine.special_methods import ask, ask_parts, may_ask
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.special_methods import asked_by, asked_of_parts_by, is_builtin
from flake8_logits.knowledge.traits import leaves_arguments_alone, makes_objects, works_on_tensors
from flake8_logits.source import syntax as ir

LibraryFunction = Callable[[Interpreter, Arguments, ir.Expression], Value]
UnlistedFunction = Callable[[Interpreter, str, Arguments, ir.Expression], Value | None]
RowCall = Callable[[Interpreter, Any, Arguments, ir.Expression], Value]

models_library: Names[LibraryFunction] = Names()
"""By canonical name: what calling it gives."""
applies_row: Table[RowCall] = Table()
"""By type of row: what calling something that has such a row gives."""
observes_row_beside: Table[Callable[[Interpreter, Value, Any, Arguments, ir.Expression], None]] = Table()
"""By type of row: note that something else may be called in the place of what has such a row."""
WRITES: list[Callable[[Interpreter, str, Arguments, Value, ir.Expression], Value]] = []
"""Asked in turn after each call, by its name and with its result: write what the call writes, and give the result."""
UNLISTED: list[UnlistedFunction] = []
"""Asked in turn for what has neither a function nor a row; each answers None for what is not its business."""


_READ_BY_FUNCTIONS = (SiteKind.ACTIVATION, SiteKind.WRITTEN, SiteKind.CUT, SiteKind.CHOICE)
"""How functions read what they are given, other than losses and draws."""


@calls(Library)
def call_library(interp: Interpreter, callee: Library, args: Arguments, node: ir.Expression) -> Value:
    """What calling something of a library gives: by the function registered for its name, else by its row."""
    asked = asked_by(callee.name)
    for value in args.values() if asked else ():
        ask(interp, value, asked, node)
    asked_of_parts = asked_of_parts_by(callee.name)
    for value in args.values() if asked_of_parts else ():
        ask_parts(interp, value, asked_of_parts, node)
    result = _result(interp, callee.name, args, node)
    for write in WRITES:
        result = write(interp, callee.name, args, result, node)
    return result


def _result(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value:
    function = models_library.find(name)
    if function is not None:
        return function(interp, args, node)
    row = lookup(name)
    if row is not None:
        return applies_row.get(type(row))(interp, row, args, node)
    for unlisted in UNLISTED:
        result = unlisted(interp, name, args, node)
        if result is not None:
            return result
    if not is_builtin(name):
        may_ask(interp, args, node)
    hand_over(interp, args, node)
    if not leaves_arguments_alone(name):
        escape(interp, args, node, kept=makes_objects(name))
    if works_on_tensors(name) and any(isinstance(value, Tensor) for value in args.values()):
        return Tensor(interp.unknown(Reason.UNKNOWN_OPERATION, node, library=name).lost)
    symbol = made_symbol() if makes_objects(name) else None
    reason = Reason.UNKNOWN_LAYER if ".layers." in name else Reason.UNKNOWN_CALL
    _tell_as_method(interp, name, args, node)
    return interp.unknown(reason, node, symbol=symbol, library=name)


def _tell_as_method(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> None:
    """What a call tells where it is one of a method of something that a module keeps, as a model may be."""
    owner, _, method = name.rpartition(".")
    handler = calls_unknown_method.find(method)
    if handler is not None and isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute):
        handler(interp, interp.unknown(Reason.IMPORTED, node, library=owner), args, node)


@observes_beside(Library)
def _observe_beside(interp: Interpreter, other: Value, known: Library, args: Arguments, node: ir.Expression) -> None:
    row = lookup(known.name)
    observe = None if row is None else observes_row_beside.find(type(row))
    if observe is not None:
        observe(interp, other, row, args, node)
        return
    for kind in _READ_BY_FUNCTIONS:
        leave_open(interp, kind, node, Lost(Reason.UNKNOWN_CALL, node))

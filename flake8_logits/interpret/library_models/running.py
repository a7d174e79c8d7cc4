"""Threads and processes: the function that they are given may run from here on."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import NONE, Arguments, Gap, Mapping, Value
from flake8_logits.interpret.engine.branches import any_times
from flake8_logits.interpret.engine.containers import content_of, turns
from flake8_logits.interpret.engine.escape import escape
from flake8_logits.interpret.engine.handing_over import hand_over
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.knowledge.running import RUNS, Runs
from flake8_logits.source import syntax as ir


def _runs(row: Runs) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        function = _given(args, row.function)
        if function is not None and function != NONE:
            given = _arguments(interp, row, args, node)
            any_times(interp, lambda: _call(interp, function, given, node), node)
        hand_over(interp, args, node)
        escape(interp, args, node)
        return interp.unknown(Reason.UNKNOWN_CALL, node, library=row.name)

    return run


def _call(interp: Interpreter, function: Value, args: Arguments, node: ir.Expression) -> None:
    interp.call(function, args, node)


def _given(args: Arguments, parameter: Parameter | None) -> Value | None:
    return None if parameter is None else args.value(parameter.index, parameter.name)


def _arguments(interp: Interpreter, row: Runs, args: Arguments, node: ir.Expression) -> Arguments:
    """What the function is called with; open where not all of that is known."""
    lost = Lost(Reason.PARAMETER, node)
    first: list[Value] = [interp.unknown(Reason.PARAMETER, node)] if row.told else []
    given, named = _given(args, row.args), _given(args, row.keywords)
    items = [] if given is None else turns(interp, given)
    content = Mapping(()) if named is None else content_of(interp, named)
    if items is None or any(isinstance(item, Gap) for item in items) or not isinstance(content, Mapping):
        return Arguments(open=lost)
    keywords = tuple((key, value, None) for key, value in content.items if isinstance(key, str))
    positional = tuple((item, None) for item in (*first, *items) if not isinstance(item, Gap))
    return Arguments(positional, keywords, args.open or content.partial)


for _row in RUNS:
    models_library.add(_row.name, _runs(_row))

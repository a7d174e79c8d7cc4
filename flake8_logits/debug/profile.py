"""What the functions of a program cost the interpreter: how often each is entered, and what is spent in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir

HEADER = f"{'statements':>10} {'seconds':>8}  function"


@dataclass
class Cost:
    """What was spent in one function, without what it calls: statements, and seconds of CPU time."""

    statements: int = 0
    seconds: float = 0.0


class Profile:
    """Counts statements and CPU time for each function; an ``Observer``.

    The time between two steps belongs to the function that was being run at the first of them.
    """

    def __init__(self) -> None:
        self._costs: dict[ir.Node | None, Cost] = {}
        self._current: ir.Node | None = None
        self._since = time.process_time()

    def on_statement(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        self._step(interp)
        self._cost().statements += 1

    def on_executed(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        self._step(interp)

    def on_value(self, interp: Interpreter, node: ir.Expression, value: Value) -> None:
        """Nothing of interest."""

    def on_call(self, interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> None:
        """Nothing of interest."""

    def on_result(self, interp: Interpreter, callee: Value, result: Value, node: ir.Expression) -> None:
        """Nothing of interest."""

    def on_observation(self, kind: SiteKind, place: ir.Node, head: str, observation: Observation) -> None:
        """Nothing of interest."""

    def lines(self) -> Iterator[str]:
        """Yield a line for each function, the one with the most statements first."""
        yield HEADER
        for body, cost in sorted(self._costs.items(), key=lambda item: -item[1].statements):
            yield f"{cost.statements:>10} {cost.seconds:>8.3f}  {_named(body)}"

    def _step(self, interp: Interpreter) -> None:
        now = time.process_time()
        self._cost().seconds += now - self._since
        self._since = now
        self._current = interp.frames[-1].body if interp.frames else None

    def _cost(self) -> Cost:
        return self._costs.setdefault(self._current, Cost())


def _named(body: ir.Node | None) -> str:
    """A function by its name and place; what stands outside of all functions has neither."""
    if body is None:
        return "(modules and classes)"
    name = body.name if isinstance(body, ir.FunctionDef) else "lambda"
    return f"{name}  {body.span.path}:{body.span.line}"

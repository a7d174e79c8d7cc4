"""The steps of an interpretation: statements with what they bind, calls with their arguments, observations."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.debug.bindings import names_of, targets_of
from flake8_logits.debug.describe import describe, describe_loss, describe_output
from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.domain.places import Span
from flake8_logits.interpret.abstract.values import Arguments, Choice, Class, Function, Value
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir

Write = Callable[[str], None]


_NOWHERE = Span("", None, 0, 0, 0, 0)
"""Where steps belong that are part of no statement: what is judged when all was run."""


class Trace:
    """Writes a line for each step, deeper ones further in; an ``Observer``.

    ``wants`` says which places are of interest: steps of the statements that stand there are written.
    """

    def __init__(self, write: Write, wants: Callable[[Span], bool]) -> None:
        self._write = write
        self._wants = wants
        self._running: list[tuple[ir.Statement, int]] = []
        self._depth = 0
        self._values: dict[ir.Node, str] = {}

    def on_statement(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        self._running.append((node, self._depth))
        if not isinstance(node, ir.Annotation):
            self._step(f"{_place(node)}  {_first_line(node)}")
        self._depth += 1

    def on_executed(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        for name in names_of(node):
            value = interp.state.get(frame.scope.target(name), name)
            if value is not None:
                self._step(f"{name} = {describe(interp, value)}")
        for target in targets_of(node):
            if isinstance(target, (ir.Attribute, ir.Subscript)) and isinstance(node, ir.Assign):
                self._step(f"{target.text} = {self._values.get(node.value, '?')}")
        if isinstance(node, ir.Leave) and node.keyword == "return":
            self._step(f"return {self._values.get(node.value, '?') if node.value is not None else None}")
        _, self._depth = self._running.pop()

    def on_value(self, interp: Interpreter, node: ir.Expression, value: Value) -> None:
        running = self._running[-1][0] if self._running else None
        if isinstance(running, (ir.Assign, ir.Leave)) and running.value is node:
            self._values[node] = describe(interp, value)

    def on_call(self, interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> None:
        if isinstance(callee, (Function, Class)):
            shown = [describe(interp, value) for value, _ in args.positional]
            shown += [f"{name}={describe(interp, value)}" for name, value, _ in args.keywords]
            shown += [] if args.open is None else ["..."]
            self._step(f"call {describe(interp, callee)} with ({', '.join(shown)})")
        self._depth += 1

    def on_result(self, interp: Interpreter, callee: Value, result: Value, node: ir.Expression) -> None:
        self._depth -= 1
        if isinstance(callee, (Function, Class, Choice)):
            self._step(f"{describe(interp, callee)} gives {describe(interp, result)}")

    def on_observation(self, kind: SiteKind, place: ir.Node, head: str, observation: Observation) -> None:
        named = f" at head {head}" if head else ""
        output, loss = describe_output(observation.output), describe_loss(observation.loss)
        self._step(f"observed {kind.value}, {_place(place)}{named}: {output}; read by {loss}")

    def _step(self, text: str) -> None:
        if self._wants(_header(self._running[-1][0]) if self._running else _NOWHERE):
            self._write(f"{'  ' * self._depth}{text}")


def _place(node: ir.Node) -> str:
    span = node.span
    return f"{span.line}:{span.column + 1}" if span.cell is None else f"cell{span.cell}:{span.line}:{span.column + 1}"


def _header(node: ir.Statement) -> Span:
    """The span of a statement without the statements in it."""
    span = node.span
    body = getattr(node, "body", ())
    end = min((statement.span.line for statement in body), default=span.end_line + 1) - 1
    return Span(span.path, span.cell, span.line, span.column, max(span.line, end), span.end_column)


def _first_line(node: ir.Statement) -> str:
    first, _, rest = node.text.partition("\n")
    return f"{first} ..." if rest else first

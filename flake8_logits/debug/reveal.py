"""What expressions are: every value that each of them had while the program was interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_logits.debug.bindings import targets_of
from flake8_logits.debug.describe import describe_options
from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir
from flake8_logits.source.outline import nodes_of, statements_of

NEVER = "never evaluated"
"""What is said of an expression that the interpreter did not come to."""


class Reveal:
    """Keeps what each expression was; an ``Observer``."""

    def __init__(self) -> None:
        self._found: dict[ir.Node, dict[str, None]] = {}

    def on_value(self, interp: Interpreter, node: ir.Expression, value: Value) -> None:
        self._found.setdefault(node, {}).update(dict.fromkeys(describe_options(interp, value)))

    def on_statement(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        """Nothing of interest."""

    def on_executed(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        """Nothing of interest."""

    def on_call(self, interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> None:
        """Nothing of interest."""

    def on_result(self, interp: Interpreter, callee: Value, result: Value, node: ir.Expression) -> None:
        """Nothing of interest."""

    def on_observation(self, kind: SiteKind, place: ir.Node, head: str, observation: Observation) -> None:
        """Nothing of interest."""

    def lines(self, expressions: Iterable[ir.Expression]) -> Iterator[str]:
        """Yield a line for each expression: where it stands, what is written there, what it was."""
        for node in expressions:
            span = node.span
            text = " ".join(node.text.split())
            yield f"{span.line}:{span.column + 1}  {text}  # {self.answer(node)}"

    def answer(self, node: ir.Expression) -> str:
        """Return what an expression was, over all calls, branches and turns of loops."""
        return " | ".join(self._found.get(node, ())) or NEVER


def assigned_values(body: ir.Block) -> Iterator[ir.Expression]:
    """Yield what each assignment assigns, in the order of the source."""
    yield from (node.value for node in statements_of(body) if isinstance(node, ir.Assign))


def expressions_on(body: ir.Block, line: int) -> Iterator[ir.Expression]:
    """Yield the expressions that begin on a line, outer ones first, without literals and what is assigned to."""
    nodes = list(nodes_of(body))
    targets = {target for node in nodes for target in targets_of(node)}
    for node in nodes:
        shown = isinstance(node, ir.Expression) and not isinstance(node, (ir.Constant, ir.Stated))
        if shown and node not in targets and node.span.line == line:
            assert isinstance(node, ir.Expression)
            yield node

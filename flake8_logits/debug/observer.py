"""Who watches an interpretation: told of every statement, value, call and observation while it goes on."""

from __future__ import annotations

from typing import Protocol

from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir


class Observer(Protocol):
    """What is called while a program is interpreted; nothing that it does changes the interpretation.

    ``interp`` is in the state of that moment: what a value holds must be asked of it at once.
    """

    def on_statement(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        """A statement is about to be executed."""

    def on_executed(self, interp: Interpreter, node: ir.Statement, frame: Frame) -> None:
        """A statement was executed, or given up; its effects are in the state."""

    def on_value(self, interp: Interpreter, node: ir.Expression, value: Value) -> None:
        """An expression was evaluated."""

    def on_call(self, interp: Interpreter, callee: Value, args: Arguments, node: ir.Expression) -> None:
        """A value is about to be called; one of several is told of once for all."""

    def on_result(self, interp: Interpreter, callee: Value, result: Value, node: ir.Expression) -> None:
        """A call came back; one that was given up never does."""

    def on_observation(self, kind: SiteKind, place: ir.Node, head: str, observation: Observation) -> None:
        """An output met a loss, a metric or another reader."""

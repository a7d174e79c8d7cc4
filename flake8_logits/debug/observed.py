"""An interpreter that tells an observer what it does; the plain one pays nothing for it."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_logits.debug.observer import Observer
from flake8_logits.domain.facts import Observation, Pairing, SiteKind
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.values import Arguments, Value
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observations import Observations
from flake8_logits.interpret.program import interpret_program
from flake8_logits.knowledge.catalogue import under
from flake8_logits.knowledge.settings import Settings
from flake8_logits.source import syntax as ir
from flake8_logits.source.documents import Document
from flake8_logits.source.prefilter import names_a_loss
from flake8_logits.source.tree import Tree
from flake8_logits.source.watching import project_of


class ObservedInterpreter(Interpreter):
    """Does what the interpreter does, and tells the observer before and after."""

    observer: Observer

    @property
    def may_meet(self) -> bool:
        """Always: who asks what a value is may ask for one that meets nothing."""
        return True

    def evaluate(self, node: ir.Expression, scope: Scope) -> Value:
        value = super().evaluate(node, scope)
        self.observer.on_value(self, node, value)
        return value

    def execute_some(self, block: Iterable[ir.Statement], frame: Frame) -> None:
        for statement in block:
            if self.state.ended or self.budget.spent:
                return
            self.observer.on_statement(self, statement, frame)
            try:
                super().execute_some((statement,), frame)
            finally:
                self.observer.on_executed(self, statement, frame)

    def call(self, callee: Value, args: Arguments, node: ir.Expression) -> Value:
        self.observer.on_call(self, callee, args, node)
        result = super().call(callee, args, node)
        self.observer.on_result(self, callee, result, node)
        return result


class ObservedObservations(Observations):
    """Gathers observations, and tells the observer of each."""

    observer: Observer

    def record(
        self,
        kind: SiteKind,
        place: ir.Node,
        head: str,
        body: ir.Node | None,
        observations: list[Observation],
        met: ir.Node | None = None,
        through: Iterable[str] = (),
    ) -> None:
        super().record(kind, place, head, body, observations, met, through)
        for observation in observations:
            self.observer.on_observation(kind, place, head, observation)


def interpret(document: Document, observer: Observer, settings: Settings, follow_imports: bool = True) -> list[Tree]:
    """Interpret a document as an analysis does, without its prefilter, and return the trees of its units."""
    return observe(document, observer, settings, follow_imports)[0]


def observe(
    document: Document, observer: Observer, settings: Settings, follow_imports: bool = True
) -> tuple[list[Tree], list[Pairing]]:
    """Interpret a document as ``interpret`` does, and return the trees of its units, and what met what."""
    with under(settings):
        trees = [Tree(unit) for unit in document.units]
        project = project_of(document.path) if follow_imports else None
        lines = sum(unit.text.count("\n") + 1 for unit in document.units)
        budget = Budget(lines, names_a_loss(document.text, settings.words))
        observations = ObservedObservations(document.path)
        observations.observer = observer
        interp = ObservedInterpreter(budget, observations)
        interp.observer = observer
        interpret_program(interp, [tree.body for tree in trees], document.path, project)
        return trees, observations.pairings()

"""An interpreter that tells an observer what it does; the plain one pays nothing for it."""

from __future__ import annotations

import os.path
from collections.abc import Iterable

from flake8_logits.debug.observer import Observer
from flake8_logits.domain.facts import Observation, SiteKind
from flake8_logits.interpret.alone import run_the_rest
from flake8_logits.interpret.budget import Budget
from flake8_logits.interpret.imports import Loader, Modules
from flake8_logits.interpret.interpreter import Frame, Interpreter
from flake8_logits.interpret.recorder import Recorder
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import Arguments, Const, Value
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

    def evaluate(self, node: ir.Expression, scope: Scope) -> Value:
        value = super().evaluate(node, scope)
        self.observer.on_value(self, node, value)
        return value

    def execute(self, block: Iterable[ir.Statement], frame: Frame) -> None:
        for statement in block:
            if self.state.ended or self.budget.spent:
                return
            self.observer.on_statement(self, statement, frame)
            try:
                super().execute((statement,), frame)
            finally:
                self.observer.on_executed(self, statement, frame)

    def call(self, callee: Value, args: Arguments, node: ir.Expression) -> Value:
        self.observer.on_call(self, callee, args, node)
        result = super().call(callee, args, node)
        self.observer.on_result(self, callee, result, node)
        return result


class ObservedRecorder(Recorder):
    """Records what the recorder does, and tells the observer."""

    observer: Observer

    def record(
        self, kind: SiteKind, place: ir.Node, head: str, body: ir.Node | None, observations: list[Observation]
    ) -> None:
        super().record(kind, place, head, body, observations)
        for observation in observations:
            self.observer.on_observation(kind, place, head, observation)


def interpret(document: Document, observer: Observer, settings: Settings, follow_imports: bool = True) -> list[Tree]:
    """Interpret a document as an analysis does, without its prefilter, and return the trees of its units."""
    with under(settings):
        trees = [Tree(unit) for unit in document.units]
        project = project_of(document.path) if follow_imports else None
        lines = sum(unit.text.count("\n") + 1 for unit in document.units)
        budget = Budget(lines, names_a_loss(document.text, settings.words))
        _run([tree.body for tree in trees], budget, document.path, project, observer)
    return trees


def _run(bodies: list[ir.Block], budget: Budget, path: str, loader: Loader | None, observer: Observer) -> None:
    """Do what ``interpret.program.run`` does, with the observed interpreter."""
    scope = Scope("module", path=os.path.abspath(path))
    modules = Modules(loader, {scope.path: scope}) if loader is not None else None
    recorder = ObservedRecorder(path)
    recorder.observer = observer
    interp = ObservedInterpreter(budget, recorder, modules)
    interp.observer = observer
    interp.state.set(scope, "__name__", Const("__main__"))
    frame = Frame(scope, interp.state)
    interp.frames.append(frame)
    for body in bodies:
        interp.execute(body, frame)
        interp.state.ended = ""
    run_the_rest(interp)

"""Runs a whole document: its units in order, then (``alone``) what nobody called."""

from __future__ import annotations

import os.path
from collections.abc import Sequence as Items

from flake8_logits.domain.facts import Pairing
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.alone import run_the_rest
from flake8_logits.interpret.budget import Budget
from flake8_logits.interpret.imports import Loader, Modules
from flake8_logits.interpret.interpreter import Frame, Interpreter
from flake8_logits.interpret.recorder import Recorder
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import Const
from flake8_logits.source import syntax as ir


def run_program(bodies: Items[ir.Block], budget: Budget, path: str = "", loader: Loader | None = None) -> list[Pairing]:
    """The pairings of a program given as the statements of its units.

    ``budget`` is what may be spent on it, ``path`` the file it stands in; ``loader`` reads the other modules of its
    project, and without one, what is imported from them stays unknown.
    """
    return run(bodies, budget, path, loader).recorder.pairings()


def run(bodies: Items[ir.Block], budget: Budget, path: str = "", loader: Loader | None = None) -> Interpreter:
    """The interp after a program was run, as ``run_program`` runs it; its recorder holds what was seen."""
    scope = Scope("module", path=os.path.abspath(path))
    modules = Modules(loader, {scope.path: scope}) if loader is not None else None
    interp = Interpreter(budget, Recorder(path), modules)
    interp.state.set(scope, "__name__", Const("__main__"))
    frame = Frame(scope, interp.state)
    interp.frames.append(frame)
    for body in bodies:
        interp.execute(body, frame)
        # A cell that raises does not keep the next one from being run.
        interp.state.ended = ""
    run_the_rest(interp)
    if interp.budget.spent:
        lost = Lost(Reason.STATEMENTS)
        for node in interp.entered:
            interp.recorder.doubt(node, lost)
    return interp

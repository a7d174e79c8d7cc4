"""Interprets a whole document: its units in order, then the functions that nobody calls."""

from __future__ import annotations

import os.path
from collections.abc import Sequence as Items
from functools import partial

from flake8_logits.domain.facts import Pairing
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import Const
from flake8_logits.interpret.engine.entry_points import guarded, run_uncalled
from flake8_logits.interpret.engine.interpreter import AT_THE_END, Frame, Interpreter
from flake8_logits.interpret.engine.module_table import Loader, ModuleTable
from flake8_logits.interpret.engine.modules import scope_of
from flake8_logits.interpret.engine.observations import Observations
from flake8_logits.interpret.registered import REGISTERED
from flake8_logits.source import syntax as ir


def run_program(
    bodies: Items[ir.Block], budget: Budget, path: str = "", loader: Loader | None = None, callers: Items[str] = ()
) -> list[Pairing]:
    """The pairings of a program given as the statements of its units.

    ``budget`` is what may be spent on it, ``path`` the file it stands in; ``loader`` reads the other modules of its
    project, and without one, what is imported from them stays unknown.  ``callers`` are files of the project that call
    what the program defines; where one cannot be read, nothing is known of what they hand over.
    """
    return run(bodies, budget, path, loader, callers).observations.pairings()


def run(
    bodies: Items[ir.Block], budget: Budget, path: str = "", loader: Loader | None = None, callers: Items[str] = ()
) -> Interpreter:
    """The interpreter after a program was run, as ``run_program`` runs it; its observations hold what was seen."""
    return interpret_program(Interpreter(budget, Observations(path)), bodies, path, loader, callers)


def interpret_program(
    interp: Interpreter,
    bodies: Items[ir.Block],
    path: str = "",
    loader: Loader | None = None,
    callers: Items[str] = (),
) -> Interpreter:
    """A fresh interpreter after it has run a program."""
    assert REGISTERED
    scope = Scope(ScopeKind.MODULE, path=os.path.abspath(path))
    interp.modules = ModuleTable(loader, {scope.path: scope}) if loader is not None else None
    interp.callers = frozenset(callers)
    interp.state.set(scope, "__name__", Const("__main__"))
    frame = Frame(scope, interp.state)
    with interp.running(frame, interp.state):
        for body in bodies:
            interp.execute(body, frame)
            # A cell that raises does not keep the next one from being run.
            interp.state.ended = False
        missing = run_callers(interp)
        run_uncalled(interp)
        for finish in AT_THE_END:
            guarded(interp, partial(finish, interp))
    lost = Lost(Reason.STATEMENTS) if interp.budget.spent else missing
    if lost is not None:
        for node in interp.entered:
            interp.observations.doubt(node, lost)
    return interp


def run_callers(interp: Interpreter) -> Lost | None:
    """Run the files that call what is checked, what nobody calls in them included, before what nobody calls at all.

    Why what they hand over is not all known; None where it is.
    """
    if interp.modules is None or not interp.callers:
        return None
    missing: Lost | None = None
    for path in sorted(interp.callers):
        if scope_of(interp, interp.modules, path, "__main__") is None:
            missing = Lost(Reason.IMPORTED, None, os.path.basename(path))
    run_uncalled(interp, interp.callers)
    return missing

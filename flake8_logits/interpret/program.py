"""Interprets a whole document: its units in order, then the functions that nobody calls."""

from __future__ import annotations

import os.path
from collections.abc import Collection
from collections.abc import Sequence as Items
from dataclasses import dataclass
from functools import partial

from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.domain.places import Place
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import Const
from flake8_logits.interpret.engine.entry_points import guarded, run_by_themselves, run_uncalled
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import AT_THE_END, Interpreter
from flake8_logits.interpret.engine.module_table import Loader, ModuleTable
from flake8_logits.interpret.engine.modules import scope_of
from flake8_logits.interpret.engine.observations import Observations
from flake8_logits.interpret.engine.stack import room_on_the_stack
from flake8_logits.interpret.engine.steps import Memory, remembering
from flake8_logits.interpret.registered import REGISTERED
from flake8_logits.source import syntax as ir


@dataclass(frozen=True, slots=True)
class Seen:
    """The pairings of a program, whether it reads options from its command line, and where its own calls led to.

    ``budget`` is what was left of what might be spent on it.
    """

    pairings: list[Pairing]
    takes_options: bool
    called: frozenset[Place]
    budget: Budget


def run_program(
    bodies: Items[ir.Block],
    budget: Budget,
    path: str = "",
    loader: Loader | None = None,
    callers: Items[str] = (),
    memory: Memory | None = None,
) -> list[Pairing]:
    """The pairings of a program given as the statements of its units.

    ``budget`` is what may be spent on it, ``path`` the file it stands in; ``loader`` reads the other modules of its
    project, and without one, what is imported from them stays unknown.  ``callers`` are files of the project that call
    what the program defines; where one cannot be read, nothing is known of what they hand over.  What would cost too
    much to follow into other files is answered without them, where that can be answered.  ``memory`` is of an earlier
    run of the same program, or of one that has statements in common with it.
    """
    return see_program(bodies, budget, path, loader, callers, memory).pairings


def see_program(
    bodies: Items[ir.Block],
    budget: Budget,
    path: str = "",
    loader: Loader | None = None,
    callers: Items[str] = (),
    memory: Memory | None = None,
) -> Seen:
    """What is seen of a program, as ``run_program`` runs it."""
    observations = _followed(bodies, budget, path, loader, callers, memory).observations
    found = observations.pairings()
    if loader is not None and any(map(_is_too_dear, found)):
        found = _answered_alone(found, bodies, budget, path, memory)
    return Seen(found, observations.takes_options, observations.called, budget)


def see_generously(
    bodies: Items[ir.Block], budget: Budget, path: str, loader: Loader | None, callers: Items[str] = ()
) -> Seen:
    """What is seen of a program by somebody who waits for all of it: more is spent where that was not enough.

    That is where something hangs on it: a loss or a metric that was met, or, in a program that does something by
    itself, what may be met in other files.  What was used for the first look counts, too.
    """
    seen = see_program(bodies, budget, path, loader, callers)
    if loader is None or not any(budget.hands_over or _hangs_on_it(one) for one in filter(_is_too_dear, seen.pairings)):
        return seen
    again = budget.afresh(generous=True)
    again.used = budget.used
    return see_program(bodies, again, path, loader, callers)


def _answered_alone(
    found: list[Pairing], bodies: Items[ir.Block], budget: Budget, path: str, memory: Memory | None
) -> list[Pairing]:
    """The pairings, those that were too dear to follow into other files as they are without these."""
    apart = None if memory is None else memory.beside(None, memory.scope.path)
    found_alone = run(bodies, budget.afresh(), path, memory=apart).observations.pairings()
    alone = {_site(one): one for one in found_alone if _is_known(one)}
    return [alone.get(_site(one), one) if _is_too_dear(one) else one for one in found]


def _followed(
    bodies: Items[ir.Block],
    budget: Budget,
    path: str,
    loader: Loader | None,
    callers: Items[str],
    memory: Memory | None,
) -> Interpreter:
    """The interpreter after a run that follows imports: with thrift, unless what others hold concerns the program."""
    first = run(bodies, budget, path, loader, callers, memory)
    thrifty = budget.thrifty and loader is not None and not callers
    # A script that hands an imported model to an imported trainer has no part in what meets there but this.
    concerned = first.may_meet_here or (budget.hands_over and first.decides)
    if not thrifty or not budget.others_were_dear or not concerned:
        return first
    further = None if memory is None else memory.beside(("further",), memory.scope.path)
    return run(bodies, budget.afresh(), path, loader, memory=further)


def _site(pairing: Pairing) -> tuple[object, ...]:
    return pairing.place, pairing.head, pairing.kind, pairing.met


def _is_too_dear(pairing: Pairing) -> bool:
    ends = [end for met in pairing.observations for end in (met.output, met.loss)]
    return any(isinstance(end, Lost) and end.reason is Reason.OTHER_FILES for end in ends)


def _hangs_on_it(pairing: Pairing) -> bool:
    """Whether it is a loss or metric of which something is left undecided, and not no more than a call."""
    return (pairing.kind.is_loss or pairing.kind is SiteKind.METRIC) and not pairing.is_left_out


def _is_known(pairing: Pairing) -> bool:
    return not any(isinstance(end, Lost) for met in pairing.observations for end in (met.output, met.loss))


def run(
    bodies: Items[ir.Block],
    budget: Budget,
    path: str = "",
    loader: Loader | None = None,
    callers: Items[str] = (),
    memory: Memory | None = None,
) -> Interpreter:
    """The interpreter after a program was run, as ``run_program`` runs it; its observations hold what was seen."""
    return interpret_program(Interpreter(budget, Observations(path)), bodies, path, loader, callers, memory)


def run_without_options(
    bodies: Items[ir.Block], budget: Budget, path: str = "", loader: Loader | None = None, memory: Memory | None = None
) -> list[Pairing]:
    """What a program meets when it is started without options: by what runs then, not by what nobody calls."""
    interp = Interpreter(budget, Observations(path), without_options=True)
    return interpret_program(interp, bodies, path, loader, memory=memory).observations.pairings()


def run_avoided(
    bodies: Items[ir.Block], budget: Budget, path: str, loader: Loader, callers: Items[str], places: Collection[ir.Node]
) -> list[Pairing]:
    """What a program meets where no call of its callers leads to: there, functions are run on what the callers make."""
    interp = Interpreter(budget, Observations(path))
    interp.avoided = frozenset(places)
    return interpret_program(interp, bodies, path, loader, callers).observations.pairings()


def interpret_program(
    interp: Interpreter,
    bodies: Items[ir.Block],
    path: str = "",
    loader: Loader | None = None,
    callers: Items[str] = (),
    memory: Memory | None = None,
) -> Interpreter:
    """A fresh interpreter after it has run a program."""
    assert REGISTERED
    scope = Scope(ScopeKind.MODULE, path=os.path.abspath(path)) if memory is None else memory.scope
    interp.home = scope.path
    interp.modules = ModuleTable(loader, {scope.path: scope}) if loader is not None else None
    interp.callers = frozenset(callers)
    with remembering(interp, memory):
        _interpret(interp, bodies, scope)
    return interp


def _interpret(interp: Interpreter, bodies: Items[ir.Block], scope: Scope) -> None:
    interp.state.set(scope, "__name__", Const("__main__"))
    frame = Frame(scope, interp.state)
    with room_on_the_stack(), interp.running(frame, interp.state):
        for body in bodies:
            for statement in body:
                interp.step(("statement", statement), partial(interp.execute_some, (statement,), frame))
            # A cell that raises does not keep the next one from being run.
            interp.state.ended = False
        interp.catch_up(frame, list(frame.put_off))
        missing = run_callers(interp)
        lost = Lost(Reason.STATEMENTS) if interp.budget.calls_are_spent else missing
        if lost is not None:
            _doubt(interp, lost)
        interp.observations.end_of_calls()
        if not interp.without_options:
            run_uncalled(interp)
        if interp.avoided:
            run_by_themselves(interp, interp.avoided)
        for finish in AT_THE_END:
            guarded(interp, partial(finish, interp))
    if missing is not None:
        _doubt(interp, missing)


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


def _doubt(interp: Interpreter, lost: Lost) -> None:
    """Whatever was entered so far may be given more than was seen."""
    for node in interp.entered:
        interp.observations.doubt(node, lost)

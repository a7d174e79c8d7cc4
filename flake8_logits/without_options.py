"""What a program meets when it is started without options on its command line.

Of a loss that is chosen by an option, or of a model that is, nothing can be said for every value of the option.  What
its default leads to is said by the program itself.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.domain.places import Place
from flake8_logits.domain.targets import Target
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.engine.steps import Memory
from flake8_logits.interpret.program import run_without_options
from flake8_logits.source import syntax as ir
from flake8_logits.undecided import is_at_fault, is_undecided

if TYPE_CHECKING:
    from flake8_logits.source.project import Project


def settled_without_options(
    path: str,
    bodies: Sequence[ir.Block],
    budget: Budget,
    pairings: Sequence[Pairing],
    project: Project | None,
    target: Target,
    called: Container[Place],
    memory: Memory | None = None,
) -> list[Pairing]:
    """The pairings of a program, the undecided that are at fault when it is started without options as they are then.

    What is decided stays as it is, and so does what is right without options, for others may make it wrong.  ``called``
    are the places that the program's own calls lead to; compiled models meet their losses in the end.
    """
    reached = (one for one in pairings if one.kind is SiteKind.COMPILE or one.place in called)
    waiting = {_site(pairing) for pairing in reached if is_undecided(pairing, target)}
    if not waiting:
        return list(pairings)
    beside = None if memory is None else memory.beside("without options", memory.scope.path)
    met = run_without_options(bodies, budget, path, project, beside)
    found = [replace(one, without_options=True) for one in met if _site(one) in waiting]
    settled = {_site(one): one for one in found if is_at_fault(one, target)}
    return [settled.get(_site(pairing), pairing) for pairing in pairings]


def _site(pairing: Pairing) -> tuple[object, ...]:
    return pairing.kind, pairing.place, pairing.head, pairing.met

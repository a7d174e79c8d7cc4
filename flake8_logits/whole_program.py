"""What the other files of a project have to say of a document: those that call it, and those it calls."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Observation, Pairing
from flake8_logits.domain.places import Place, Span
from flake8_logits.domain.targets import Target
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.engine.mentions import Mentions, holds_any
from flake8_logits.interpret.engine.steps import Memory
from flake8_logits.interpret.program import run_avoided, run_program, see_generously
from flake8_logits.knowledge.settings import Settings
from flake8_logits.source import syntax as ir
from flake8_logits.source.prefilter import names_a_loss, worth_parsing
from flake8_logits.undecided import codes_of, decisive, is_undecided

if TYPE_CHECKING:
    from flake8_logits.source.project import Project


def called_from(
    path: str,
    bodies: Sequence[ir.Block],
    lines: int,
    pairings: Sequence[Pairing],
    project: Project,
    settings: Settings,
    generous: bool = False,
) -> list[Pairing]:
    """The pairings of a document, those settled that hang on what its callers in other files hand over.

    ``pairings`` is what the document gives by itself, with so many ``lines``; ``generous`` as in Budget.  What is known
    without the callers stays as it is: that somebody calls a function otherwise does not take away what the file itself
    does wrong.
    """
    open_ends = [one for one in pairings if _may_be_settled(one, settings.target)]
    names = _leading_to([pairing.place for pairing in open_ends], bodies)
    callers = project.callers(path, names) if names else ()
    if callers is None:
        return [_for(Reason.MANY_CALLERS, pairing) for pairing in pairings]
    if not callers:
        return list(pairings)
    modules = [module for caller in callers if (module := project.read(caller)) is not None]
    if len(modules) < len(callers):
        return [_for(Reason.UNREAD_CALLER, pairing) for pairing in pairings]
    budget = Budget(lines + sum(module.lines for module in modules), generous=generous)
    settled = {_key(pairing): pairing for pairing in run_program(bodies, budget, path, project, callers)}
    waiting = {_key(pairing) for pairing in open_ends}
    avoided = {one.place for one in open_ends if _key(one) not in settled and isinstance(one.place, ir.Node)}
    if avoided:
        met = run_avoided(bodies, budget.afresh(generous), path, project, callers, avoided)
        settled |= {_key(pairing): pairing for pairing in met if pairing.place in avoided}
    return [settled.get(_key(one), one) if _key(one) in waiting else one for one in pairings]


def _may_be_settled(pairing: Pairing, target: Target) -> bool:
    """Whether callers may tell more of what meets."""
    return (is_undecided(pairing, target) and not pairing.is_left_out) or _has_a_default(pairing)


def _has_a_default(pairing: Pairing) -> bool:
    """Whether callers may give another loss than the one that is judged."""
    return any(isinstance(met.loss, Lost) and met.loss.reason is Reason.DEFAULT for met in pairing.observations)


def _for(reason: Reason, pairing: Pairing) -> Pairing:
    """The pairing with another reason for what its callers would have told."""
    return replace(pairing, observations=tuple(map(partial(_with_reason, reason), pairing.observations)))


def _with_reason(reason: Reason, met: Observation) -> Observation:
    output, loss = met.output, met.loss
    if isinstance(output, Lost) and output.reason is Reason.PARAMETER:
        output = replace(output, reason=reason)
    if isinstance(loss, Lost) and loss.reason is Reason.PARAMETER:
        loss = replace(loss, reason=reason)
    return replace(met, output=output, loss=loss)


def _leading_to(places: Sequence[Place], bodies: Sequence[ir.Block]) -> list[str]:
    """The names of the functions and classes of a module that one of the places stands in, or that mention such."""
    definitions = [
        statement for body in bodies for statement in body if isinstance(statement, (ir.FunctionDef, ir.ClassDef))
    ]
    wanted = {place for place in places if isinstance(place, ir.Node)}
    leading = {one.name for one in definitions if holds_any(one, wanted)}
    read = Mentions()
    mentions = {one.name: read.names_in(one) for one in definitions} if leading else {}
    while True:
        more = {name for name, found in mentions.items() if found & leading} - leading
        if not more:
            return sorted(leading)
        leading |= more


def _key(pairing: Pairing) -> tuple[object, ...]:
    return pairing.kind, pairing.place, pairing.head, pairing.met


class CalledFiles:
    """The other files of a project that a document calls: what their own checks say."""

    def __init__(
        self, path: str, project: Project, settings: Settings, memory: Memory | None = None, generous: bool = False
    ) -> None:
        """``memory`` is that of the runs of the document; those of the others have theirs beside it.

        ``generous`` says that the document was seen generously, and that the others are to be.
        """
        self.path = path
        self._project = project
        self._settings = settings
        self._memory = memory
        self._generous = generous
        self._said: dict[str, list[_Said]] = {}

    def answer_for(self, pairing: Pairing) -> bool:
        """Whether the same is said where it happens: in another file, of an output and a loss that stand elsewhere.

        Then nothing that the call hands over has a part in it, and every caller would repeat what is said there.
        """
        if pairing.met is None or self._takes_part(pairing):
            return False
        said = _said(pairing, self._settings.target)
        if said is None:
            return False
        return any(said.is_part_of(other) for path in pairing.through for other in self._said_in(path))

    def _takes_part(self, pairing: Pairing) -> bool:
        """Whether what decided one of the ends stands in the document itself."""
        return any(
            place is not None and place.path == self.path
            for met in pairing.observations
            for place in (decisive(met.output), decisive(met.loss))
        )

    def _said_in(self, path: str) -> list[_Said]:
        if path not in self._said:
            self._said[path] = self._check(path)
        return self._said[path]

    def _check(self, path: str) -> list[_Said]:
        module = self._project.read(path)
        words = self._settings.words
        if module is None or not worth_parsing(module.text, words):
            return []
        budget = Budget(module.lines, names_a_loss(module.text, words))
        if self._generous:
            pairings = see_generously([module.body], budget, path, self._project).pairings
        else:
            memory = None if self._memory is None else self._memory.beside(path, os.path.abspath(path))
            pairings = run_program([module.body], budget, path, self._project, memory=memory)
        said = (_said(one, self._settings.target) for one in pairings)
        return [one for one in said if one is not None]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a pairing, and of what: the codes, none where it is unknown; where they meet; what decided."""

    codes: frozenset[str]
    met: Span
    origins: frozenset[Span]

    def is_part_of(self, other: _Said) -> bool:
        """Whether the other says as much at the same place."""
        return self.met == other.met and self.codes <= other.codes and self.origins <= other.origins


def _said(pairing: Pairing, target: Target) -> _Said | None:
    """What is said of a pairing; None for nothing at all."""
    codes = codes_of(pairing, target)
    if not codes and not is_undecided(pairing, target):
        return None
    places = (decisive(met.output) for met in pairing.observations)
    origins = frozenset(place.span for place in places if place is not None)
    return _Said(codes, (pairing.met or pairing.place).span, origins)

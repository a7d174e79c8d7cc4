"""The one door: a document goes in, a report comes out.  Every front-end enters here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Diagnostic, Finding, Problem, ProblemKind, Related, Report, UnknownSite
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place, Span
from flake8_logits.domain.sizes import EASIER
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.domain.unknown import End, Lost, Reason
from flake8_logits.domain.verification import Claim
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.rules.base import Rule
from flake8_logits.rules.beside import beside
from flake8_logits.rules.registry import RULES
from flake8_logits.rules.targets import aimed
from flake8_logits.source.documents import Document
from flake8_logits.source.lexemes import has_more_tokens
from flake8_logits.source.prefilter import names_a_loss, worth_parsing
from flake8_logits.source.syntax_errors import syntax_problems
from flake8_logits.source.trees import tree_of
from flake8_logits.source.watching import project_of

if TYPE_CHECKING:
    from flake8_logits.source.project import Project
    from flake8_logits.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Examined:
    """A report with what it came from: the rules' findings, each at its diagnostic's place, the trees, the pairings."""

    report: Report
    findings: tuple[Finding, ...] = ()
    trees: Sequence[Tree] = ()
    pairings: Sequence[Pairing] = ()


def analyse(
    document: Document, follow_imports: bool = True, settings: Settings = PLAIN, claims: list[Claim] | None = None
) -> Report:
    """All that is known of a document: findings in the order of their places, what stayed unknown, what was unreadable.

    ``follow_imports`` lets it read the other modules of the project that the document imports; ``settings`` are what
    its user declared; ``claims`` is given what is believed of every pairing, found at fault or not.  Raises nothing,
    whatever the document holds.
    """
    examined = examine(document, follow_imports, settings)
    if claims is not None:
        claims.extend(claim for pairing in examined.pairings if (claim := claim_of(pairing)) is not None)
    return examined.report


def examine(document: Document, follow_imports: bool = True, settings: Settings = PLAIN) -> Examined:
    """The report of a document, as ``analyse`` gives it, with what it came from."""
    texts = [unit.text for unit in document.units]
    if not worth_analysing(document, settings):
        # Nothing to find in there; of data in the form of a program not even the syntax is looked at.
        readable = not has_more_tokens(texts, settings.most_tokens * EASIER)
        found = syntax_problems(document) if readable else []
        return Examined(Report(document.path, problems=(*document.problems, *found)))
    if has_more_tokens(texts, settings.most_tokens):
        return Examined(Report(document.path, problems=(*document.problems, _too_long(document, settings))))
    # Here, because the rows are slow to build and most files are not worth analysing.
    from flake8_logits.knowledge.catalogue import under

    with under(settings):
        return _examine(document, follow_imports, settings)


def _too_long(document: Document, settings: Settings) -> Problem:
    most = settings.most_tokens
    words = (
        f"was not analysed: it has more than {most} tokens; --max-tokens (in flake8 --logits-max-tokens) allows more"
    )
    return Problem(document.path, words, kind=ProblemKind.LIMIT)


def prepare() -> None:
    """Import now what an analysis will need: processes that are forked after this need not do it each."""
    # Here, because this is the whole purpose.
    import flake8_logits.interpret.program
    import flake8_logits.source.tree  # noqa: F401


def worth_analysing(document: Document, settings: Settings = PLAIN) -> bool:
    """Whether the document says enough of models and losses to be parsed; without that there is nothing to report."""
    words = settings.words
    return any(worth_parsing(unit.text, words) for unit in document.units) or (
        len(document.units) > 1 and worth_parsing(document.text, words)
    )


def _examine(document: Document, follow_imports: bool, settings: Settings) -> Examined:
    # Here, because the interpreter and libcst are slow to import and most files are not worth analysing.
    from flake8_logits.interpret.abstract.budget import Budget
    from flake8_logits.interpret.program import run_program

    trees = [tree_of(unit) for unit in document.units]
    problems = (*document.problems, *(tree.problem for tree in trees if tree.problem is not None))
    project = project_of(document.path) if follow_imports else None
    lines = sum(unit.text.count("\n") + 1 for unit in document.units)
    asks = names_a_loss(document.text, settings.words)
    pairings = run_program([tree.body for tree in trees], Budget(lines, asks), document.path, project)
    if project is not None:
        others = _OtherFiles(document.path, project, settings)
        pairings = [pairing for pairing in pairings if not others.answer_for(pairing)]
    root = "" if project is None else project.root
    found = diagnose(pairings, settings.target, root, document.countable)
    diagnostics = tuple(diagnostic for _, diagnostic in found)
    report = Report(document.path, diagnostics, tuple(unknown_sites(pairings, settings.target)), problems)
    return Examined(report, tuple(finding for finding, _ in found), trees, pairings)


class _OtherFiles:
    """The other files of a project that a document calls: what their own checks say."""

    def __init__(self, path: str, project: Project, settings: Settings) -> None:
        self.path = path
        self._project = project
        self._settings = settings
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
            place is not None and place.span.path == self.path
            for met in pairing.observations
            for place in (_decisive(met.output), _decisive(met.loss))
        )

    def _said_in(self, path: str) -> list[_Said]:
        if path not in self._said:
            self._said[path] = self._check(path)
        return self._said[path]

    def _check(self, path: str) -> list[_Said]:
        # Here, because the interpreter is slow to import and most files are not worth analysing.
        from flake8_logits.interpret.abstract.budget import Budget
        from flake8_logits.interpret.program import run_program

        module = self._project.read(path)
        words = self._settings.words
        if module is None or not worth_parsing(module.text, words):
            return []
        budget = Budget(module.lines, names_a_loss(module.text, words))
        said = (_said(one, self._settings.target) for one in run_program([module.body], budget, path, self._project))
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
    codes = _codes(pairing, target)
    if not codes and _unknown(pairing, target) is None:
        return None
    places = (_decisive(met.output) for met in pairing.observations)
    origins = frozenset(place.span for place in places if place is not None)
    return _Said(codes, (pairing.met or pairing.place).span, origins)


def _codes(pairing: Pairing, target: Target) -> frozenset[str]:
    """The codes of the rules that find a pairing at fault."""
    judged = aimed(pairing, target)
    return frozenset(rule.code for rule in RULES if rule.judge(judged) is not None)


def _decisive(end: Output | Loss | Lost) -> Place | None:
    """The place that decided what an output or a loss is, or at which sight of it was lost."""
    if isinstance(end, Output):
        return end.origin.place if end.origin is not None else None
    return end.place if isinstance(end, Lost) else end.elsewhere or end.anchor


def diagnose(
    pairings: Iterable[Pairing], target: Target = ANY, root: str = "", countable: bool = True
) -> list[tuple[Finding, Diagnostic]]:
    """What the rules say of a program's pairings on this target, each finding once, by place.

    ``root`` is the folder of the project, from which messages tell of other files; ``countable`` as in Document.
    """
    found: dict[tuple[object, ...], tuple[Finding, Diagnostic]] = {}
    for pairing in beside([replace(aimed(pairing, target), root=root, countable=countable) for pairing in pairings]):
        for rule in RULES:
            finding = rule.judge(pairing)
            if finding is not None:
                diagnostic = _resolve(finding, rule, pairing)
                found.setdefault((diagnostic.code, diagnostic.span, diagnostic.related), (finding, diagnostic))
    return sorted(found.values(), key=lambda pair: _order(pair[1]))


def _order(diagnostic: Diagnostic) -> tuple[object, ...]:
    span = diagnostic.span
    return (span.path, -1 if span.cell is None else span.cell, span.line, span.column, diagnostic.code)


def _resolve(finding: Finding, rule: Rule, pairing: Pairing) -> Diagnostic:
    related = tuple(Related(place.span, note) for place, note in finding.related)
    return Diagnostic(
        rule.code,
        rule.name,
        finding.message,
        finding.place.span,
        related,
        claim=claim_of(pairing),
        severity=rule.severity,
        consequence=finding.consequence,
        superfluous=finding.superfluous,
    )


def claim_of(pairing: Pairing) -> Claim | None:
    """What is believed of the output in a pairing; None where nothing is known of it."""
    outputs = [observation.output for observation in pairing.observations if isinstance(observation.output, Output)]
    losses = [observation.loss for observation in pairing.observations if isinstance(observation.loss, Loss)]
    if not outputs:
        return None
    scales = tuple(dict.fromkeys(output.scale.value for output in outputs))
    named = next((loss for loss in losses if loss.name), None)
    reader, expects = ("", "") if named is None else (named.name, named.contract.expects.value)
    elsewhere = any(loss.elsewhere is not None for loss in losses)
    return Claim(pairing.place.span, pairing.kind, pairing.head, scales, reader, expects, elsewhere=elsewhere)


def unknown_sites(pairings: Iterable[Pairing], target: Target = ANY) -> list[UnknownSite]:
    """The losses of which nothing could be decided, with the reason of the first thing unknown."""
    found: dict[tuple[object, ...], UnknownSite] = {}
    for pairing in pairings:
        site = _unknown(pairing, target)
        if site is not None:
            found.setdefault((site.span, site.reason, site.detail), site)
    return list(found.values())


def _unknown(pairing: Pairing, target: Target) -> UnknownSite | None:
    if not pairing.kind.is_loss:
        return None
    losses = [met.loss for met in pairing.observations if isinstance(met.loss, Loss) and met.loss.name]
    found = _lost(pairing, bool(losses))
    if found is None:
        lost = _contested(pairing)
        if lost is None or _codes(pairing, target):
            return None
        found = (lost, End.OUTPUT)
    lost, end = found
    loss = losses[0] if losses else None
    place = loss.anchor if loss is not None else pairing.place
    where = None if lost.place is None else lost.place.span
    return UnknownSite(place.span, loss.name if loss else "", lost.reason, lost.detail, where, end)


def _lost(pairing: Pairing, known: bool) -> tuple[Lost, End] | None:
    """What is unknown first, and which end it is; ``known`` tells whether any loss is one of ours."""
    for met in pairing.observations:
        if isinstance(met.output, Lost) and known:
            return met.output, End.OUTPUT
        if isinstance(met.loss, Lost) and (known or _concerns_us(pairing, met)):
            return met.loss, End.LOSS
    return None


def _concerns_us(pairing: Pairing, met: Observation) -> bool:
    """Whether a loss that is not known may be one of ours."""
    assert isinstance(met.loss, Lost)
    if met.loss.reason in (Reason.UNKNOWN_SWITCH, Reason.UNKNOWN_LOSS, Reason.OWN_LOSS):
        return True
    # Here, because the rows are slow to import and most files are not worth analysing.
    from flake8_logits.knowledge.catalogue import owns

    # Of a library that is known, the losses without a row take any numbers.
    other = bool(met.loss.library) and owns(met.loss.library)
    return pairing.kind is SiteKind.COMPILE and isinstance(met.output, Output) and not other


def _contested(pairing: Pairing) -> Lost | None:
    """Why a pairing of which all is known may still be right and wrong; None where it is right."""
    pairs = [
        (met.output, met.loss)
        for met in pairing.observations
        if isinstance(met.output, Output) and isinstance(met.loss, Loss)
    ]
    over = next((output for output, loss in pairs if output.axis is not None and loss.name), None)
    if over is not None:
        return Lost(Reason.OTHER_AXIS, _decisive(over), over.activation)
    verdicts = {loss.contract.judge(output.scale, loss.told): output for output, loss in pairs}
    if len(verdicts) < 2:
        return None
    reason = Reason.DISAGREE if Verdict.AGREES in verdicts else Reason.CONTRADICTORY
    wrong = next(output for verdict, output in verdicts.items() if verdict is not Verdict.AGREES)
    return Lost(reason, _decisive(wrong))

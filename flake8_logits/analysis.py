"""The one door: a document goes in, a report comes out.  Every front-end enters here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flake8_logits.collector import collecting_rarely
from flake8_logits.domain.diagnostics import Diagnostic, Finding, Problem, ProblemKind, Related, Report
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.sizes import EASIER
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.domain.verification import Claim, Unlike
from flake8_logits.interruption import heed
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.rules.apart import judged
from flake8_logits.rules.base import Rule
from flake8_logits.rules.beside import beside
from flake8_logits.rules.targets import aimed
from flake8_logits.source.disagreement import Disagreement
from flake8_logits.source.documents import Document
from flake8_logits.source.entry_scripts import acts, leads_to_a_loss
from flake8_logits.source.gate import may_meet
from flake8_logits.source.lexemes import has_more_tokens
from flake8_logits.source.prefilter import names_a_loss, tells_numbers, worth_parsing
from flake8_logits.source.syntax_errors import syntax_problems
from flake8_logits.source.trees import keeping_parts, read, reading_quickly
from flake8_logits.source.watching import project_of
from flake8_logits.staying import KeptProgram, kept_program
from flake8_logits.undecided import unknown_sites

if TYPE_CHECKING:
    from flake8_logits.source.tree import Tree

ORDINARY = 40
"""Characters of a line, about."""
_HANDED_ON = frozenset({StepKind.IDENTITY, StepKind.RESHAPE})
"""The kinds of steps that leave each number as it is."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A report with what it came from: the rules' findings, each at its diagnostic's place, the pairings.

    ``trees`` are libcst's; there are none after a quick look.  ``steps`` is what the analysis took: lines of
    ordinary length that were read and statements that were run, whatever the machine.
    """

    report: Report
    findings: tuple[Finding, ...] = ()
    trees: Sequence[Tree] = ()
    pairings: Sequence[Pairing] = ()
    steps: int = 0


def analyse(
    document: Document, follow_imports: bool = True, settings: Settings = PLAIN, claims: list[Claim] | None = None
) -> Report:
    """All that is known of a document: findings in the order of their places, what stayed unknown, what was unreadable.

    ``follow_imports`` lets it read the other modules of the project that the document imports; ``settings`` are what
    its user declared; ``claims`` is given what is believed of every pairing, found at fault or not.  Raises nothing,
    whatever the document holds.
    """
    examined = examine(document, follow_imports, settings, quick=claims is None)
    if claims is not None:
        claims.extend(claim for pairing in examined.pairings if (claim := claim_of(pairing)) is not None)
    return examined.report


def examine(
    document: Document,
    follow_imports: bool = True,
    settings: Settings = PLAIN,
    callers: bool = False,
    quick: bool = False,
    unknowns: bool = True,
) -> Examined:
    """The report of a document, as ``analyse`` gives it, with what it came from.

    ``callers`` lets it read the modules of the project that import the document, too: what only they call is judged
    with what they hand over.  Outside of a process that keeps programs for the next edit, it also lets calls into other
    files cost more, where something hangs on them.  With a quick look libcst reads only files in which something that
    is reported stands, to say where.  Without ``unknowns`` the losses of which nothing could be decided are left out.
    """
    texts = [unit.text for unit in document.units]
    if not worth_analysing(document, settings, follow_imports):
        # Nothing to find in there; of data in the form of a program not even the syntax is looked at.
        readable = not has_more_tokens(texts, settings.most_tokens * EASIER)
        found = syntax_problems(document) if readable else []
        return Examined(Report(document.path, problems=(*document.problems, *found)))
    if has_more_tokens(texts, settings.most_tokens):
        return Examined(Report(document.path, problems=(*document.problems, _too_long(document, settings))))
    # Here, because the rows are slow to build and most files are not worth analysing.
    from flake8_logits.knowledge.catalogue import under

    prepare()  # before: what is imported by then is not looked through again
    with under(settings), collecting_rarely():
        if quick:
            with contextlib.suppress(Disagreement), reading_quickly():
                return _examine(document, follow_imports, settings, callers, unknowns)
        return _examine(document, follow_imports, settings, callers, unknowns)


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
    import flake8_logits.source.quick_tree  # noqa: F401


def worth_analysing(document: Document, settings: Settings = PLAIN, follow_imports: bool = True) -> bool:
    """Whether the document says enough of models and losses to be parsed; without that there is nothing to report.

    ``follow_imports`` lets what it imports say it.
    """
    words = settings.words
    if any(worth_parsing(unit.text, words) for unit in document.units):
        return True
    if len(document.units) > 1 and worth_parsing(document.text, words):
        return True
    return follow_imports and leads_to_a_loss(document, words)


def _examine(document: Document, follow_imports: bool, settings: Settings, callers: bool, unknowns: bool) -> Examined:
    with kept_program(document) as kept, keeping_parts(None if kept is None else kept.parts):
        return _interpret(document, follow_imports, settings, callers, unknowns, kept)


def _interpret(
    document: Document,
    follow_imports: bool,
    settings: Settings,
    callers: bool,
    unknowns: bool,
    kept: KeptProgram | None,
) -> Examined:
    # Here, because the interpreter and libcst are slow to import and most files are not worth analysing.
    from flake8_logits.interpret.abstract.budget import Budget
    from flake8_logits.interpret.program import see_generously, see_program
    from flake8_logits.source.quick_tree import QuickTree

    trees = [read(unit) for unit in document.units]
    problems = (*document.problems, *(tree.problem for tree in trees if tree.problem is not None))
    quick = [tree for tree in trees if isinstance(tree, QuickTree)]
    words = settings.words
    asks = names_a_loss(document.text, words)
    idle = len(quick) == len(trees) and not may_meet([said for tree in quick for said in tree.said], words)
    if idle or not asks:
        asks = follow_imports and leads_to_a_loss(document, words)
    if idle and not asks:
        return Examined(Report(document.path, problems=problems))
    project = project_of(document.path) if follow_imports else None
    heed()
    lines = sum(unit.text.count("\n") + 1 for unit in document.units)
    bodies = [tree.body for tree in trees]
    hands_over = acts(document, bodies)
    # What stays for the next edit is paid for once.
    thrifty = not tells_numbers(document.text, words) and not (hands_over and kept is not None)
    budget = Budget(lines, asks, thrifty, hands_over=hands_over)
    memory = None
    if kept is not None and len(quick) == len(trees):
        memory = kept.memory(document.path, settings, follow_imports, asks)
    generous = callers and kept is None
    if generous:
        seen = see_generously(bodies, budget, document.path, project)
    else:
        seen = see_program(bodies, budget, document.path, project, memory=memory)
    pairings = seen.pairings
    if project is not None:
        # Here, because it needs the interpreter.
        from flake8_logits.whole_program import CalledFiles, called_from

        if callers:
            pairings = called_from(document.path, bodies, lines, pairings, project, settings, generous)
        others = CalledFiles(document.path, project, settings, memory, generous)
        pairings = [pairing for pairing in pairings if not others.answer_for(pairing)]
    if seen.takes_options:
        # Here, because it needs the interpreter.
        from flake8_logits.without_options import settled_without_options

        again = seen.budget.afresh(seen.budget.generous)
        pairings = settled_without_options(
            document.path, bodies, again, pairings, project, settings.target, seen.called, memory
        )
    root = "" if project is None else project.root
    heed()
    found = diagnose(pairings, settings.target, root, document.countable)
    diagnostics = tuple(diagnostic for _, diagnostic in found)
    sites = unknown_sites(pairings, settings.target) if unknowns else ()
    report = Report(document.path, diagnostics, tuple(sites), problems)
    exact = [tree for tree in trees if not isinstance(tree, QuickTree)]
    return Examined(
        report,
        tuple(finding for finding, _ in found),
        exact,
        pairings,
        max(lines, len(document.text) // ORDINARY) + seen.budget.used,
    )


def diagnose(
    pairings: Iterable[Pairing], target: Target = ANY, root: str = "", countable: bool = True
) -> list[tuple[Finding, Diagnostic]]:
    """What the rules say of a program's pairings on this target, each finding once, by place.

    ``root`` is the folder of the project, from which messages tell of other files; ``countable`` as in Document.
    """
    found: dict[tuple[object, ...], tuple[Finding, Diagnostic]] = {}
    for pairing in beside([replace(aimed(pairing, target), root=root, countable=countable) for pairing in pairings]):
        for part, rule, finding in judged(pairing):
            diagnostic = _resolve(finding, rule, part, len(part.observations) < len(pairing.observations))
            found.setdefault((diagnostic.code, diagnostic.span, diagnostic.related), (finding, diagnostic))
    return sorted(found.values(), key=lambda pair: _order(pair[1]))


def _order(diagnostic: Diagnostic) -> tuple[object, ...]:
    span = diagnostic.span
    return (span.path, -1 if span.cell is None else span.cell, span.line, span.column, diagnostic.code)


def _resolve(finding: Finding, rule: Rule, pairing: Pairing, beside_others: bool) -> Diagnostic:
    related = tuple(Related(place.span, note) for place, note in finding.related)
    return Diagnostic(
        rule.code,
        rule.name,
        finding.message,
        finding.place.span,
        related,
        claim=claim_of(pairing, beside_others),
        severity=rule.severity,
        consequence=finding.consequence,
        superfluous=finding.superfluous,
    )


def claim_of(pairing: Pairing, beside_others: bool = False) -> Claim | None:
    """What is believed of the output in a pairing; None where nothing is known of it.

    ``beside_others`` is whether it is a part of what meets at that place.
    """
    outputs = [observation.output for observation in pairing.observations if isinstance(observation.output, Output)]
    losses = [observation.loss for observation in pairing.observations if isinstance(observation.loss, Loss)]
    if not outputs or pairing.kind in (SiteKind.TARGET, SiteKind.LABELS):
        # Of what a loss is given as targets or labels nothing is measured.
        return None
    scales = tuple(dict.fromkeys(output.scale.value for output in outputs))
    named = next((loss for loss in losses if loss.name), None)
    reader, expects = ("", "") if named is None else (named.name, named.contract.expects.value)
    there = None if pairing.met is None else pairing.met.span
    altered = any(step.kind not in _HANDED_ON for output in outputs for step in output.trail[1:])
    unlike = Unlike.BESIDE_OTHERS if beside_others else Unlike.ALTERED if altered else None
    return Claim(pairing.place.span, pairing.kind, pairing.head, scales, reader, expects, there=there, unlike=unlike)

"""What is said, where, and what to change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from flake8_logits.domain.fixes import Applicability, Bare, Fix, Remedy
from flake8_logits.domain.links import rule_url
from flake8_logits.domain.places import Place, Span
from flake8_logits.domain.unknown import End, Reason
from flake8_logits.domain.verification import Claim, Verification
from flake8_logits.domain.walls import Walls


class Severity(Enum):
    """How much a rule's findings weigh."""

    WARNING = "warning"
    """A mistake."""
    ADVICE = "advice"
    """Right, but there is a better way."""

    @property
    def must_be_named(self) -> bool:
        """Whether such a rule is off until a user selects it by its full code or name."""
        return self is Severity.ADVICE


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's judgement of a pairing, before anybody asked for line numbers or which rule it was.

    ``message`` is one line without the code: what clashes, where, and the edit that mends it; ``related`` are further
    places with a note each; ``remedies`` are the ways to mend it, the best first; ``consequence`` is what comes of it
    if nothing is done, in a sentence or two.
    """

    message: str
    place: Place
    related: tuple[tuple[Place, str], ...] = ()
    advice: str = ""
    remedies: tuple[Remedy, ...] = ()
    consequence: str = ""

    @property
    def superfluous(self) -> bool:
        """Whether what stands at the place is what one remedy takes away."""
        changes = (change for remedy in self.remedies for change in remedy.changes)
        return any(isinstance(change, Bare) and change.step.place is self.place for change in changes)


@dataclass(frozen=True, slots=True)
class Related:
    """A second place and what stands there."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its spans: what every output and front-end is given.

    ``consequence`` is what comes of it if nothing is done, in a sentence or two, for outputs that have room.
    ``fix`` mends it; where there is none, ``declined`` says why, empty if nobody asked or no rule knows how.
    ``claim`` is what it says of the program, for the verifier; ``verification`` is what came of that, if it was asked.
    ``superfluous`` is set where what stands at the span is best taken away.
    """

    code: str
    rule: str
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    declined: str = ""
    consequence: str = ""
    claim: Claim | None = field(default=None, compare=False)
    verification: Verification | None = field(default=None, compare=False)
    severity: Severity = Severity.WARNING
    superfluous: bool = field(default=False, compare=False)

    @property
    def url(self) -> str:
        """The address of the rule's page."""
        return rule_url(self.rule)

    @property
    def mark(self) -> str:
        """What stands between code and message: ``[*]`` where ``--fix`` mends it."""
        return "[*] " if self.fix is not None and self.fix.applicability is Applicability.SAFE else ""


@dataclass(frozen=True, slots=True)
class UnknownSite:
    """A loss whose output could not be decided, with the place where sight was lost and why.

    ``end`` is what is not known: the output that arrives at the loss, or which loss it is.
    """

    span: Span
    loss: str
    reason: Reason
    detail: str = ""
    lost_at: Span | None = None
    end: End = End.OUTPUT


class ProblemKind(Enum):
    """What went wrong; the values are what formats for programs call it."""

    SOURCE = "unreadable"
    CONFIGURATION = "configuration"
    INTERNAL = "internal-error"
    LIMIT = "limit"
    """It can be read, and is too long to be analysed."""

    @property
    def is_of_source(self) -> bool:
        """Whether whoever reads the file at all finds the same."""
        return self is ProblemKind.SOURCE


@dataclass(frozen=True, slots=True)
class Problem:
    """What kept a file or a cell from being read, parsed or analysed."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    kind: ProblemKind = ProblemKind.SOURCE


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of one document: the same object for every front-end.

    ``settled`` is what the verifier says of pairings without a finding; ``walls`` are those that stood around what was
    run, None if nothing was.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    unknowns: tuple[UnknownSite, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    settled: tuple[tuple[Claim, Verification], ...] = ()
    walls: Walls | None = None

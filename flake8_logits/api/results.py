"""What an analysis gives: plain values that can be compared, hashed and pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of a file, or of one cell of a notebook.

    Lines and columns count from 1, columns in characters; the end is exclusive.  In a notebook lines count within the
    cell, and ``cell`` counts cells of every type from 0; in a Python file it is None.
    """

    path: str
    cell: int | None
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that has a part in a finding, and what stands there."""

    range: Range
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in the place of what the range covers; an empty range inserts."""

    range: Range
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together mend a finding, in the order of their places; none of them overlap.

    ``applicability`` is ``unsafe`` where the model, or what is computed from its answers, is another one afterwards.
    """

    applicability: Literal["safe", "unsafe"]
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding.

    ``rule`` is the rule's name and ``url`` the address of its page; ``consequence`` says what comes of it if nothing
    is done, empty where that is plain; ``fix`` mends it, and where there is none ``fix_declined`` says why, empty if
    no rule knows how.
    """

    code: str
    rule: str
    message: str
    range: Range
    related: tuple[Related, ...]
    consequence: str
    fix: Fix | None
    fix_declined: str
    severity: Literal["warning", "advice"]
    url: str


@dataclass(frozen=True, slots=True)
class UnknownSite:
    """A loss of which nothing could be decided.

    ``end`` tells what is not known: the output that arrives at the loss, or which loss it is.  ``reason`` is a word for
    programs, ``message`` the same in a sentence, ``detail`` the name or call at which sight was lost, at ``lost_at``.
    """

    range: Range
    loss: str
    end: Literal["output", "loss"]
    reason: str
    message: str
    detail: str
    lost_at: Range | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What kept a file or a cell from being read, parsed or analysed.

    ``kind`` is ``unreadable`` for what is no program, ``limit`` for one that is too long, ``configuration`` for a
    configuration that cannot be used (the defaults are used instead), and ``internal-error`` for a fault of ours.
    """

    path: str
    kind: Literal["unreadable", "limit", "configuration", "internal-error"]
    message: str
    cell: int | None
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of a program; diagnostics are in the order of their places."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    unknown_sites: tuple[UnknownSite, ...]
    problems: tuple[Problem, ...]

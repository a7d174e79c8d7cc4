"""The result of checking one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flake8_logits.domain.diagnostics import Diagnostic, Problem, ProblemKind, Report
from flake8_logits.domain.places import Span
from flake8_logits.service.baseline import Entry
from flake8_logits.service.sources import Sources


@dataclass(frozen=True, slots=True)
class NotFixed:
    """A finding that could not be fixed: its code, its place and the reason."""

    code: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's report, over all its programs, and its source for those who show it.

    ``fixed`` counts findings that are no longer in the report, or would go with ``diff``; ``not_fixed`` are the
    findings that could not be fixed, with the reason; ``data`` are the fixed bytes where they were asked for, and
    ``before`` what was found before they were written.
    ``hidden`` are the entries of a baseline that were found again; ``suppressed`` counts the findings that were given
    a ``# noqa`` comment.
    """

    report: Report
    sources: Sources
    fixed: int = 0
    diff: str = ""
    not_fixed: tuple[NotFixed, ...] = ()
    before: tuple[Diagnostic, ...] = ()
    hidden: tuple[Entry, ...] = ()
    suppressed: int = 0
    data: bytes | None = None

    def with_problems(self, problems: Sequence[Problem]) -> Checked:
        """This result with further problems."""
        return replace(self, report=replace(self.report, problems=(*self.report.problems, *problems)))


def failed(path: str, message: str, kind: ProblemKind = ProblemKind.SOURCE) -> Checked:
    """The result of a file that could not be checked."""
    return Checked(Report(path, problems=(Problem(path, message, kind=kind),)), Sources(()))

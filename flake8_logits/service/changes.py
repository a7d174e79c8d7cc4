"""``--diff-base``: only what is found on lines that changed since a revision of git."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flake8_logits.domain.diagnostics import Diagnostic, Report
from flake8_logits.domain.places import Span
from flake8_logits.service import git
from flake8_logits.service.sources import Sources
from flake8_logits.source.documents import Document, documents_of
from flake8_logits.source.unchanged import lines_in_common

Line = tuple[int | None, int]
"""Cell and number of a line."""


class RevisionError(Exception):
    """There is no such revision to compare with; the message is one line."""


@dataclass
class Changes:
    """The lines that changed since ``commit``; files are compared when one of their findings is looked at."""

    commit: str
    _given_up: bool = False
    _changed: dict[str, frozenset[Line] | None] = field(default_factory=dict)

    def apply(self, report: Report, sources: Sources) -> Report:
        """The report with those findings alone of which a line changed: where they stand, or what they point to."""
        kept = [found for found in report.diagnostics if self._touches(found, sources)]
        return replace(report, diagnostics=tuple(kept))

    def _touches(self, diagnostic: Diagnostic, sources: Sources) -> bool:
        spans = [diagnostic.span, *(related.span for related in diagnostic.related)]
        return any(self._changed_in(span, sources) for span in spans)

    def _changed_in(self, span: Span, sources: Sources) -> bool:
        if span.path not in self._changed:
            self._changed[span.path] = self._lines(span.path, sources.documents(span.path))
        changed = self._changed[span.path]
        return changed is None or any((span.cell, line) in changed for line in range(span.line, span.end_line + 1))

    def _lines(self, path: str, documents: Sequence[Document]) -> frozenset[Line] | None:
        """The lines of a file that are not as they were; None for a file that was not there, or cannot be had."""
        folder, name = os.path.split(os.path.abspath(path))
        try:
            old = None if self._given_up else git.blob(folder, f"{self.commit}:./{name}")
        except git.GitTimeoutError:
            self._given_up, old = True, None  # or each of many files would take that long
        if old is None:
            return None
        before = [text for _, text in _numbered(documents_of(path, old))]
        after = _numbered(documents)
        kept = {after[place][0] for _, place in lines_in_common(before, [text for _, text in after])}
        return frozenset(line for line, _ in after) - kept


def changes_since(revision: str) -> Changes:
    """The changes since the merge base of HEAD and the revision; raises RevisionError."""
    try:
        return _changes_since(revision)
    except git.GitTimeoutError as error:
        raise RevisionError(f"--diff-base: {error}") from None


def _changes_since(revision: str) -> Changes:
    commit = git.ask(os.curdir, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise RevisionError(_why_not(revision))
    named = commit.decode().strip()
    base = git.ask(os.curdir, "merge-base", named, "HEAD")
    return Changes(base.decode().strip() if base is not None else named)


def _why_not(revision: str) -> str:
    """Why git does not find a revision."""
    if git.executable() is None:
        return "--diff-base needs git, which is not installed"
    if git.ask(os.curdir, "rev-parse", "--git-dir") is None:
        return "--diff-base needs a git repository, and the current folder is not in one"
    if git.ask(os.curdir, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        return f"--diff-base: no revision '{revision}', the git repository has no commits yet"
    return f"--diff-base: no revision '{revision}' in this git repository"


def _numbered(documents: Sequence[Document]) -> list[tuple[Line, str]]:
    units = [unit for document in documents for unit in document.units]
    units.sort(key=lambda unit: -1 if unit.cell is None else unit.cell)
    return [((unit.cell, number), text) for unit in units for number, text in enumerate(unit.original.split("\n"), 1)]

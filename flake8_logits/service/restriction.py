"""What is left out of reports: findings that a baseline knows, and findings on lines that did not change."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_logits.domain.diagnostics import Report
from flake8_logits.service.baseline import Baseline, Entry
from flake8_logits.service.changes import Changes
from flake8_logits.service.sources import Sources


@dataclass(frozen=True, slots=True)
class Restriction:
    """A baseline and a set of changed lines, None for no such restriction."""

    baseline: Baseline | None = None
    changes: Changes | None = None

    def apply(self, report: Report, sources: Sources) -> tuple[Report, tuple[Entry, ...]]:
        """Return what is left of a report, and the entries of the baseline that were found again."""
        known: tuple[Entry, ...] = ()
        if self.baseline is not None:
            report, known = self.baseline.apply(report, sources)
        if self.changes is not None:
            report = self.changes.apply(report, sources)
        return report, known


UNRESTRICTED = Restriction()

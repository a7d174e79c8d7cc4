"""The door to the analysis for those who keep results."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_logits.analysis import analyse, worth_analysing
from flake8_logits.cache.store import Cache
from flake8_logits.domain.diagnostics import Report
from flake8_logits.knowledge.settings import Settings
from flake8_logits.source.documents import Document
from flake8_logits.source.watching import WatchedProject


def reports_of(
    documents: Sequence[Document], follow_imports: bool, settings: Settings, cache: Cache | None
) -> Sequence[Report]:
    """The report of each program of one file, from the cache where it has them."""
    if cache is None or not _worth(documents, settings):
        return [analyse(document, follow_imports, settings) for document in documents]
    known = cache.load(documents, follow_imports, settings)
    if known is not None:
        return known
    projects = [WatchedProject(document.path) if follow_imports else None for document in documents]
    reports = tuple(
        analyse(document, follow_imports, settings, project)
        for document, project in zip(documents, projects, strict=True)
    )
    witnessed = tuple(project.witnessed for project in projects if project is not None)
    cache.save(documents, follow_imports, settings, witnessed, reports)
    return reports


def is_known(documents: Sequence[Document], follow_imports: bool, settings: Settings, cache: Cache | None) -> bool:
    """Whether ``reports_of`` would answer without an analysis."""
    if not _worth(documents, settings):
        return True
    return cache is not None and cache.load(documents, follow_imports, settings) is not None


def _worth(documents: Sequence[Document], settings: Settings) -> bool:
    return any(worth_analysing(document, settings) for document in documents)

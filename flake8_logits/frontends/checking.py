"""From a path to what is to be said of it: read, analyse, leave out what the user silenced."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from flake8_logits.analysis import analyse
from flake8_logits.cache.store import Cache
from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report
from flake8_logits.frontends.sources import Sources, nearby
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.source.documents import Document, documents_of, notebook_documents, read_document
from flake8_logits.source.suppressions import suppressed, suppressed_in_file

FAULT = "internal error"
"""How a problem begins that is a fault of ours."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to report: which codes, whether ``# noqa`` comments silence, whether other modules are read.

    ``settings`` are what the user declared of their libraries and of what the program will run on; ``cache`` is
    where results of files are kept.
    """

    codes: frozenset[str]
    noqa: bool = True
    follow_imports: bool = True
    settings: Settings = PLAIN
    cache: Cache | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's report, over all its programs, and the source for those who show it."""

    report: Report
    sources: Sources


def check_file(path: str, options: Options) -> Checked:
    """Return what is to be said of the file; what went wrong is in the report's problems.  Raises nothing."""
    return _check(path, lambda: read_document(path), options)


def check_source(path: str, data: bytes, options: Options) -> Checked:
    """Return what is to be said of these bytes, a notebook when the path or the bytes say so.  Raises nothing."""
    # Without a file's name the bytes have to tell; no Python program begins like a notebook and does anything.
    nameless = not PurePath(path).suffix and data.lstrip().startswith(b"{") and b'"nbformat"' in data
    return _check(path, lambda: (notebook_documents if nameless else documents_of)(path, data), options)


def unreadable(path: str, error: OSError) -> Checked:
    """Return what is to be said when the bytes could not be had."""
    return _failed(path, f"cannot be read: {(error.strerror or str(error)).lower()}")


def _check(path: str, read: Callable[[], Sequence[Document]], options: Options) -> Checked:
    try:
        documents = read()
        sources = Sources(documents)
        reports = [_report(document, sources, options) for document in documents]
    except Exception as error:
        # A fault of ours in one file, which must not keep the others from being checked.
        return _failed(path, _fault(error))
    merged = Report(
        path,
        tuple(sorted((found for report in reports for found in report.diagnostics), key=_place)),
        tuple(unknown for report in reports for unknown in report.unknowns),
        tuple(problem for report in reports for problem in report.problems),
    )
    return Checked(merged, sources)


def _report(document: Document, sources: Sources, options: Options) -> Report:
    report = analyse(document, options.follow_imports, options.settings)
    kept = [nearby(found) for found in report.diagnostics if found.code in options.codes]
    if options.noqa:
        kept = [found for found in kept if not _silenced(found, document, sources)]
    return replace(report, diagnostics=tuple(kept))


def _silenced(diagnostic: Diagnostic, document: Document, sources: Sources) -> bool:
    line = sources.line(diagnostic.span, diagnostic.span.line)
    if line is not None and suppressed(line, diagnostic.code):
        return True
    return any(suppressed_in_file(unit.original, diagnostic.code) for unit in document.units)


def _failed(path: str, message: str) -> Checked:
    return Checked(Report(path, problems=(Problem(path, message),)), Sources(()))


def _place(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    span = diagnostic.span
    return (-1 if span.cell is None else span.cell, span.line, span.column, diagnostic.code)


def _fault(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    text = " ".join(str(error).split())[:200]
    return f"{FAULT} ({type(error).__name__}: {text}{where}), please report it with this file"

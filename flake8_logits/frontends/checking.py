"""From a path to what is to be said of it: read, analyse, leave out what the user silenced."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from flake8_logits.analysis import examine
from flake8_logits.cache.store import Cache
from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report
from flake8_logits.fixes.snapshot import Snapshot
from flake8_logits.frontends.adopting import UNRESTRICTED, Restriction
from flake8_logits.frontends.baseline import Entry
from flake8_logits.frontends.fixing import SHOWN, Fixing, Read, Recheck, with_fixes
from flake8_logits.frontends.sources import Sources, nearby
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.source.documents import Document, documents_of, notebook_documents, read_bytes, reason
from flake8_logits.source.suppressions import suppressed, suppressed_in_file
from flake8_logits.source.trees import keeping_trees

FAULT = "internal error"
"""How a problem begins that is a fault of ours."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to report, fix and leave out: which codes, whether ``# noqa`` silences, whether other modules are read.

    ``settings`` are what the user declared of their libraries and of what the program will run on; ``cache`` is
    where results of files are kept.
    """

    codes: frozenset[str]
    noqa: bool = True
    follow_imports: bool = True
    settings: Settings = PLAIN
    fixing: Fixing = SHOWN
    restriction: Restriction = UNRESTRICTED
    cache: Cache | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's report, over all its programs, and the source for those who show it.

    ``fixed`` findings are not in the report any more, or would go with ``diff``, which is then what would change;
    ``not_fixed`` are lines that say which could not be fixed, and why.  ``hidden`` are entries of a baseline that were
    found again, ``silenced`` counts findings that were given a comment.
    """

    report: Report
    sources: Sources
    fixed: int = 0
    diff: str = ""
    not_fixed: tuple[str, ...] = ()
    hidden: tuple[Entry, ...] = ()
    silenced: int = 0


def check_file(path: str, options: Options) -> Checked:
    """Return what is to be said of the file; what went wrong is in the report's problems.  Raises nothing."""
    try:
        data = read_bytes(path)
    except (OSError, ValueError) as error:
        return _failed(path, f"cannot be read: {reason(error)}")
    return _check_bytes(path, data, partial(documents_of, path), options)


def check_source(path: str, data: bytes, options: Options) -> Checked:
    """Return what is to be said of these bytes, a notebook when the path or the bytes say so.  Raises nothing."""
    # Without a file's name the bytes have to tell; no Python program begins like a notebook and does anything.
    nameless = not PurePath(path).suffix and data.lstrip().startswith(b"{") and b'"nbformat"' in data
    return _check_bytes(path, data, partial(notebook_documents if nameless else documents_of, path), options)


def unreadable(path: str, error: OSError) -> Checked:
    """Return what is to be said when the bytes could not be had."""
    return _failed(path, f"cannot be read: {(error.strerror or str(error)).lower()}")


def _check_bytes(path: str, data: bytes, read: Read, options: Options) -> Checked:
    def check(present: bytes) -> tuple[Checked, Snapshot | None]:
        return _check(path, present, read, options)

    with keeping_trees():
        checked, base = check(data)
        if base is None or not checked.report.diagnostics:
            return checked
        return _with_fixes(checked, path, base, read, options, check)


def _with_fixes(checked: Checked, path: str, base: Snapshot, read: Read, options: Options, recheck: Recheck) -> Checked:
    try:
        return with_fixes(checked, path, base, read, options, recheck)
    except Exception as error:
        # What was found stands, whatever became of its fixes.
        problems = (*checked.report.problems, Problem(path, _fault(error)))
        return replace(checked, report=replace(checked.report, problems=problems))


def _check(path: str, data: bytes, read: Read, options: Options) -> tuple[Checked, Snapshot | None]:
    """The result of a file's bytes, and what it comes from; None where a fault of ours kept it from being told."""
    try:
        documents = read(data)
        sources = Sources(documents)
        examined = [examine(document, options.follow_imports, options.settings) for document in documents]
        pairs = zip(examined, documents, strict=True)
        reports = [_report(one.report, document, sources, options) for one, document in pairs]
    except Exception as error:
        # A fault of ours in one file, which must not keep the others from being checked.
        return _failed(path, _fault(error)), None
    report, hidden = options.restriction.apply(_merged(path, reports), sources)
    return Checked(report, sources, hidden=hidden), Snapshot(data, documents, examined)


def _merged(path: str, reports: Sequence[Report]) -> Report:
    return Report(
        path,
        tuple(sorted((found for report in reports for found in report.diagnostics), key=_place)),
        tuple(unknown for report in reports for unknown in report.unknowns),
        tuple(problem for report in reports for problem in report.problems),
    )


def _report(report: Report, document: Document, sources: Sources, options: Options) -> Report:
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

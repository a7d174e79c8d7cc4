"""One file, or the text of one, to its result: read, analyse, leave out what was not asked for, look for fixes."""

from __future__ import annotations

import ast
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from flake8_logits.analysis import examine
from flake8_logits.domain.diagnostics import Diagnostic, Problem, ProblemKind, Report
from flake8_logits.fixes.snapshot import Snapshot
from flake8_logits.service.faults import internal_error
from flake8_logits.service.requests import FixMode, Options
from flake8_logits.service.results import Checked, failed
from flake8_logits.service.sources import Sources, nearby
from flake8_logits.source.documents import Document, Unit, documents_of, notebook_documents, read_source
from flake8_logits.source.reading import reason
from flake8_logits.source.suppressions import suppressed, suppressed_in_file
from flake8_logits.source.trees import given, keeping_trees

LOGGER = logging.getLogger(__name__)

Read = Callable[[bytes], Sequence[Document]]


def check_file(path: str, options: Options) -> Checked:
    """Return the result of a file; what went wrong is in the report's problems.  Raises nothing."""
    try:
        data = read_source(path)
    except (OSError, ValueError) as error:
        return unreadable(path, error)
    return check_bytes(path, data, options)


def check_bytes(path: str, data: bytes, options: Options) -> Checked:
    """Return the result of these bytes, a notebook when the path or the bytes say so.  Raises nothing."""
    # Without a file's name the bytes have to tell; no Python program begins like a notebook and does anything.
    nameless = not PurePath(path).suffix and data.lstrip().startswith(b"{") and b'"nbformat"' in data
    read: Read = partial(notebook_documents if nameless else documents_of, path)
    LOGGER.debug("checking %s", path)
    with keeping_trees():
        checked, base = check_and_keep(path, data, read, options, quick=True)
        if base is None or not checked.report.diagnostics or options.fixing.mode is FixMode.OFF:
            return checked
        checked, base = check_and_keep(path, data, read, options)
        if base is None:
            return checked
        return _with_fixes(checked, base, read, options)


def check_text(path: str, text: str, options: Options, module: ast.Module | None = None) -> Checked:
    """Return the result of a Python program whose text the caller holds; no fixes are looked for.  Raises nothing.

    ``module`` is what Python's own parser made of the text, where the caller has asked it.
    """
    text = text.replace("\r\n", "\n")
    document = Document(path, (Unit(path, None, text, original=text),), name=path)
    with given(text, module):
        checked, _ = check_and_keep(path, b"", lambda _: (document,), options, quick=True)
    return checked


def unreadable(path: str, error: OSError | ValueError) -> Checked:
    """Return the result of a file whose bytes could not be had."""
    return failed(path, f"cannot be read: {reason(error)}")


def _with_fixes(checked: Checked, base: Snapshot, read: Read, options: Options) -> Checked:
    path = checked.report.path

    def again(data: bytes) -> Checked:
        return check_and_keep(path, data, read, options)[0]

    # Here, because libcst is slow to import and files without findings may not need it.
    from flake8_logits.service.fixing import Fixer

    try:
        return Fixer(path, read, options, again).fix(checked, base)
    except Exception as error:
        # What was found stands, whatever became of its fixes.
        return checked.with_problems((Problem(path, internal_error(error, path), kind=ProblemKind.INTERNAL),))


def check_and_keep(
    path: str, data: bytes, read: Read, options: Options, quick: bool = False
) -> tuple[Checked, Snapshot | None]:
    """Return the result of a file's bytes, and the snapshot it was made from; None after an internal error.

    No fixes are looked for; what was found with a quick look cannot be mended: the snapshot has no trees.  Raises
    nothing.
    """
    try:
        documents = read(data)
        sources = Sources(documents)
        wanted = (options.follow_imports, options.settings, options.follow_callers, quick, options.unknowns)
        examined = [examine(document, *wanted) for document in documents]
        pairs = zip(examined, documents, strict=True)
        reports = [_report(one.report, document, sources, options) for one, document in pairs]
    except Exception as error:
        # An internal error in one file must not keep the others from being checked.
        return failed(path, internal_error(error, path), ProblemKind.INTERNAL), None
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
        kept = [found for found in kept if not _suppressed(found, document, sources)]
    return replace(report, diagnostics=tuple(kept))


def _suppressed(diagnostic: Diagnostic, document: Document, sources: Sources) -> bool:
    line = sources.line(diagnostic.span, diagnostic.span.line)
    if line is not None and suppressed(line, diagnostic.code):
        return True
    return any(suppressed_in_file(unit.original, diagnostic.code) for unit in document.units)


def _place(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    span = diagnostic.span
    return (-1 if span.cell is None else span.cell, span.line, span.column, diagnostic.code)

"""A file's result, taken from the cache where it is known."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from flake8_logits.analysis import worth_analysing
from flake8_logits.domain.diagnostics import ProblemKind, Report
from flake8_logits.rules.registry import BY_CODE
from flake8_logits.service.checking import check_bytes, unreadable
from flake8_logits.service.requests import Options
from flake8_logits.service.restriction import UNRESTRICTED
from flake8_logits.service.results import Checked, failed
from flake8_logits.service.sources import Sources
from flake8_logits.source.documents import Document, documents_of, is_source, read_document, read_source
from flake8_logits.source.watching import watching

LOGGER = logging.getLogger(__name__)


def check(path: str, options: Options) -> Checked:
    """Return the result of a file, and keep it for the next run.  Raises nothing."""
    try:
        data = read_source(path)
    except (OSError, ValueError) as error:
        return unreadable(path, error)
    if not is_source(path, data):
        return failed(path, "is not a Python file or notebook")
    plain = unrestricted(options)
    if plain.cache is None or not plain.fixing.mode.keeps_source:
        return check_bytes(path, data, options)
    return restricted(_cached(path, data, plain), options)


def unrestricted(options: Options) -> Options:
    """The options without what only leaves out findings in the end, which ``restricted`` then does.

    What rewrites files has to know it from the start.
    """
    return replace(options, restriction=UNRESTRICTED) if options.fixing.mode.keeps_source else options


def restricted(checked: Checked, options: Options) -> Checked:
    """The result of unrestricted options as these options want it."""
    if not options.fixing.mode.keeps_source or options.restriction == UNRESTRICTED:
        return checked
    report, hidden = options.restriction.apply(checked.report, checked.sources)
    return replace(checked, report=report, hidden=hidden)


def is_quick(path: str, options: Options) -> bool:
    """Whether ``check`` needs no analysis: nothing in the file asks for one, or its result is kept.  Raises nothing."""
    documents = read_document(path)
    return not _worth(documents, options) or _known(documents, unrestricted(options)) is not None


def _cached(path: str, data: bytes, options: Options) -> Checked:
    documents = documents_of(path, data)
    if options.cache is None or not _worth(documents, options):
        return check_bytes(path, data, options)
    known = _known(documents, options)
    if known is not None:
        LOGGER.debug("cached: %s", path)
        return Checked(known, Sources(documents))
    with watching() as projects:
        checked = check_bytes(path, data, options)
    if not any(problem.kind is ProblemKind.INTERNAL for problem in checked.report.problems):
        witnessed = list(dict.fromkeys(project.witnessed for project in projects))
        options.cache.save(documents, _key(options), witnessed, checked.report)
    return checked


def _known(documents: Sequence[Document], options: Options) -> Report | None:
    if options.cache is None or not options.fixing.mode.keeps_source:
        return None
    report = options.cache.load(documents, _key(options))
    return report if report is not None and _is_ours(report, options) else None


def _is_ours(report: Report, options: Options) -> bool:
    """Whether a report, which a stranger may have written, holds what is found with these options, by our rules."""
    return all(found.code in options.codes and BY_CODE[found.code].name == found.rule for found in report.diagnostics)


def _worth(documents: Sequence[Document], options: Options) -> bool:
    return any(worth_analysing(document, options.settings, options.follow_imports) for document in documents)


def _key(options: Options) -> object:
    """All of the options but where results are kept: a result is right for these alone."""
    return replace(options, cache=None)

"""A file's result, from the cache where it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flake8_logits.analysis import worth_analysing
from flake8_logits.domain.diagnostics import Report
from flake8_logits.frontends.checking import FAULT, Checked, Options, check_file
from flake8_logits.frontends.sources import Sources
from flake8_logits.source.documents import Document, read_document
from flake8_logits.source.watching import watching


def check(path: str, options: Options) -> Checked:
    """Return what ``check_file`` says of the file, and keep it for the next time.  Raises nothing."""
    cache = options.cache
    if cache is None:
        return check_file(path, options)
    documents = read_document(path)
    if not _worth(documents, options):
        return check_file(path, options)
    known = _known(documents, options)
    if known is not None:
        return Checked(known, Sources(documents))
    with watching() as projects:
        checked = check_file(path, options)
    # What was checked may be newer than what was read here, and a fault of ours is no result: neither is kept.
    if read_document(path) == documents and not any(it.message.startswith(FAULT) for it in checked.report.problems):
        cache.save(documents, _asked(options), [project.witnessed for project in projects], checked.report)
    return checked


def is_quick(path: str, options: Options) -> bool:
    """Whether ``check`` needs no analysis: nothing in the file asks for one, or its result is kept.  Raises nothing."""
    documents = read_document(path)
    return not _worth(documents, options) or _known(documents, options) is not None


def _known(documents: Sequence[Document], options: Options) -> Report | None:
    return None if options.cache is None else options.cache.load(documents, _asked(options))


def _worth(documents: Sequence[Document], options: Options) -> bool:
    return any(worth_analysing(document, options.settings) for document in documents)


def _asked(options: Options) -> object:
    """All of the options but where results are kept: a result is right for these alone."""
    return replace(options, cache=None)

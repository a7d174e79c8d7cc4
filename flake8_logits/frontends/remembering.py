"""A file's result, from the cache where it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flake8_logits.analysis import worth_analysing
from flake8_logits.domain.diagnostics import Report
from flake8_logits.frontends.adopting import UNRESTRICTED
from flake8_logits.frontends.checking import FAULT, Checked, Options, check_file
from flake8_logits.frontends.fixing import Mode
from flake8_logits.frontends.sources import Sources
from flake8_logits.source.documents import Document, read_document
from flake8_logits.source.watching import watching


def check(path: str, options: Options) -> Checked:
    """Return what ``check_file`` says of the file, and keep it for the next time.  Raises nothing."""
    plain = unrestricted(options)
    if plain.cache is None or plain.fixing.mode is not Mode.SHOWN:
        return check_file(path, options)
    return restricted(_remembered(path, plain), options)


def unrestricted(options: Options) -> Options:
    """The options without what only leaves out findings in the end, which ``restricted`` then does.

    What rewrites files has to know it from the start.
    """
    return replace(options, restriction=UNRESTRICTED) if options.fixing.mode is Mode.SHOWN else options


def restricted(checked: Checked, options: Options) -> Checked:
    """The result of unrestricted options as these options want it."""
    if options.fixing.mode is not Mode.SHOWN or options.restriction == UNRESTRICTED:
        return checked
    report, hidden = options.restriction.apply(checked.report, checked.sources)
    return replace(checked, report=report, hidden=hidden)


def is_quick(path: str, options: Options) -> bool:
    """Whether ``check`` needs no analysis: nothing in the file asks for one, or its result is kept.  Raises nothing."""
    documents = read_document(path)
    return not _worth(documents, options) or _known(documents, unrestricted(options)) is not None


def _remembered(path: str, options: Options) -> Checked:
    documents = read_document(path)
    if options.cache is None or not _worth(documents, options):
        return check_file(path, options)
    known = _known(documents, options)
    if known is not None:
        return Checked(known, Sources(documents))
    with watching() as projects:
        checked = check_file(path, options)
    # What was checked may be newer than what was read here, and a fault of ours is no result: neither is kept.
    if read_document(path) == documents and not any(it.message.startswith(FAULT) for it in checked.report.problems):
        witnessed = list(dict.fromkeys(project.witnessed for project in projects))
        options.cache.save(documents, _asked(options), witnessed, checked.report)
    return checked


def _known(documents: Sequence[Document], options: Options) -> Report | None:
    if options.cache is None or options.fixing.mode is not Mode.SHOWN:
        return None
    return options.cache.load(documents, _asked(options))


def _worth(documents: Sequence[Document], options: Options) -> bool:
    return any(worth_analysing(document, options.settings) for document in documents)


def _asked(options: Options) -> object:
    """All of the options but where results are kept: a result is right for these alone."""
    return replace(options, cache=None)

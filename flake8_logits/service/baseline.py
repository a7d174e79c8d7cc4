"""A baseline: the findings that a project starts with, to be told from new ones however the lines move."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flake8_logits.domain.diagnostics import Diagnostic, Report
from flake8_logits.outputs.fingerprints import digest
from flake8_logits.service.report_files import claim, fill
from flake8_logits.service.sources import Sources
from flake8_logits.source.reading import MEBIBYTE, UnreadableError, read_bytes, reason, refuse_crowded

VERSION = 1
LARGEST = 64 * MEBIBYTE
"""Bytes of a baseline; a finding takes about 200."""


class BaselineError(Exception):
    """The baseline cannot be read or written; the message is one line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding of a baseline: what it is recognised by, and what a reviewer wants to see of it."""

    fingerprint: str
    code: str
    path: str
    line: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline that was read; ``folder`` is what its paths are relative to."""

    folder: str
    entries: frozenset[Entry]

    def apply(self, report: Report, sources: Sources) -> tuple[Report, tuple[Entry, ...]]:
        """The report without the findings that are in the baseline, and the entries that these are."""
        known = {entry.fingerprint: entry for entry in self.entries}
        kept: list[Diagnostic] = []
        hidden: list[Entry] = []
        for diagnostic, entry in zip(report.diagnostics, entries_of(report, sources, self.folder), strict=True):
            if entry.fingerprint in known:
                hidden.append(known[entry.fingerprint])
            else:
                kept.append(diagnostic)
        return replace(report, diagnostics=tuple(kept)), tuple(hidden)

    def summary(self, checked: Iterable[str], hidden: Sequence[Entry]) -> str:
        """How many findings it hid, and how many of its entries for the files that were checked no longer occur."""
        paths = {_relative(path, self.folder) for path in checked}
        gone = len({entry for entry in self.entries if entry.path in paths} - set(hidden))
        rest = f"; {gone} no longer found, update it with --write-baseline" if gone else ""
        return f"baseline: {len(hidden)} {'finding' if len(hidden) == 1 else 'findings'} hidden{rest}"


def read_baseline(path: str) -> Baseline:
    """The baseline in a file; raises BaselineError where there is none."""
    try:
        data = read_bytes(path, LARGEST)
        refuse_crowded(data)
        content = json.loads(data.decode("utf-8-sig"))
        if not isinstance(content, dict) or content.get("version") != VERSION:
            raise BaselineError(f"{path} is not a baseline of this version; write a new one with --write-baseline")
        entries = frozenset(
            Entry(*(str(item[key]) for key in ("fingerprint", "code", "path", "line"))) for item in content["findings"]
        )
    except (OSError, UnreadableError) as error:
        raise BaselineError(f"{path} cannot be read: {reason(error)}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BaselineError(f"{path} is not a baseline") from None
    return Baseline(os.path.dirname(os.path.abspath(path)), entries)


def write_baseline(path: str, reports: Iterable[tuple[Report, Sources]]) -> int:
    """Write all findings to a baseline and return how many there are; raises BaselineError where that fails.

    Sorted and a line for each key, so that a difference between two of them can be read.
    """
    folder = os.path.dirname(os.path.abspath(path))
    entries = [entry for report, sources in reports for entry in entries_of(report, sources, folder)]
    entries.sort(key=lambda entry: (entry.path, entry.line, entry.code, entry.fingerprint))
    rows = [
        {"code": entry.code, "path": entry.path, "line": entry.line, "fingerprint": entry.fingerprint}
        for entry in entries
    ]
    text = json.dumps({"version": VERSION, "findings": rows}, indent=1) + "\n"
    try:
        claim(path)
        fill(path, text.encode("utf-8"))
    except OSError as error:
        raise BaselineError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None
    return len(entries)


def entries_of(report: Report, sources: Sources, folder: str) -> Iterator[Entry]:
    """An entry for each finding of a report, in its order.

    A finding is recognised by its rule, its file, the text of its line, and its number among those that agree in all
    of these: neither by line numbers nor by its message, which may name other lines.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in report.diagnostics:
        line = " ".join((sources.line(diagnostic.span, diagnostic.span.line) or "").split())
        path = _relative(diagnostic.span.path, folder)
        key = (diagnostic.code, path, line)
        yield Entry(digest(*key, str(seen[key])), diagnostic.code, path, line)
        seen[key] += 1


def _relative(path: str, folder: str) -> str:
    try:
        path = os.path.relpath(path, folder)
    except (OSError, ValueError):
        path = os.path.abspath(path)
    return path.replace(os.sep, "/")

"""A folder of results: one small file for each file that was analysed, under the settings it was analysed with."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flake8_logits.cache.codec import MalformedError, decode, encode
from flake8_logits.cache.version import version_tag
from flake8_logits.domain.diagnostics import Report
from flake8_logits.source.documents import Document
from flake8_logits.source.project import leads_into, root_of
from flake8_logits.source.reading import MEBIBYTE, read_bytes
from flake8_logits.source.watching import Witnessed

FOLDER = ".flake8_logits_cache"
LARGEST = 4 * MEBIBYTE
"""Bytes of an entry."""

_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of flake8-logits; it can be deleted.\n"
_IGNORE = "# Written by flake8-logits.\n*\n"


@dataclass(frozen=True)
class Entry:
    """What is kept of one file: the mark of its content, what was learnt of the project, what was found."""

    content: str
    witnessed: tuple[Witnessed, ...]
    report: Report


@dataclass(frozen=True)
class Cache:
    """Keeps and finds results; whatever goes wrong with its files is as if they were not there.

    Entries are written aside and put in place whole, so that readers and writers, in one run or in several at once,
    never see half of one; a checksum tells those that were damaged otherwise.  Entries are JSON that becomes plain
    values: nothing in one is run, and none may speak of files outside of the project, whose lines would then be shown.
    """

    folder: str

    def load(self, documents: Sequence[Document], asked: object) -> Report | None:
        """The report of the programs of one file, if nothing that it came from has changed; else None.

        ``asked`` is all else that decides what is reported: dataclasses, sets and plain values.
        """
        path = documents[0].path
        entry = self._read(self._place(path, asked))
        if entry is None or entry.content != mark(documents):
            return None
        try:
            holds = all(witnessed.holds(path) for witnessed in entry.witnessed)
            return entry.report if holds and _stays_in_project(entry.report, path) else None
        except (OSError, ValueError):
            return None

    def save(
        self, documents: Sequence[Document], asked: object, witnessed: Sequence[Witnessed], report: Report
    ) -> None:
        """Keep the report of the programs of one file."""
        body = _bytes(Entry(mark(documents), tuple(witnessed), report))
        place = self._place(documents[0].path, asked)
        with contextlib.suppress(OSError, ValueError):
            self._prepare()
            if not leads_into(os.path.dirname(place), self.folder):
                return  # a folder of the cache is a link to somewhere else, where none is to be made either
            os.makedirs(os.path.dirname(place), exist_ok=True)
            _put(place, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    def _read(self, place: str) -> Entry | None:
        try:
            checksum, _, body = read_bytes(place, LARGEST).partition(b"\n")
            if hashlib.sha256(body).hexdigest().encode() != checksum:
                return None
            return decode(Entry, json.loads(body))
        except (OSError, ValueError, MalformedError, RecursionError):
            return None

    def _place(self, path: str, asked: object) -> str:
        # The path as it was given is part of what is reported, its absolute form of what is imported.
        name = hashlib.sha256(_bytes([path, os.path.abspath(path), asked])).hexdigest()
        return os.path.join(self.folder, version_tag(), name[:2], f"{name[2:34]}.json")

    def _prepare(self) -> None:
        """Make the folder, of which neither git nor a backup need take notice."""
        if os.path.isdir(self.folder):
            return
        os.makedirs(self.folder, exist_ok=True)
        for name, text in ((".gitignore", _IGNORE), ("CACHEDIR.TAG", _TAG)):
            _put(os.path.join(self.folder, name), text.encode())


def _stays_in_project(report: Report, path: str) -> bool:
    """Whether every file that a report of the file at a path names is this or another one of its project."""
    root = root_of(os.path.dirname(os.path.abspath(path)))
    return all(named == path or leads_into(named, root) for named in set(_paths(encode(report))))


def _paths(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("path"), str):
            yield data["path"]
        data = list(data.values())
    for item in data if isinstance(data, list) else ():
        yield from _paths(item)


def mark(documents: Sequence[Document]) -> str:
    """A mark of what was read of a file."""
    return hashlib.sha256(_bytes(documents)).hexdigest()


def _bytes(value: object) -> bytes:
    return json.dumps(encode(value), separators=(",", ":")).encode()


def _put(place: str, data: bytes) -> None:
    descriptor, aside = tempfile.mkstemp(prefix=".", dir=os.path.dirname(place))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(aside, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)
        raise

"""A program that somebody is writing: checked as it stands in an editor, with the ways to mend each finding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

from flake8_logits.domain.fixes import Edit
from flake8_logits.fixes.mending import Alternatives, Mender, Spot
from flake8_logits.fixes.program import Text
from flake8_logits.fixes.silencing import silencing
from flake8_logits.fixes.snapshot import Snapshot, Viewer
from flake8_logits.knowledge.catalogue import under
from flake8_logits.rules.registry import RULES
from flake8_logits.service.checking import Read, check_and_keep
from flake8_logits.service.fixing import reported_in
from flake8_logits.service.requests import Options
from flake8_logits.service.results import Checked
from flake8_logits.source.decoding import UndecodableError, source_encoding, universal_newlines
from flake8_logits.source.documents import Document, Unit, notebook_documents, python_document
from flake8_logits.source.trees import keeping_trees
from flake8_logits.source.unchanged import lines_in_common
from flake8_logits.source.watching import watching
from flake8_logits.staying import staying

MOST_STEPS = 20_000
"""Of trying fixes for one who looks on; to try one takes about two analyses."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook; ``language`` is empty for what is no code."""

    text: str
    language: str


@dataclass(frozen=True)
class Buffer:
    """What an editor holds of a file: its bytes, as they would be saved, and how they are read."""

    path: str
    data: bytes
    read: Read


@dataclass(frozen=True)
class Examination:
    """A buffer with what is known of it; ``leans_on`` are the other files whose content was asked for.

    ``by_callers`` tells that it was asked which files call it.  ``base`` is None after an error of our own.
    """

    buffer: Buffer
    options: Options
    checked: Checked
    base: Snapshot | None
    leans_on: frozenset[str] = frozenset()
    by_callers: bool = False
    _alternatives: dict[Spot, Alternatives] = field(default_factory=dict, compare=False)
    _comments: dict[Spot, Edit | None] = field(default_factory=dict, compare=False)
    _exact: list[Snapshot | None] = field(default_factory=list, compare=False)
    _all: list[list[Edit]] = field(default_factory=list, compare=False)

    @property
    def documents(self) -> Sequence[Document]:
        """The programs in the buffer."""
        return () if self.base is None else self.base.documents

    def alternatives(self, spot: Spot) -> Alternatives:
        """Every way to mend a finding, each of which was tried."""
        if spot not in self._alternatives:
            self._alternatives[spot] = self._tried(spot)
        return self._alternatives[spot]

    def triable(self, spots: Sequence[Spot]) -> frozenset[Spot]:
        """Those of findings whose fixes are known, or can be tried while somebody waits: the first of them at least."""
        new = [spot for spot in spots if spot not in self._alternatives]
        steps = 1 if self.base is None else max(self.base.steps, 1)
        return frozenset(spots) - frozenset(new[max(MOST_STEPS // (2 * steps), 1) :])

    def mended(self) -> list[Edit]:
        """The edits that mend all that can be mended without changing what a model computes."""
        if not self._all:
            self._all.append(list(self._mended()))
        return self._all[0]

    def _mended(self) -> Iterator[Edit]:
        base = self._mendable()
        if base is None:
            return
        with under(self.options.settings), keeping_trees():
            mended = self._mender(unsafe=False).mend(base, reported_in(self.checked))
        after = _texts(self.buffer.read(mended.data))
        before = _texts(base.documents)
        for cell, text in before.items():
            yield from _difference(text, after[cell].text)

    def silenced(self, spot: Spot) -> Edit | None:
        """The ``# noqa`` comment for a finding; None where its line cannot end in one."""
        if spot not in self._comments:
            base = self._mendable()
            self._comments[spot] = None if base is None else silencing(self._viewer(), base, spot)
        return self._comments[spot]

    def _mendable(self) -> Snapshot | None:
        """The buffer as fixes need it; what was found for warnings has no trees to mend."""
        if not self._exact:
            buffer = self.buffer
            with keeping_trees():
                self._exact.append(check_and_keep(buffer.path, buffer.data, buffer.read, self.options)[1])
        return self._exact[0]

    def _tried(self, spot: Spot) -> Alternatives:
        base = self._mendable()
        if base is None:
            return Alternatives()
        with under(self.options.settings), keeping_trees():
            return self._mender(unsafe=True).alternatives(base, spot)

    def _viewer(self) -> Viewer:
        options = self.options
        return Viewer(
            self.buffer.path, self.buffer.read, options.follow_imports, options.settings, options.follow_callers
        )

    def _mender(self, unsafe: bool) -> Mender:
        codes = frozenset(rule.code for rule in RULES if rule.default) | self.options.codes
        return Mender(self._viewer(), codes, unsafe)


def text_buffer(path: str, text: str) -> Buffer:
    """The buffer of a Python program; with the path of a notebook it is all cells of one in a row.  Raises nothing."""
    text = _SURROGATE.sub("\ufffd", text.removeprefix("\ufeff"))
    data = text.encode()
    try:
        declared = text.encode(source_encoding(data))
        if python_document(path, declared).text == universal_newlines(text):
            return Buffer(path, declared, lambda data: [_counted(python_document(path, data))])
    except (UndecodableError, ValueError, LookupError):
        pass
    # What its first line says cannot be so: it could not be saved like this, but it can be read.
    return Buffer(path, data, partial(_read_as_utf8, path))


def cells_buffer(path: str, cells: Iterable[Cell]) -> Buffer:
    """The buffer of a notebook: its cells in order, those that are no code among them."""
    content = [_as_json(cell) for cell in cells]
    data = json.dumps({"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    return Buffer(path, data, lambda data: [replace(one, countable=False) for one in notebook_documents(path, data)])


def examine_buffer(buffer: Buffer, options: Options) -> Examination:
    """What is known of a buffer.  Raises nothing."""
    with watching() as projects, keeping_trees(), staying():
        checked, base = check_and_keep(buffer.path, buffer.data, buffer.read, options, quick=True)
    asked = {path for project in projects for path, _ in project.witnessed.contents}
    by_callers = any(project.witnessed.callers for project in projects)
    return Examination(buffer, options, checked, base, frozenset(asked), by_callers)


def _counted(document: Document) -> Document:
    """The document; of a notebook's cells in a row nobody sees the numbers of the lines."""
    return replace(document, countable=not document.path.lower().endswith(".ipynb"))


def _read_as_utf8(path: str, data: bytes) -> list[Document]:
    text = universal_newlines(data.decode(errors="replace")).replace("\0", "\ufffd")
    return [Document(path, (Unit(path, None, text, original=text),), name=path)]


def _as_json(cell: Cell) -> dict[str, object]:
    kind = "code" if cell.language else "markdown"
    metadata = {"vscode": {"languageId": cell.language}} if cell.language else {}
    return {"cell_type": kind, "metadata": metadata, "source": cell.text}


def _texts(documents: Sequence[Document]) -> dict[int | None, Text]:
    units = (unit for document in documents for unit in document.units)
    return {unit.cell: Text(unit.path, unit.cell, unit.original) for unit in units}


def _difference(before: Text, after: str) -> Iterator[Edit]:
    """Yield what to change in a text, by whole lines."""
    if before.text == after:
        return
    old, new = before.text.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    kept = [(-1, -1), *lines_in_common(old, new), (len(old), len(new))]
    for (first, new_first), (last, new_last) in pairwise(kept):
        if (last - first, new_last - new_first) != (1, 1):
            made = "".join(new[new_first + 1 : new_last])
            yield Edit(before.span(starts[first + 1], starts[last]), made)

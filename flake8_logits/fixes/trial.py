"""Edits tried in memory: made, read back, analysed again, and compared with what was there before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.fixes import Edit
from flake8_logits.domain.places import Span
from flake8_logits.fixes.piece_table import PieceTable
from flake8_logits.fixes.program import DeclinedError
from flake8_logits.fixes.snapshot import Found, Meeting, Snapshot, Viewer
from flake8_logits.source.patching import PatchError, patched

Key = tuple[str, int | None, int]
"""A finding's identity while the text moves under it: its code, and where it stands in the text as it was."""

_Place = tuple[str, int | None, int]
"""A place in the text as it was: its file and cell, and how far it is from its beginning; in other files, its line."""


class Trial:
    """A file and what becomes of it; ``base`` is never changed, ``steps`` is what looking at it again has taken."""

    def __init__(self, viewer: Viewer, base: Snapshot) -> None:
        self.viewer = viewer
        self.base = base
        self.now = base
        self.steps = 0
        self._base_texts = base.texts
        self._tables = {cell: PieceTable(text.text) for cell, text in self._base_texts.items()}

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make edits of the text as it is now, and look at it again; raises DeclinedError where that cannot be."""
        texts = self.now.texts
        by_cell: dict[int | None, list[tuple[int, int, str]]] = {}
        for edit in edits:
            if edit.span.path != self.viewer.path or edit.span.cell not in texts:
                raise DeclinedError("the code to change is in another file")
            by_cell.setdefault(edit.span.cell, []).append((*texts[edit.span.cell].bounds(edit.span), edit.text))
        for cell, made in by_cell.items():
            self._tables[cell].apply(made)
        try:
            data = patched(self.viewer.path, self.base.data, self.edits())
        except PatchError as error:
            raise DeclinedError(str(error)) from None
        self.now = self.viewer.look(data)
        self.steps += self.now.steps
        after = self.now.texts
        if any(cell not in after or after[cell].text != table.text for cell, table in self._tables.items()):
            raise DeclinedError("the edited file would not decode correctly")

    def edits(self) -> list[Edit]:
        """All that was done, in spans of the text as it was."""
        return [
            Edit(self._base_texts[cell].span(start, end), text)
            for cell, table in self._tables.items()
            for start, end, text in table.edits()
        ]

    def key(self, diagnostic: Diagnostic) -> Key:
        """The identity of a finding in the text as it is now."""
        span = diagnostic.span
        offset = self.now.texts[span.cell].offset(span.line, span.column)
        return (diagnostic.code, span.cell, self._tables[span.cell].origin(offset))

    def key_before(self, code: str, span: Span) -> Key:
        """The identity of a finding in the text as it was."""
        return (code, span.cell, self._base_texts[span.cell].offset(span.line, span.column))

    def line_before(self, diagnostic: Diagnostic) -> int:
        """The line on which a finding of the text as it is now would have been in the text as it was."""
        _, cell, offset = self.key(diagnostic)
        return self._base_texts[cell].span(offset, offset).line

    def keys(self, codes: frozenset[str]) -> dict[Key, Found]:
        """The findings of the text as it is now that have one of these codes."""
        return {self.key(one.diagnostic): one for one in self.now.found if one.diagnostic.code in codes}

    def check(self) -> None:
        """Raise DeclinedError where the text as it is now cannot be read as well as before."""
        if self.now.problems > self.base.problems:
            raise DeclinedError("the file would not parse")
        if self.now.blind_spots > self.base.blind_spots:
            raise DeclinedError("the result could not be analysed")

    @property
    def spoils(self) -> bool:
        """Whether an output that always agreed with a loss clashes with it now, a finding or not."""
        before = [(self._meeting(met, self._place_before), met.agrees) for met in self.base.meetings]
        right = {meeting for meeting, agrees in before if agrees} - {
            meeting for meeting, agrees in before if not agrees
        }
        return any(self._meeting(met, self._place) in right for met in self.now.meetings if not met.agrees)

    def _meeting(self, met: Meeting, place: Callable[[Span], _Place]) -> tuple[object, ...]:
        return place(met.place), met.head, met.scale, None if met.origin is None else place(met.origin)

    def _place(self, span: Span) -> _Place:
        """Where a place of the text as it is now is in the text as it was."""
        if span.path != self.viewer.path:
            return (span.path, span.line, span.column)
        offset = self.now.texts[span.cell].offset(span.line, span.column)
        return (span.path, span.cell, self._tables[span.cell].origin(offset))

    def _place_before(self, span: Span) -> _Place:
        if span.path != self.viewer.path:
            return (span.path, span.line, span.column)
        return (span.path, span.cell, self._base_texts[span.cell].offset(span.line, span.column))

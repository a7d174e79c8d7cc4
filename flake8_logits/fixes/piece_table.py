"""A piece table: a text under edit that knows which of its characters were there from the start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original (``text`` None), or an inserted text that stands at ``start`` (== ``end``)."""

    start: int
    end: int
    text: str | None = None

    @property
    def length(self) -> int:
        """How long it is in the text as it is now."""
        return self.end - self.start if self.text is None else len(self.text)


class PieceTable:
    """A text under edit; offsets of edits are those of the text as it is when they are made."""

    def __init__(self, original: str) -> None:
        self.original = original
        self._pieces: list[Piece] = [Piece(0, len(original))]

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(self.original[p.start : p.end] if p.text is None else p.text for p in self._pieces)

    def apply(self, edits: Iterable[tuple[int, int, str]]) -> None:
        """Make edits ``(start, end, replacement)`` that do not overlap; insertions at one place keep their order."""
        ordered = sorted(edits, key=lambda edit: edit[:2])
        for start, end, text in reversed(ordered):
            self._replace(start, end, text)

    def origin(self, offset: int) -> int:
        """Where a character of the present text stood; for an inserted one, where it was inserted."""
        for piece in self._pieces:
            if offset < piece.length:
                return piece.start + (offset if piece.text is None else 0)
            offset -= piece.length
        return len(self.original)

    def edits(self) -> Iterator[tuple[int, int, str]]:
        """What was done, in offsets of the original: the fewest edits that do not touch one another."""
        start, inserted = 0, ""
        for piece in self._pieces:
            if piece.text is not None:
                inserted += piece.text
                continue
            if piece.start > start or inserted:
                yield start, piece.start, inserted
            start, inserted = piece.end, ""
        if start < len(self.original) or inserted:
            yield start, len(self.original), inserted

    def _replace(self, start: int, end: int, text: str) -> None:
        before = list(self._between(0, start))
        after = list(self._between(end, sum(piece.length for piece in self._pieces)))
        at = before[-1].end if before else 0
        self._pieces = [*before, *([Piece(at, at, text)] if text else []), *after]

    def _between(self, start: int, end: int) -> Iterator[Piece]:
        position = 0
        for piece in self._pieces:
            first, last = max(start - position, 0), min(end - position, piece.length)
            position += piece.length
            if first >= last:
                continue
            if piece.text is None:
                yield Piece(piece.start + first, piece.start + last)
            else:
                yield Piece(piece.start, piece.end, piece.text[first:last])

"""A text as the protocol counts it: in lines, and in columns of the client's units, which are ours in neither."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from lsprotocol import types

from flake8_logits.domain.places import Span
from flake8_logits.once import computed_once
from flake8_logits.source.decoding import universal_newlines

_LINE_END = re.compile(r"\r\n|\r|\n")
"""What ends a line for the protocol, and for Python: form feeds and the separators of Unicode do not."""
_MARK = "\ufeff"

Encoding = types.PositionEncodingKind | str
UTF8, UTF16, UTF32 = (
    types.PositionEncodingKind.Utf8,
    types.PositionEncodingKind.Utf16,
    types.PositionEncodingKind.Utf32,
)
_WIDER: dict[Encoding, tuple[str, ...]] = {UTF8: ("\x80", "\u0800", "\U00010000"), UTF32: ()}
"""From which characters on a character is one unit more; UTF-16 is what clients count in that say nothing else."""


class Text:
    """An immutable text; ``encoding`` says in what its client counts columns."""

    def __init__(self, source: str, encoding: Encoding = UTF16) -> None:
        self.source = source
        self.encoding = encoding

    @computed_once
    def plain(self) -> str:
        """The text as it is analysed: ``\\n`` between lines, no byte order mark."""
        return universal_newlines(self.source.removeprefix(_MARK))

    @property
    def newline(self) -> str:
        """What ends its lines: what ends the first."""
        first = _LINE_END.search(self.source)
        return first.group() if first else "\n"

    @computed_once
    def _lines(self) -> list[tuple[int, int]]:
        """Where each line begins and ends, without what ends it."""
        bounds = []
        start = 0
        for end in _LINE_END.finditer(self.source):
            bounds.append((start, end.start()))
            start = end.end()
        bounds.append((start, len(self.source)))
        return bounds

    @computed_once
    def _starts(self) -> list[int]:
        return [start for start, _ in self._lines]

    @computed_once
    def _wide(self) -> list[int]:
        """The characters that are more than one of the client's units: each as often as it has further units."""
        thresholds = _WIDER.get(self.encoding, ("\U00010000",))
        if not thresholds or self.source.isascii():
            return []
        places = (match.start() for match in re.finditer(f"[{thresholds[0]}-\U0010ffff]", self.source))
        return [place for place in places for least in thresholds if self.source[place] >= least]

    def _units_before(self, offset: int) -> int:
        """How many of the client's units stand before an offset."""
        return offset + bisect_left(self._wide, offset)

    # -- from the client -----------------------------------------------------------------------------------------

    def changed(self, change: types.TextDocumentContentChangeEvent) -> Text:
        """The text after a change; places beyond its lines or its end count as the nearest that there is."""
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            return Text(change.text, self.encoding)
        start, end = self.offset(change.range.start), self.offset(change.range.end)
        return Text(self.source[: min(start, end)] + change.text + self.source[max(start, end) :], self.encoding)

    def offset(self, position: types.Position) -> int:
        """Where a position of the client's is in the text."""
        lines = self._lines
        if position.line >= len(lines):
            return len(self.source)
        start, end = lines[position.line]
        wanted = self._units_before(start) + position.character
        # One in the middle of a character is before it.
        return bisect_right(range(start, end), wanted, key=lambda index: self._units_before(index + 1)) + start

    def place(self, position: types.Position) -> tuple[int, int]:
        """A position of the client's as we count: lines from 1, columns from 0 in characters."""
        offset = self.offset(position)
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1]
        return line, max(column - self._shift(line), 0)

    # -- to the client -------------------------------------------------------------------------------------------

    def position(self, line: int, column: int) -> types.Position:
        """A place of ours as the client counts."""
        lines = self._lines
        if line > len(lines):
            start, end = lines[-1]
            return types.Position(len(lines) - 1, self._units_before(end) - self._units_before(start))
        start, end = lines[line - 1]
        end = min(end, start + column + self._shift(line))
        return types.Position(line - 1, self._units_before(end) - self._units_before(start))

    def range(self, span: Span) -> types.Range:
        """A span of ours as the client counts."""
        return types.Range(self.position(span.line, span.column), self.position(span.end_line, span.end_column))

    def _shift(self, line: int) -> int:
        """A byte order mark is a character of the client's and none of ours."""
        return 1 if line == 1 and self.source.startswith(_MARK) else 0

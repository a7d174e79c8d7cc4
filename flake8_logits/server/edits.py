"""Many changes to a text at once: each costs what it changes, and not the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types

from flake8_logits.server.texts import Text

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def edited(text: Text, changes: Sequence[types.TextDocumentContentChangeEvent]) -> Text:
    """The text after some changes, each of which counts in the lines that the one before has left."""
    if len(changes) < 2:
        return text.changed(changes[0]) if changes else text
    lines = _split(text.source)
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            lines = _split(change.text)
        else:
            _replace(lines, change, text)
    return Text("".join(lines), text.encoding)


def _replace(lines: list[str], change: types.TextDocumentContentChangePartial, text: Text) -> None:
    ends = [_place(lines, position, text) for position in (change.range.start, change.range.end)]
    (first, begin), (last, end) = min(ends), max(ends)
    # What ends a line may be joined with what begins the next one: both neighbours are read anew.
    here = slice(max(first - 1, 0), last + 2)
    before, after = "".join(lines[here.start : first]), "".join(lines[last + 1 : here.stop])
    new = _split(f"{before}{lines[first][:begin]}{change.text}{lines[last][end:]}{after}")
    if here.stop < len(lines):
        new.pop()  # the empty line behind the last one: here stands another
    lines[here] = new


def _place(lines: list[str], position: types.Position, text: Text) -> tuple[int, int]:
    """The line of a position of the client's, and where in it the position is."""
    if position.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    line = Text(lines[position.line], text.encoding)
    return position.line, line.offset(types.Position(0, position.character))


def _split(source: str) -> list[str]:
    """The lines with what ends them; the last one has nothing that does."""
    lines = _LINE.findall(source)
    return lines if lines and lines[-1][-1] not in "\r\n" else [*lines, ""]

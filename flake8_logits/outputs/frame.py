"""The code frame: the source lines of a finding, with the loss and the output layer marked under them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span
from flake8_logits.outputs.clipping import Clipped, clip
from flake8_logits.outputs.locations import span_location
from flake8_logits.outputs.visible import visible

LineOf = Callable[[Span, int], str | None]
"""The line with a number in the file or cell of a span; None where the source is not at hand."""

GUTTER = "blue bold"
_LEAST = 40
"""Cells that code is given however narrow the terminal."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of source to point at, and what to write beside it."""

    span: Span
    label: str
    sign: str
    style: str


def marks(diagnostic: Diagnostic) -> list[Mark]:
    """Return what to point at, in the order of the source: the loss and what it disagrees with."""
    found = [Mark(diagnostic.span, diagnostic.rule, "^", "red bold")]
    found += [Mark(related.span, related.note, "-", "cyan") for related in diagnostic.related]
    # The finding's own file comes last among files, so that its frame ends with what is to be edited.
    return sorted(found, key=lambda mark: _order(mark.span, diagnostic.span.path))


def frame(diagnostic: Diagnostic, line_of: LineOf, width: int) -> Iterator[Text]:
    """Yield the lines of the frame, code clipped to ``width`` cells; none when no source is at hand."""
    shown = [(mark, line) for mark in marks(diagnostic) if (line := line_of(mark.span, mark.span.line)) is not None]
    if not shown:
        return
    number = max(len(str(mark.span.line)) for mark, _ in shown)
    several = len({(mark.span.path, mark.span.cell) for mark, _ in shown}) > 1
    previous: Span | None = None
    last = ""
    for mark, line in shown:
        span = mark.span
        if previous is None or (previous.path, previous.cell) != (span.path, span.cell):
            if several:
                yield Text.assemble((" " * (number + 1) + "::: ", GUTTER), _section(span, diagnostic.span.path))
            yield _row(number)
            previous = None
        room = max(width - number - 4, _LEAST)
        clipped = clip(line, span.column, span.end_column if span.end_line == span.line else len(line), room)
        if previous is None or previous.line != span.line or last != clipped.text:
            yield from _between(previous, span, line_of, number, room)
            last = clipped.text
            yield _row(number, str(span.line), Text(clipped.text))
        yield from _row_marks(mark, clipped, number, room)
        previous = span
    yield _row(number)


def _order(span: Span, own: str) -> tuple[bool, str, int, int, int]:
    return (span.path == own, span.path, -1 if span.cell is None else span.cell, span.line, span.column)


def _section(span: Span, own: str) -> str:
    if span.path == own and span.cell is not None:
        return f"cell {span.cell}:{span.line}:{span.column + 1}"
    return span_location(span, spoken=True)


def _between(previous: Span | None, span: Span, line_of: LineOf, number: int, room: int) -> Iterable[Text]:
    """A single line between two is shown, more are left out."""
    if previous is None or span.line - previous.line < 2:
        return []
    line = line_of(span, span.line - 1) if span.line - previous.line == 2 else None
    if line is None:
        return [Text("...", GUTTER)]
    return [_row(number, str(span.line - 1), Text(clip(line, 0, 0, room).text))]


def _row_marks(mark: Mark, clipped: Clipped, number: int, room: int) -> Iterator[Text]:
    pointer = " " * clipped.offset + mark.sign * clipped.length
    label = visible(mark.label)
    if len(pointer) + 1 + cell_len(label) <= room:
        yield _row(number, "", Text(f"{pointer} {label}", mark.style))
        return
    yield _row(number, "", Text(pointer, mark.style))
    indent = max(min(clipped.offset, room - cell_len(label)), 0)
    yield _row(number, "", Text(" " * indent + label, mark.style))


def _row(number: int, line: str = "", content: Text | None = None) -> Text:
    row = Text(f"{line:>{number + 1}} |", GUTTER)
    if content is not None and content.plain:
        # Appended to plain text: a style of the row itself would colour all of it.
        row = Text.assemble((row.plain + " ", GUTTER), content)
    return row

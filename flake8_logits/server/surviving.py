"""Findings of a text that a later one has taken the place of: where they stand by now, and which still hold.

A text that does not parse says nothing of what it held before.  Until it parses again, what was found last is shown
where it has moved to, but for the statement that is being written.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from flake8_logits.debug.explanation import Said
from flake8_logits.domain.diagnostics import Diagnostic, Related
from flake8_logits.domain.places import Span
from flake8_logits.fixes.program import Text
from flake8_logits.parser import parse
from flake8_logits.server.programs import Part
from flake8_logits.source.magics import mask_magics


def survivors(found: Sequence[Diagnostic], before: Sequence[Part], after: Sequence[Part]) -> Iterator[Diagnostic]:
    """Yield the findings of some texts as they stand in what has become of these texts.

    What stands in a statement that was changed, or in a text that is gone, is left out.
    """
    moves = _moves(before, after)
    for one in found:
        span = _survivor(one.span, moves)
        if span is not None:
            yield replace(one, span=span, related=tuple(_related(one, moves)))


def still_said(said: Sequence[Said], before: Sequence[Part], after: Sequence[Part]) -> Iterator[Said]:
    """Yield what was said of places in some texts at the places that these are now, left out like findings."""
    moves = _moves(before, after)
    for one in said:
        span = _survivor(one.span, moves)
        if span is not None:
            yield replace(one, span=span)


def _moves(before: Sequence[Part], after: Sequence[Part]) -> dict[int | None, _Move]:
    """How places move in each text that is still there, by its cell."""
    now = {part.uri: part for part in after}
    return {part.cell: _Move(part, now[part.uri]) for part in before if part.uri in now}


def _survivor(span: Span, moves: dict[int | None, _Move]) -> Span | None:
    """Where a span is now; None where it stands in a statement that was changed, or in a text that is gone."""
    move = moves.get(span.cell)
    return None if move is None or move.touches(span) else move.moved(span)


def _related(one: Diagnostic, moves: dict[int | None, _Move]) -> Iterator[Related]:
    for there in one.related:
        move = moves.get(there.span.cell) if there.span.path == one.span.path else None
        span = there.span if move is None else move.moved(there.span)
        if span is not None:
            yield replace(there, span=span)


@dataclass(frozen=True, slots=True)
class _Change:
    """The one stretch in which two texts differ: from ``start`` to ``end``, which is ``new_end`` in the second."""

    start: int
    end: int
    new_end: int


class _Move:
    """How places in a text become places in the text that it has become."""

    def __init__(self, before: Part, after: Part) -> None:
        old, new = before.text.plain, after.text.plain
        self._before = Text("", before.cell, old)
        self._after = Text("", after.cell, new)
        self._change = _change_between(old, new)
        self._lines = _statements_around(old, self._before.span(self._change.start, self._change.end))
        self._same = old == new

    def touches(self, span: Span) -> bool:
        """Whether a span stands in a statement that was changed."""
        return not self._same and any(span.line <= last and first <= span.end_line for first, last in self._lines)

    def moved(self, span: Span) -> Span | None:
        """Where a span is now; None where a part of it was replaced."""
        start, end = (self._offset(offset) for offset in self._before.bounds(span))
        return None if start is None or end is None else replace(self._after.span(start, end), path=span.path)

    def _offset(self, offset: int) -> int | None:
        change = self._change
        if offset <= change.start:
            return offset
        return offset + change.new_end - change.end if offset >= change.end else None


def _change_between(before: str, after: str) -> _Change:
    shorter = min(len(before), len(after))
    start = _largest(shorter, lambda size: before[:size] == after[:size])
    tail = _largest(shorter - start, lambda size: before[len(before) - size :] == after[len(after) - size :])
    return _Change(start, len(before) - tail, len(after) - tail)


def _largest(most: int, holds: Callable[[int], bool]) -> int:
    """The largest size that holds, of a property that holds for all smaller ones."""
    return bisect_right(range(1, most + 1), 0, key=lambda size: 0 if holds(size) else 1)


def _statements_around(text: str, span: Span) -> list[tuple[int, int]]:
    """The first and last lines of the innermost statements that a stretch of a text that parses is in."""
    around = [(span.line, span.end_line)]
    try:
        tree = parse(mask_magics(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return around
    statements = (_lines_of(node) for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return [*around, *(lines for lines in statements if lines[0] <= span.end_line and span.line <= lines[1])]


def _lines_of(statement: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, without those of the statements in it."""
    last = statement.end_lineno or statement.lineno
    body = getattr(statement, "body", None)
    return statement.lineno, max(body[0].lineno - 1, statement.lineno) if body else last

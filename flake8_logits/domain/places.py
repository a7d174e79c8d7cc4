"""Where something stands: the one coordinate convention, converted nowhere else.

Lines count from 1, columns from 0 in characters (code points, not bytes and not UTF-16 units); the end is exclusive.
In a notebook lines count within the cell, and ``cell`` counts cells of every type from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file, or of one cell of a notebook."""

    path: str
    cell: int | None
    line: int
    column: int
    end_line: int
    end_column: int

    def on_line_of(self, other: Span) -> bool:
        """Whether this begins on the line where another begins."""
        return (self.path, self.cell, self.line) == (other.path, other.cell, other.line)

    def is_within(self, outer: Span) -> bool:
        """Whether another stretch of the same file or cell covers all of this one."""
        same = (self.path, self.cell) == (outer.path, outer.cell)
        begins = (outer.line, outer.column) <= (self.line, self.column)
        return same and begins and (self.end_line, self.end_column) <= (outer.end_line, outer.end_column)


class Place(Protocol):
    """Something that can say where it stands; positions are computed only when somebody asks."""

    @property
    def span(self) -> Span:
        """The stretch of source that this place covers."""

    @property
    def text(self) -> str:
        """The source of this place, as its author wrote it."""

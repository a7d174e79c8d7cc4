"""Where the text of a module may be cut, so that each piece can be read by itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Cuts:
    """The pieces of a text.

    ``starts`` are the lines, from 1, on which statements of the module begin.  Those that neither a blank line nor a
    comment separates stay together.
    """

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._lines = text.split("\n")
        cuts = {start - 1 for start in starts if start > 1 and self._lines[start - 2].lstrip()[:1] in ("", "#")}
        self._bounds = [0, *sorted(cuts - {0}), len(self._lines)]

    def index(self, line: int) -> int:
        """The piece that a line, from 1, is in."""
        return bisect_right(self._bounds, line - 1) - 1

    def above(self, index: int) -> int:
        """How many lines stand above a piece."""
        return self._bounds[index]

    def text(self, index: int) -> str:
        """The text of a piece."""
        first, last = self._bounds[index], self._bounds[index + 1]
        return "\n".join(self._lines[first:last]) + ("" if last == len(self._lines) else "\n")

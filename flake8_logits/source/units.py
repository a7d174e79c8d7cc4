"""What is read: programs, and the stretches of Python source they consist of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flake8_logits.domain.diagnostics import Problem

Kind = Literal["python", "notebook"]


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    """The lines of a text: each finding asks for a few of them."""
    return text.split("\n")


@dataclass(frozen=True, slots=True)
class Unit:
    """One stretch of Python source that is parsed alone: a whole file, or one cell of a notebook.

    ``text`` is what to parse and ``original`` what the author wrote (the whole file or cell); both have ``\\n`` at
    the end of each line.  ``line_offset`` is added to a line number of ``text`` to give the line of ``original``,
    which is the line of a ``Span``; columns are the same in both.
    """

    path: str
    cell: int | None
    text: str
    line_offset: int = 0
    original: str = ""

    def line(self, number: int) -> str:
        """Return the line with this number (from 1, of ``original``) without its end; "" when there is none."""
        lines = _lines(self.original)
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Document:
    """One program: its units run in order, in one namespace.

    ``name`` is the file's own name without folders, or the target as a ``%%writefile`` cell writes it.  ``countable``
    tells whether its reader can find a line by its number; editors of notebooks show none that would be right.
    """

    path: str
    units: tuple[Unit, ...]
    problems: tuple[Problem, ...] = ()
    kind: Kind = "python"
    name: str = ""
    countable: bool = True

    @property
    def text(self) -> str:
        """Return the sources of all units, one after the other: what a prefilter looks at."""
        return "\n".join(unit.text for unit in self.units)

    def unit(self, cell: int | None) -> Unit | None:
        """Return the unit of this cell (None: of a Python file), or None when the document has no such unit."""
        return next((unit for unit in self.units if unit.cell == cell), None)

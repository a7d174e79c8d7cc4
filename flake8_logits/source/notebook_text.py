"""Where in the JSON of a notebook each character of a cell's source stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_NEWLINES = {"\\n": "\n", "\\r": "\r", "\\u000a": "\n", "\\u000d": "\r"}

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CellText:
    """The source of one cell: for each of its characters, line ends as one, where its spelling begins and ends.

    ``separator`` is what stands between the strings of two lines; None where the source is a single string.
    ``newline`` is how the cell spells the end of a line.
    """

    characters: tuple[tuple[int, int], ...]
    line_starts: tuple[int, ...]
    end: int
    separator: str | None
    newline: str

    def bounds(self, line: int, column: int, end_line: int, end_column: int) -> tuple[int, int]:
        """Where in the JSON text the spelling of a span begins and ends."""
        start = self.line_starts[line - 1] + column
        end = self.line_starts[end_line - 1] + end_column
        first = self.characters[start][0] if start < len(self.characters) else self.end
        return first, self.characters[end - 1][1] if end > start else first


def cell_texts(text: str) -> dict[int, CellText]:
    """Return the source of each cell of a notebook (nbformat 4) by its index; the text is known to be JSON."""
    literals: dict[int, list[tuple[int, int, bool]]] = {}
    lists: dict[int, int] = {}
    for path, start, end in _strings(text):
        if len(path) in (3, 4) and path[0] == "cells" and path[2] == "source" and isinstance(path[1], int):
            in_list = len(path) == 4
            if not in_list or path[3] == 0:
                literals[path[1]] = []  # the last of equal keys counts
            literals.setdefault(path[1], []).append((start, end, in_list))
            if in_list and path[3] == 0:
                lists[path[1]] = text.rindex("[", 0, start)
    return {index: _cell(text, found, lists.get(index)) for index, found in literals.items()}


def _cell(text: str, literals: list[tuple[int, int, bool]], opening: int | None) -> CellText:
    characters: list[tuple[int, int]] = []
    starts = [0]
    newline = "\\n"
    before = ""
    for first, last, _ in literals:
        for match in _CHARACTER.finditer(text, first + 1, last - 1):
            character = _NEWLINES.get(match.group().lower(), match.group())
            if character == "\n" and before == "\r":
                characters[-1] = (characters[-1][0], match.end())
                newline = text[characters[-1][0] : match.end()]
            else:
                characters.append(match.span())
                if character in ("\n", "\r"):
                    starts.append(len(characters))
                    newline = match.group()
            before = character
    separator = None
    if literals[0][2] and opening is not None:
        if len(literals) > 1:
            separator = text[literals[0][1] : literals[1][0]]
        else:
            separator = "," + text[opening + 1 : literals[0][0]]
    return CellText(tuple(characters), tuple(starts), literals[-1][1] - 1, separator, newline)


def _strings(text: str) -> Iterator[tuple[Path, int, int]]:
    """Yield each string that is a value, with the keys and indexes that lead to it, and where it stands."""
    path: list[str | int] = []
    key = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "{":
            path.append("")
        elif token == "[":
            path.append(0)
        elif token in "}]":
            path.pop()
        elif token == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                path[-1] = ""
        elif token == ":":
            path[-1] = key
        elif token[0] == '"':
            if path and path[-1] == "":
                key = token[1:-1]
                path[-1] = _KEY
            else:
                yield tuple(path), match.start(), match.end()


_KEY = "\0key"

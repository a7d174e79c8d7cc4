"""Texts that no recursive parser should be asked to read: too deep for its stack, or for our patience."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flake8_logits.source.lexemes import COMMENT, STRING

DEEPEST = 200
"""Brackets within brackets: CPython's own parser gives up near here."""
LONGEST = 1000
"""Characters of operators, links of a chain of calls, branches of one ``if``, on one level."""
MOST_LAMBDAS = 300
"""On one level: each may stand in the one before it."""

DEAREST = 1_000_000
"""What the patterns of ``case`` lines may cost in all: libcst reads each one twice per bracket around it, four times
per brace (measured at about a microsecond a reading; ten braces take a second, twenty take days)."""
_COST = {"(": 2, "[": 2, "{": 4}

_PIECES = re.compile(
    rf"""(?P<skip>\\\r?\n|{COMMENT}|{STRING})"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<end>[\n;])|(?P<colon>:)"""
    r"""|(?P<operator>[-+*/%@&|^<>=.~]+|\b(?:and|or|not|if|in|is|await)\b)|(?P<lambda>\blambda\b)|(?P<case>\bcase\b)""",
    re.DOTALL | re.VERBOSE,
)
_BRANCHES = re.compile(r"^([ \t]*)(if|elif)\b", re.MULTILINE)


class TooDeep(Exception):
    """The text is nested deeper than any parser should be asked to go."""


@dataclass(slots=True)
class _Level:
    """What stands between one pair of brackets, or in one statement."""

    links: int = 0
    lambdas: int = 0


def check_nesting(text: str) -> None:
    """Raise TooDeep for a text that would exhaust the stack of a recursive parser, or keep it busy for ever."""
    _check_branches(text)
    nesting = _Nesting()
    for piece in _PIECES.finditer(text):
        nesting.read(piece)


class _Nesting:
    """What is open at one point of a text, and what its patterns cost so far."""

    def __init__(self) -> None:
        self._levels = [_Level()]
        self._weights: list[int] = []  # of the brackets around us, inside a pattern
        self._spent = 0
        self._in_case = False

    def read(self, piece: re.Match[str]) -> None:
        """Move past a piece; raises TooDeep."""
        level = self._levels[-1]
        kind = piece.lastgroup
        if kind == "operator":
            level.links += len(piece.group())
        elif kind == "lambda":
            level.lambdas += 1
        elif kind == "comma":
            level.links = 0
        elif kind == "case":
            self._in_case = True
        elif kind == "open":
            self._open(piece.group())
        elif kind == "close":
            self._close()
        elif kind in ("end", "colon"):
            self._end(statement=kind == "end")
        if self._weights:
            self._spent += self._weights[-1]
        deep = len(self._levels) > DEEPEST or self._spent > DEAREST
        if deep or level.links > LONGEST or level.lambdas > MOST_LAMBDAS:
            raise TooDeep

    def _open(self, bracket: str) -> None:
        self._levels[-1].links += 1
        self._levels.append(_Level())
        if self._in_case:
            self._weights.append((self._weights[-1] if self._weights else 1) * _COST[bracket])

    def _close(self) -> None:
        if len(self._levels) > 1:
            self._levels.pop()
        if self._weights:
            self._weights.pop()

    def _end(self, statement: bool) -> None:
        self._in_case = self._in_case and bool(self._weights)
        if statement and len(self._levels) == 1:
            self._levels[0] = _Level()


def _check_branches(text: str) -> None:
    if text.count("elif") <= LONGEST:
        return
    branches: dict[str, int] = {}
    for margin, word in _BRANCHES.findall(text):
        branches[margin] = 0 if word == "if" else branches.get(margin, 0) + 1
        if branches[margin] > LONGEST:
            raise TooDeep

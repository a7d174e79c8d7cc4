"""Texts that no recursive parser should be asked to read: too deep for its stack, or for our patience."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    r"""(?P<skip>\\\r?\n|\#[^\n]*|(?P<quote>'''|\"\"\").*?(?<!\\)(?:\\\\)*(?P=quote)"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
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
    levels = [_Level()]
    weights: list[int] = []  # of the brackets around us, inside a pattern
    spent = 0
    in_case = False
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup
        level = levels[-1]
        if kind == "operator":
            level.links += len(piece.group())
        elif kind == "lambda":
            level.lambdas += 1
        elif kind == "comma":
            level.links = 0
        elif kind == "open":
            level.links += 1
            levels.append(_Level())
            if in_case:
                weights.append((weights[-1] if weights else 1) * _COST[piece.group()])
        elif kind == "close":
            if len(levels) > 1:
                levels.pop()
            if weights:
                weights.pop()
        elif kind in ("end", "colon"):
            in_case = in_case and bool(weights)
            if kind == "end" and len(levels) == 1:
                levels[0] = _Level()
        elif kind == "case":
            in_case = True
        if weights:
            spent += weights[-1]
        if level.links > LONGEST or level.lambdas > MOST_LAMBDAS or len(levels) > DEEPEST or spent > DEAREST:
            raise TooDeep


def _check_branches(text: str) -> None:
    if text.count("elif") <= LONGEST:
        return
    branches: dict[str, int] = {}
    for margin, word in _BRANCHES.findall(text):
        branches[margin] = 0 if word == "if" else branches.get(margin, 0) + 1
        if branches[margin] > LONGEST:
            raise TooDeep

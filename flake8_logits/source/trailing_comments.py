"""The comments at the ends of the lines of a text, which Python's own parser throws away."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence

_BETWEEN_LINES = frozenset([tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT])


class TrailingComments:
    """For each logical line the comment at its end, by the line and column where it begins."""

    def __init__(self, text: str) -> None:
        """Raises SyntaxError or tokenize.TokenError where the text is not Python."""
        self._comments: dict[tuple[int, int], str] = {}
        begin: tuple[int, int] | None = None
        comment = ""
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NEWLINE:
                if begin is not None:
                    self._comments[begin] = comment
                begin = None
            elif begin is None and token.type not in _BETWEEN_LINES:
                begin = token.start
            comment = token.string if token.type == tokenize.COMMENT else ""

    def lines(self, statements: Sequence[ast.stmt]) -> Iterator[tuple[list[ast.stmt], str]]:
        """Yield the statements that stand on each line, with the comment at its end; "" where there is none."""
        line: list[ast.stmt] = []
        comment = ""
        for statement in statements:
            there = self._comments.get((statement.lineno, statement.col_offset))
            if there is not None:
                yield line, comment
                line, comment = [], there
            line.append(statement)
        yield line, comment

"""The smallest pieces of Python source, told apart by regular expressions that take linear time whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# A string that is never closed goes on to the end of its line, or of the text: looked for again at its next quote, each
# would be read to the end.
_LONG = r"{0}{0}{0}[^\\{0}]*(?:(?:\\.|{0}(?!{0}{0}))[^\\{0}]*)*(?:{0}{0}{0}|\Z|\\\Z)"
STRING = "|".join((_LONG.format("'"), _LONG.format('"'), r'"(?:[^"\\\n]|\\.)*"?', r"'(?:[^'\\\n]|\\.)*'?"))
"""A string without its prefix; to be compiled with DOTALL."""
COMMENT = r"\#[^\n]*"

_TOKEN = re.compile(rf"{STRING}|{COMMENT}|\w+|\n|[^\w\s]", re.DOTALL)
_WITHIN = re.compile(r"\w+|[^\w\s]")
_FORMATTED = re.compile("(?:[ft]r?|r[ft])", re.IGNORECASE)
"""What stands before a string that has expressions in it."""


def has_comment(text: str) -> bool:
    """Whether a stretch of source that begins outside of a string holds a comment."""
    return "#" in text and any(token.group().startswith("#") for token in _TOKEN.finditer(text))


def count_tokens(text: str) -> int:
    """How many tokens a text has; comments and ends of lines are among them."""
    return sum(1 for _ in _counted(text))


def has_more_tokens(texts: Sequence[str], most: int) -> bool:
    """Whether the texts have more tokens in all than this; comments and ends of lines are among them."""
    if sum(map(len, texts)) <= most:
        return False
    tokens = (token for text in texts for token in _counted(text))
    return any(number >= most for number, _ in enumerate(tokens))


def _counted(text: str) -> Iterator[re.Match[str]]:
    """Yield each token; of a string that has expressions in it, what looks like one."""
    before: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        yield token
        formatted = text[token.start()] in "\"'" and before is not None and before.end() == token.start()
        if formatted and before is not None and _FORMATTED.fullmatch(before.group()) and "{" in token.group():
            yield from _WITHIN.finditer(text, token.start(), token.end())
        before = token


def comments_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each comment of a program begins, and the comment."""
    for token in _TOKEN.finditer(text) if "#" in text else ():
        if token.group().startswith("#"):
            yield token.start(), token.group()

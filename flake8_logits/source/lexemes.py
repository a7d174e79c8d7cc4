"""The smallest pieces of Python source, told apart by regular expressions that take linear time whatever the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A string that is never closed goes on to the end of its line, or of the text: looked for again at its next quote, each
# would be read to the end.
_LONG = r"{0}{0}{0}[^\\{0}]*(?:(?:\\.|{0}(?!{0}{0}))[^\\{0}]*)*(?:{0}{0}{0}|\Z|\\\Z)"
STRING = "|".join((_LONG.format("'"), _LONG.format('"'), r'"(?:[^"\\\n]|\\.)*"?', r"'(?:[^'\\\n]|\\.)*'?"))
"""A string without its prefix; to be compiled with DOTALL."""
COMMENT = r"\#[^\n]*"

_TOKEN = re.compile(rf"{STRING}|{COMMENT}|\w+|\n|[^\w\s]", re.DOTALL)


def has_more_tokens(texts: Sequence[str], most: int) -> bool:
    """Whether the texts have more tokens in all than this; comments and ends of lines are among them."""
    if sum(map(len, texts)) <= most:
        return False
    tokens = (token for text in texts for token in _TOKEN.finditer(text))
    return any(number >= most for number, _ in enumerate(tokens))

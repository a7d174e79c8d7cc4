"""Text as Markdown that shows just that; some editors show every backslash, so there is one only where it is needed."""

from __future__ import annotations

import re

_READ = re.compile(
    r"(?P<anywhere>[\\`*\[\]<&~])"  # what begins or ends something wherever it stands
    r"|(?P<edge>(?<![^\W_])_|_(?![^\W_]))"  # within a word an underscore is one
    r"|^(?P<before>\s*)(?:[#+\-=>])"  # headings, lists and quotes begin lines
    r"|^(?P<number>\s*\d+)[.)](?=\s|$)",
    re.MULTILINE,
)


def as_markdown(text: str) -> str:
    """The text, with a backslash before each character that Markdown would read as something else."""
    return _READ.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    before = found["before"] or found["number"] or ""
    return f"{before}\\{found[0][len(before) :]}"

"""What a fix would change, as a unified diff that ``patch`` and ``git apply`` take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator


def diff_lines(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the difference, each with its own end of line; none where there is no difference."""
    shown = path.replace("\\", "/")
    for line in difflib.unified_diff(_lines(before), _lines(after), f"a/{shown}", f"b/{shown}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    # Not splitlines: a form feed ends no line for whoever applies the difference.
    return [line for line in re.split(r"(?<=\n)", text) if line]

"""What a fix would change, as a unified diff that ``patch`` and ``git apply`` take."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator

from flake8_logits.outputs.fingerprints import portable


def diff_lines(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the difference, each with its own end of line; none where there is no difference."""
    name = portable(path).lstrip("/")
    for line in difflib.unified_diff(_lines(before), _lines(after), _quoted(f"a/{name}"), _quoted(f"b/{name}")):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _quoted(name: str) -> str:
    """Return the name as git writes it: in quotes, and byte by byte, where it holds what would end or forge a line."""
    if name.isprintable() and not set(name) & {'"', "\\"}:
        return name
    characters = (
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in os.fsencode(name)
    )
    return f'"{"".join(characters)}"'


def _lines(text: str) -> list[str]:
    # Not splitlines: a form feed ends no line for whoever applies the difference.
    return [line for line in re.split(r"(?<=\n)", text) if line]

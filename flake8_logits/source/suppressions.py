"""``# noqa`` comments, as flake8 reads them."""

from __future__ import annotations

import re
from functools import lru_cache

_CODES = r"(?P<codes>(?:[A-Z]+[0-9]+[, \t]*)+)"
_LINE = re.compile(rf"# noqa(?::[ \t]?{_CODES})?", re.IGNORECASE)
_FILE = re.compile(rf"^[ \t\f]*# flake8[:=][ \t]*noqa(?::[ \t]?{_CODES})?", re.IGNORECASE | re.MULTILINE)


def suppressed(line: str, code: str) -> bool:
    """Return whether a ``# noqa`` comment on this physical line silences the code.

    As in flake8 a comment without a well-formed code silences everything, and a listed code silences all codes that
    begin with it; unlike flake8 the letter case of a listed code does not matter.
    """
    match = _LINE.search(line)
    return match is not None and _covers(match.group("codes"), code)


@lru_cache(maxsize=64)
def suppressed_in_file(text: str, code: str) -> bool:
    """Return whether a line that begins with ``# flake8: noqa`` silences the code in the whole text.

    With codes (``# flake8: noqa: LGT101``) only those are silenced, as their author will have meant it.
    """
    return any(_covers(match.group("codes"), code) for match in _FILE.finditer(text))


def _covers(codes: str | None, code: str) -> bool:
    if codes is None:
        return True
    return code.upper().startswith(tuple(listed for listed in re.split(r"[, \t]+", codes.upper()) if listed))

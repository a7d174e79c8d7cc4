"""Which configuration belongs to a file: the nearest ``pyproject.toml`` at or above its folder with our table in it.

Imported for every run of flake8, so it imports nothing that costs time.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

from flake8_logits.source.reading import LARGEST_CONFIGURATION, UnreadableError, read_bytes

NAME = "pyproject.toml"
TABLE = "flake8-logits"
_MENTIONS = re.compile(rb"flake8[-_]logits", re.IGNORECASE)


def configuration_of(path: str, known: dict[str, str | None] | None = None) -> str | None:
    """The path of the ``pyproject.toml`` that a file is checked under; None where there is none.

    One without our table is passed over, as other tools do: a workspace may keep its settings at its root.  ``known``
    keeps the answers for folders, for those who ask of many: else each folder is looked for in all above it.
    """
    if "\0" in path:
        return None
    known = {} if known is None else known
    folder, below = os.path.dirname(os.path.abspath(path)), ""
    passed: list[str] = []
    found = None
    while folder != below and found is None:
        if folder in known:
            found = known[folder]
            break
        passed.append(folder)
        candidate = os.path.join(folder, NAME)
        found = candidate if _has_table(candidate) else None
        folder, below = os.path.dirname(folder), folder
    known.update(dict.fromkeys(passed, found))
    return found


def _has_table(path: str) -> bool:
    try:
        data = read_bytes(path, LARGEST_CONFIGURATION)
    except OSError:
        return False
    except UnreadableError:
        return True  # reading it reports what is wrong
    return _MENTIONS.search(data) is not None and _means_it(data)


@lru_cache(maxsize=64)
def _means_it(data: bytes) -> bool:
    """Whether the name stands for our table, or is meant to: it also stands where the package is a dependency."""
    # Here, because flake8 imports this module in every run and most projects have no such table.
    from flake8_logits.configuration.toml import parse

    try:
        return any(names_our_table(key) for key in parse(data).get("tool", {}))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return True  # reading it reports what is wrong


def names_our_table(key: str) -> bool:
    """Whether a key is the name of our table in some spelling; only TABLE itself is read, others are reported."""
    return key.lower().replace("_", "-") == TABLE

"""TOML by the standard library, or by the package it grew from where Python has none."""

from __future__ import annotations

import sys
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TOMLDecodeError = tomllib.TOMLDecodeError


MOST_DOTS = 1_000_000
"""The sum over all lines of the squares of their dots: a dotted key costs the parser that."""


def parse(data: bytes) -> dict[str, Any]:
    """Return the document; raise ValueError (TOMLDecodeError is one) or RecursionError for what is none."""
    text = data.decode("utf-8-sig")
    if sum(line.count(".") ** 2 for line in text.split("\n")) > MOST_DOTS:
        raise ValueError("its keys have too many dots")
    return tomllib.loads(text)

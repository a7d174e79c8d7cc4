"""TOML by the standard library, or by the package it grew from where Python has none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TOMLDecodeError = tomllib.TOMLDecodeError


MOST_DOTS = 1_000_000
"""The sum over all lines of the squares of their dots: a dotted key costs the parser that."""
BITS = 64
"""Of a whole number."""


def parse(data: bytes) -> dict[str, Any]:
    """Return the document; raise ValueError (TOMLDecodeError is one) or RecursionError for what is none."""
    text = data.decode("utf-8-sig")
    if sum(line.count(".") ** 2 for line in text.split("\n")) > MOST_DOTS:
        raise ValueError("its keys have too many dots")
    document = tomllib.loads(text)
    # TOML has no longer ones, and Python refuses to write out those of thousands of digits.
    if any(isinstance(value, int) and value.bit_length() > BITS for value in _values(document)):
        raise ValueError(f"it holds a whole number of more than {BITS} bits")
    return document


def _values(document: dict[str, Any]) -> Iterator[object]:
    """Yield all that is in a document, whatever it is nested in."""
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)

"""TOML by the standard library, or by the package it grew from where Python has none."""

from __future__ import annotations

import sys
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TOMLDecodeError = tomllib.TOMLDecodeError


def parse(data: bytes) -> dict[str, Any]:
    """Return the document; raise TOMLDecodeError or UnicodeDecodeError for what is none."""
    return tomllib.loads(data.decode("utf-8-sig"))

"""Texts into which something was written that is made up: nobody knows them, either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_logits.verify.child.made import STANDS_FOR, Made, touched

_ASKING = frozenset({"startswith", "endswith", "find", "rfind", "index", "rindex", "count", "isdigit", "isnumeric",
                     "isalpha", "isalnum"})  # fmt: skip
"""Methods of texts that say something of them."""


def unknown_in(value: Any) -> str | None:
    """What was made up and is, or is written into, a value; None where nothing is."""
    if isinstance(value, Made):
        return value.source
    if type(value) is not str or STANDS_FOR not in value:
        return None
    named = [one for one in touched if f"{STANDS_FOR}{one}" in value]
    return max(named, key=len, default=None)


def known(value: Any) -> Any:
    """A value as it is compared: what is made up instead of a text that was made of it."""
    source = unknown_in(value) if type(value) is str else None
    return value if source is None else Made(source)


def asking(value: Any, name: str, found: Any) -> Callable[..., Any] | None:
    """What is handed out for a method of a text, or of a dictionary, whose answer may be unknown; None for others."""
    if name == "get" and isinstance(value, dict):
        return lambda key, *default: found(key, *default) if (one := unknown_in(key)) is None else Made(one)
    if name == "update" and isinstance(value, dict):
        return lambda *given, **named: _updated(value, found, given, named)
    source = unknown_in(value) if type(value) is str and name in _ASKING else None
    return None if source is None else lambda *_: Made(source)


def _updated(kept: dict[Any, Any], update: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Write over a dictionary; what is made up may say something else of all that is there."""
    source = next((one.source for one in given if isinstance(one, Made)), None)
    if source is not None:
        given = ({key: Made(source) for key in kept},)
    update(*given, **named)

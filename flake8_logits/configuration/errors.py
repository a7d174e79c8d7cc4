"""What is wrong with a configuration, in one line that names the key."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ConfigurationError(Exception):
    """A configuration that cannot be used; the message is one line and names the file and the key."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """A sentence on a name that does not exist, with the nearest one that does."""
    known = sorted(known)
    near = get_close_matches(name.replace("_", "-"), known, 1, 0.5) or get_close_matches(name, known, 1, 0.5)
    return f"{what} '{name}' does not exist" + (
        f"; did you mean '{near[0]}'?" if near else f"; expected one of {', '.join(known)}"
    )

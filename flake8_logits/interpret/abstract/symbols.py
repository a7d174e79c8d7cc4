"""The identity of what is not known: the same unknown, asked twice, answers alike."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import count

_fresh = count()

Symbol = Hashable


def fresh_symbol() -> Symbol:
    """A symbol equal to no other."""
    return ("fresh", next(_fresh))


def made_symbol() -> Symbol:
    """A symbol, equal to no other, for an object that a library's class made: whatever it is, it is there."""
    return ("made", next(_fresh))


def is_made(symbol: Symbol) -> bool:
    """Whether a symbol stands for an object of a library's class, so that it is not None."""
    return isinstance(symbol, tuple) and symbol[0] == "made"

"""Trees by their units: while a file is mended it is analysed many times, and most of its cells stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from flake8_logits.source.units import Unit

if TYPE_CHECKING:
    from flake8_logits.source.tree import Tree

_KEPT: ContextVar[dict[Unit, Tree] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping_trees() -> Iterator[None]:
    """Within this, a unit is parsed once; afterwards its tree is forgotten."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def tree_of(unit: Unit) -> Tree:
    """The tree of a unit."""
    # Here, because libcst is slow to import and most files are not parsed.
    from flake8_logits.source.tree import Tree

    kept = _KEPT.get()
    if kept is None:
        return Tree(unit)
    if unit not in kept:
        kept[unit] = Tree(unit)
    return kept[unit]

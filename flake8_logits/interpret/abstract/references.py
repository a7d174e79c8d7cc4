"""The identities of things that change; what they hold at a point of the run is in the state."""

from __future__ import annotations

from itertools import count

from flake8_logits.source import syntax as ir

next_birth = count().__next__
"""Tells which of two was made first: references, and the branches of the state."""


class Ref:
    """The identity of something that changes; its content is in the state under this reference."""

    __slots__ = ("born", "node")

    def __init__(self, node: ir.Node | None) -> None:
        self.node = node
        self.born = next_birth()


class ListRef(Ref):
    """A list, set or deque; content: a Sequence under ITEMS."""

    __slots__ = ()


class DictRef(Ref):
    """A dict; content: a Mapping under ITEMS."""

    __slots__ = ()

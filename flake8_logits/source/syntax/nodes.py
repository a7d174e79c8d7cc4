"""What every node of our syntax is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from flake8_logits.domain.places import Span


class Home(Protocol):
    """The parsed text that a node belongs to; it knows where its nodes stand."""

    @property
    def path(self) -> str:
        """The file that the text stands in."""

    def span_of(self, node: Node) -> Span:
        """The stretch of source that a node covers."""

    def text_of(self, node: Node) -> str:
        """The source of a node as its author wrote it."""


class Node:
    """A piece of program; also a ``Place``."""

    __slots__ = ("cst", "home")
    cst: Any
    home: Home

    @property
    def span(self) -> Span:
        return self.home.span_of(self)

    @property
    def text(self) -> str:
        return self.home.text_of(self)

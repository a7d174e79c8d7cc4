"""What every node of our syntax is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from flake8_logits.domain.places import Span


N = TypeVar("N", bound="Node")


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
    """A piece of program; also a ``Place``.

    ``cst`` is for its home to know: the libcst node that it was lowered from, if any, or another node in whose place
    it stands.
    """

    __slots__ = ("cst", "home")
    home: Home
    cst: Any

    @property
    def span(self) -> Span:
        return self.home.span_of(self)

    @property
    def text(self) -> str:
        return self.home.text_of(self)

    @property
    def path(self) -> str:
        return self.home.path


def standing_at(node: N, there: Node) -> N:
    """The node, which from now on stands where another does."""
    node.home = there.home
    node.cst = there
    return node


def lowered_at(node: Node) -> Node:
    """The node of the source in whose place a node stands: mostly itself."""
    while isinstance(there := getattr(node, "cst", None), Node):
        node = there
    return node

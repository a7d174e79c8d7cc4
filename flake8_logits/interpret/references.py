"""The identities of things that change; what they hold at a point of the run is in the state."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Output
from flake8_logits.knowledge.rows import Application, Layer
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.values import Arguments, Class


next_birth = count().__next__
"""Tells which of two was made first: references, and the branches of the state."""


class Ref:
    """The identity of something that changes; its content is in the state under this reference."""

    __slots__ = ("born", "node")

    def __init__(self, node: ir.Node | None) -> None:
        self.node = node
        self.born = next_birth()


class ListRef(Ref):
    """A list, set or deque; content: a Sequence under ``items``."""

    __slots__ = ()


class DictRef(Ref):
    """A dict; content: a Mapping under ``items``."""

    __slots__ = ()


class InstanceRef(Ref):
    """An instance of a class of the program; its attributes are its content."""

    __slots__ = ("cls",)

    def __init__(self, node: ir.Node | None, cls: Class) -> None:
        super().__init__(node)
        self.cls = cls


class LayerRef(Ref):
    """A layer of a library with the arguments it was made with; attributes set later are its content."""

    __slots__ = ("args", "row")

    def __init__(self, node: ir.Node | None, row: Layer, args: Arguments) -> None:
        super().__init__(node)
        self.row = row
        self.args = args


class ModelRef(Ref):
    """A model; ``kind`` is sequential (content ``$layers``), functional or application (``$outputs``)."""

    __slots__ = ("kind", "row")

    def __init__(self, node: ir.Node | None, kind: str, row: Application | None = None) -> None:
        super().__init__(node)
        self.kind = kind
        self.row = row


class StatedRef(ModelRef):
    """What a comment speaks of: a model that gives ``output``, or that output itself."""

    __slots__ = ("output",)

    def __init__(self, node: ir.Node | None, output: Output) -> None:
        super().__init__(node, "stated")
        self.output = output

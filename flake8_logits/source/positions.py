"""Where the nodes of a libcst module stand, as its position provider says it, at a quarter of the price.

The provider follows line and column through every token, for every node.  Here the tokens are only counted while libcst
writes the module down, and what stands before a node is measured when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import accumulate

import libcst
from libcst._nodes.internal import CodegenState

from flake8_logits.source.room import with_room

Place = tuple[int, int]
"""Line from 1, column from 0."""


class Positions:
    """Begin and end of each node of a module, without spaces and comments around it."""

    def __init__(self, module: libcst.Module) -> None:
        """Raises RecursionError where a module is nested too deeply to be written down."""
        recorder = _Recorder(module)
        module._codegen(recorder)
        self._tokens = recorder.found
        self._text = "".join(recorder.tokens)
        self._ends = [0, *accumulate(map(len, recorder.tokens))]

    def get(self, node: libcst.CSTNode) -> tuple[Place, Place] | None:
        """The places where a node begins and ends; None for one that does not stand in the module."""
        found = self._tokens.get(node)
        return None if found is None else (self._place(found[0]), self._place(found[1]))

    def _place(self, token: int) -> Place:
        offset = self._ends[token]
        line = self._text.count("\n", 0, offset)
        return line + 1, offset - (self._text.rfind("\n", 0, offset) + 1)


def positions_of(module: libcst.Module) -> Positions:
    """The positions of a module, with room for one that is nested deeply; none where no room is enough."""
    try:
        return Positions(module)
    except RecursionError:
        with suppress(RecursionError):
            return with_room(lambda: Positions(module))
        return Positions(libcst.Module(body=()))


def source_of(module: libcst.Module, node: libcst.CSTNode) -> str:
    """The source of a node of a module, as written, without what stands above it."""
    if isinstance(node, libcst.BaseCompoundStatement):
        node = node.with_changes(leading_lines=())
    return module.code_for_node(node).strip()


class _Recorder(CodegenState):
    """Keeps for each node how many tokens were written when it began and when it ended."""

    def __init__(self, module: libcst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.found: dict[libcst.CSTNode, tuple[int, int]] = {}
        self._begun: list[int] = []

    def before_codegen(self, node: libcst.CSTNode) -> None:
        self._begun.append(len(self.tokens))

    def after_codegen(self, node: libcst.CSTNode) -> None:
        begun = self._begun.pop()
        if node not in self.found:  # what a node says of itself counts for more
            self.found[node] = (begun, len(self.tokens))

    def pop_trailing_newline(self) -> None:
        """Keep it: nodes end behind it."""

    @contextmanager
    def record_syntactic_position(
        self,
        node: libcst.CSTNode,
        *,
        start_node: libcst.CSTNode | None = None,
        end_node: libcst.CSTNode | None = None,
    ) -> Iterator[None]:
        start = len(self.tokens)
        yield
        end = len(self.tokens)
        self.found[node] = (
            start if start_node is None else self.found[start_node][0],
            end if end_node is None else self.found[end_node][1],
        )

"""A unit as Python's own parser reads it: enough to say that there is nothing to report.

Where something stands libcst is asked: it reads the unit too, piece by piece, and has to read the same.
"""

from __future__ import annotations

import ast
import sys
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.domain.places import Span
from flake8_logits.parser import parse
from flake8_logits.source.disagreement import Disagreement
from flake8_logits.source.lower_ast import AstLowering
from flake8_logits.source.nesting import TooDeep, check_nesting
from flake8_logits.source.shapes import shape_of
from flake8_logits.source.statements import WORD
from flake8_logits.source.syntax import Node, Statement, lowered_at
from flake8_logits.source.trailing_comments import TrailingComments
from flake8_logits.source.units import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_logits.source.pieces import Piece


@dataclass(frozen=True, slots=True)
class _Read:
    """A unit as libcst reads it."""

    pieces: Sequence[tuple[int, Piece]]
    """Each with the number of lines above it."""
    nodes: Mapping[Node, tuple[int, Node]]
    """The index of the piece that each node of Python's parser stands in, and what libcst made of it there."""


class QuickTree:
    """The statements of one unit; asks libcst where they stand.

    Whoever asks for a place, or for the source of a node, must expect Disagreement.
    """

    def __init__(self, unit: Unit, module: ast.Module) -> None:
        """``module`` is what Python's parser made of the unit.  Raises what ``quick_tree`` answers with None."""
        self.unit = unit
        self.module = module
        self.problem: Problem | None = None
        comments = TrailingComments(unit.text) if WORD in unit.text else None
        self.body: Sequence[Statement] = AstLowering(self, comments).block(module.body)
        self._starts = [_start(statement) for statement in module.body if statement.col_offset == 0]
        self._read: _Read | None = None

    @property
    def path(self) -> str:
        """The file that the unit stands in."""
        return self.unit.path

    def settle(self) -> None:
        """Have libcst read the whole unit, once.  Raises Disagreement."""
        self._settled()

    def _settled(self) -> _Read:
        read = self._read
        if read is None:
            # One step: a module that several files import is asked by several threads.
            self._read = read = self._read_exactly()
        return read

    def span_of(self, node: Node) -> Span:
        """The span of a node; of the whole first line where libcst keeps no position for it.  Raises Disagreement."""
        line, piece, there = self._in_piece(node)
        unit = self.unit
        found = piece.positions.get(lowered_at(there).cst)
        if found is None:
            return Span(unit.path, unit.cell, 1 + unit.line_offset, 0, 1 + unit.line_offset, 0)
        above = line + unit.line_offset
        (begin, column), (end, end_column) = found
        return Span(unit.path, unit.cell, begin + above, column, end + above, end_column)

    def text_of(self, node: Node) -> str:
        """The source of a node, as written.  Raises Disagreement."""
        _, piece, there = self._in_piece(node)
        return piece.text_of(there)

    def _in_piece(self, node: Node) -> tuple[int, Piece, Node]:
        """The lines above the piece that a node stands in, the piece, and what libcst made of the node."""
        read = self._settled()
        index, there = read.nodes.get(node) or read.nodes[lowered_at(node)]
        line, piece = read.pieces[index]
        return line, piece, there

    def _read_exactly(self) -> _Read:
        try:
            pieces = list(self._cut())
            return _Read(pieces, dict(self._matched(pieces)))
        except Disagreement:
            raise
        except Exception as error:  # libcst has errors of many kinds for what it cannot read
            raise Disagreement(str(error)) from error

    def _cut(self) -> Iterator[tuple[int, Piece]]:
        # Here, because libcst is slow to import, and most files have nothing to report.
        from flake8_logits.source.pieces import cut, piece_of

        for line, text in cut(self.unit.text, self._starts):
            yield line, piece_of(text)

    def _matched(self, pieces: Sequence[tuple[int, Piece]]) -> Iterator[tuple[Node, tuple[int, Node]]]:
        """Each node with the index of its piece and libcst's node; raises Disagreement where they are not the same."""
        begin = 0
        for index, (_, piece) in enumerate(pieces):
            end = begin + piece.statements
            own = shape_of(self.body[begin:end])
            if own.marks != piece.shape.marks:
                raise Disagreement
            yield from zip(own.nodes, zip(repeat(index), piece.shape.nodes), strict=True)
            begin = end
        if begin != len(self.body):
            raise Disagreement


def quick_tree(unit: Unit, module: ast.Module | None = None) -> QuickTree | None:
    """The tree of a unit; None where Python's own parser does not read it.

    ``module`` is what the parser made of it, where somebody has asked it before.
    """
    try:
        return QuickTree(unit, _parsed(unit.text) if module is None else module)
    except (SyntaxError, ValueError, RecursionError, MemoryError, TooDeep, tokenize.TokenError):
        return None


def _parsed(text: str) -> ast.Module:
    if sys.version_info < (3, 11):
        check_nesting(text)  # its parser does not look after its stack
    return parse(text)


def _start(statement: ast.stmt) -> int:
    """The line on which a statement begins, its decorators included."""
    decorators = getattr(statement, "decorator_list", None)
    return min(decorator.lineno for decorator in decorators) if decorators else statement.lineno

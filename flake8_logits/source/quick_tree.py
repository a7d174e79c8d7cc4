"""A unit as Python's own parser reads it: enough to say that there is nothing to report.

Where something stands libcst is asked: it reads the piece of the unit that this is in, and has to read the same.
"""

from __future__ import annotations

import ast
import sys
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.domain.places import Span
from flake8_logits.parser import parse
from flake8_logits.source.cuts import Cuts
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


class QuickTree:
    """The statements of one unit.

    Whoever asks where one of its nodes stands, or for the source of one, must expect Disagreement.
    """

    def __init__(self, unit: Unit, module: ast.Module) -> None:
        """``module`` is what Python's parser made of the unit.  Raises what ``quick_tree`` answers with None."""
        self.unit = unit
        self.module = module
        self.problem: Problem | None = None
        comments = TrailingComments(unit.text) if WORD in unit.text else None
        cuts = Cuts(unit.text, [_start(statement) for statement in module.body if statement.col_offset == 0])
        parts = groupby(module.body, lambda statement: cuts.index(_start(statement)))
        homes = [_Part(unit, cuts, index, list(statements), comments) for index, statements in parts]
        self.body: Sequence[Statement] = [statement for home in homes for statement in home.body]

    @property
    def path(self) -> str:
        """The file that the unit stands in."""
        return self.unit.path


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece as libcst reads it, and what it made there of each node of Python's parser."""

    piece: Piece
    nodes: Mapping[Node, Node]


class _Part:
    """The statements of one piece of a unit: their home, which asks libcst where they stand."""

    __slots__ = ("_cuts", "_index", "_read", "_unit", "body", "path")

    def __init__(
        self,
        unit: Unit,
        cuts: Cuts,
        index: int,
        statements: Sequence[ast.stmt],
        comments: TrailingComments | None,
    ) -> None:
        self.path = unit.path
        self._unit = unit
        self._cuts = cuts
        self._index = index
        self._read: _Read | None = None
        self.body = AstLowering(self, comments).block(statements)

    def _settled(self) -> _Read:
        """The piece as libcst reads it.  Raises Disagreement."""
        read = self._read
        if read is None:
            # One step: a module that several files import is asked by several threads.
            self._read = read = self._read_exactly()
        return read

    def span_of(self, node: Node) -> Span:
        """The span of a node; of the whole first line where libcst keeps no position for it.  Raises Disagreement."""
        piece, there = self._matching(node)
        unit = self._unit
        found = piece.positions.get(lowered_at(there).cst)
        if found is None:
            return Span(unit.path, unit.cell, 1 + unit.line_offset, 0, 1 + unit.line_offset, 0)
        above = self._cuts.above(self._index) + unit.line_offset
        (begin, column), (end, end_column) = found
        return Span(unit.path, unit.cell, begin + above, column, end + above, end_column)

    def text_of(self, node: Node) -> str:
        """The source of a node, as written.  Raises Disagreement."""
        piece, there = self._matching(node)
        return piece.text_of(there)

    def _matching(self, node: Node) -> tuple[Piece, Node]:
        """The piece, and what libcst made there of a node."""
        read = self._settled()
        return read.piece, read.nodes.get(node) or read.nodes[lowered_at(node)]

    def _read_exactly(self) -> _Read:
        # Here, because libcst is slow to import, and most files have nothing to report.
        from flake8_logits.source.pieces import piece_of

        try:
            piece = piece_of(self._cuts.text(self._index))
            own = shape_of(self.body)
            if own.marks != piece.shape.marks:
                raise Disagreement
            return _Read(piece, dict(zip(own.nodes, piece.shape.nodes, strict=True)))
        except Disagreement:
            raise
        except Exception as error:  # libcst has errors of many kinds for what it cannot read
            raise Disagreement(str(error)) from error


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

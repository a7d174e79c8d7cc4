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
from flake8_logits.source.gate import Said, said_in
from flake8_logits.source.kept_parts import KeptParts
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

    def __init__(self, unit: Unit, module: ast.Module, kept: KeptParts[Part] | None = None) -> None:
        """``module`` is what Python's parser made of the unit; parts that are ``kept`` are taken from there.

        Raises what ``quick_tree`` answers with None.
        """
        self.unit = unit
        self.problem: Problem | None = None
        comments = TrailingComments(unit.text) if WORD in unit.text else None
        cuts = Cuts(unit.text, [_start(statement) for statement in module.body if statement.col_offset == 0])
        parts = groupby(module.body, lambda statement: cuts.index(_start(statement)))
        self._homes: list[tuple[Part, Sequence[ast.stmt]]] = []
        for index, group in parts:
            statements = list(group)
            text = cuts.text(index) if kept is not None else ""
            home = kept.take(text) if kept is not None else None
            if home is None:
                home = Part(unit, cuts, index, statements, comments)
            else:
                home.move(unit, cuts, index)
            if kept is not None:
                kept.keep(text, home)
            self._homes.append((home, statements))
        self.body: Sequence[Statement] = [statement for home, _ in self._homes for statement in home.body]

    @property
    def said(self) -> list[Said]:
        """What the code says, part by part."""
        return [home.said(statements) for home, statements in self._homes]

    def lower_all(self) -> None:
        """Lower every body now, for a tree that is kept: Python's own nodes take three times as much room as ours."""
        for home, _ in self._homes:
            home.lower_all()
        self._homes.clear()

    @property
    def path(self) -> str:
        """The file that the unit stands in."""
        return self.unit.path


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece as libcst reads it, and what it made there of each node of Python's parser."""

    piece: Piece
    nodes: Mapping[Node, Node]


class Part:
    """The statements of one piece of a unit: their home, which asks libcst where they stand."""

    __slots__ = ("_cuts", "_index", "_lowering", "_read", "_said", "_unit", "body", "path")

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
        self._said: Said | None = None
        self._lowering = AstLowering(self, comments)
        self.body = self._lowering.block(statements)

    def lower_all(self) -> None:
        """Lower every body in it: of what it was lowered from nothing is kept."""
        self._lowering.lower_all()

    def move(self, unit: Unit, cuts: Cuts, index: int) -> None:
        """From now on its text stands in another place, or in another reading of the unit."""
        self.path = unit.path
        self._unit, self._cuts, self._index = unit, cuts, index

    def said(self, statements: Sequence[ast.stmt]) -> Said:
        """What its code says, which is that of these statements."""
        if self._said is None:
            self._said = said_in(statements)
        return self._said

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


def quick_tree(unit: Unit, module: ast.Module | None = None, kept: KeptParts[Part] | None = None) -> QuickTree | None:
    """The tree of a unit; None where Python's own parser does not read it.

    ``module`` is what the parser made of it, where somebody has asked it before; ``kept`` are parts of earlier texts.
    """
    try:
        return QuickTree(unit, _parsed(unit.text) if module is None else module, kept)
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

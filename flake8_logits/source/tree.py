"""One parsed unit: its statements, and the positions of its nodes when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence

import libcst

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.domain.places import Span
from flake8_logits.parser import parse
from flake8_logits.source.lower import Lowering
from flake8_logits.source.magics import mask_magics
from flake8_logits.source.nesting import TooDeep, check_nesting
from flake8_logits.source.positions import Positions, positions_of, source_of
from flake8_logits.source.room import with_room
from flake8_logits.source.syntax import Node, Statement, lowered_at
from flake8_logits.source.units import Unit


class Tree:
    """The statements of one unit; knows where its nodes stand (computed once, on the first question)."""

    def __init__(self, unit: Unit) -> None:
        """Parse a unit.  Raises nothing: what went wrong is in ``problem``."""
        self.unit = unit
        self.problem: Problem | None = None
        self.studied: dict[object, object] = {}  # what others found out about this tree and may ask for again
        self.body: Sequence[Statement] = ()
        self._positions: Positions | None = None
        self._module: object = None
        self._parse()

    @property
    def path(self) -> str:
        """The file that the unit stands in."""
        return self.unit.path

    @property
    def module(self) -> libcst.Module | None:
        """The parsed text; None where there is a problem."""
        return self._module if isinstance(self._module, libcst.Module) and self.problem is None else None

    def _parse(self) -> None:
        try:
            check_nesting(self.unit.text)
            module = self._module_of(self.unit.text)
            self._module = module
            try:
                self.body = Lowering(self).block(module.body)
            except RecursionError:
                self.body = with_room(lambda: Lowering(self).block(module.body))
        except libcst.ParserSyntaxError as error:
            self.problem = self._syntax_error(error.raw_line, error.raw_column)
        except (TooDeep, RecursionError, MemoryError):
            self.problem = Problem(self.unit.path, "nested too deeply to be read", None, None, self.unit.cell)
        except Exception as error:
            # libcst raises a few errors of its own kinds on odd input (a bad escape, an unknown codec): same answer.
            self.problem = Problem(
                self.unit.path, f"could not be parsed: {_first_line(str(error))}", None, None, self.unit.cell
            )

    def _syntax_error(self, line: int, column: int) -> Problem:
        """Where and why the text does not parse: Python's own words where Python refuses it too."""
        words = "syntax error"
        try:
            parse(self.unit.text)
        except SyntaxError as error:
            line, column = error.lineno or line, (error.offset or 1) - 1
            words = f"syntax error: {error.msg}"
        except (ValueError, RecursionError, MemoryError):
            pass
        return Problem(self.unit.path, words, max(line, 1) + self.unit.line_offset, max(column, 0), self.unit.cell)

    def _module_of(self, text: str) -> libcst.Module:
        """The parsed text; scripts exported from notebooks keep their magics, so those are masked in a second try."""
        try:
            return libcst.parse_module(text)
        except libcst.ParserSyntaxError:
            masked = mask_magics(text)
            if masked == text:
                raise
            return libcst.parse_module(masked)

    def span_of(self, node: Node) -> Span:
        """The span of a node; of the whole first line where libcst keeps no position for it."""
        if self._positions is None:
            self._positions = self._resolve()
        found = self._positions.get(lowered_at(node).cst)
        unit = self.unit
        if found is None:
            return Span(unit.path, unit.cell, 1 + unit.line_offset, 0, 1 + unit.line_offset, 0)
        (line, column), (end_line, end_column) = found
        return Span(unit.path, unit.cell, line + unit.line_offset, column, end_line + unit.line_offset, end_column)

    def text_of(self, node: Node) -> str:
        """The source of a node, as written."""
        module = self._module
        assert isinstance(module, libcst.Module)
        return source_of(module, lowered_at(node).cst)

    def _resolve(self) -> Positions:
        module = self._module
        assert isinstance(module, libcst.Module)
        return positions_of(module)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "unknown error"

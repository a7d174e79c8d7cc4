"""What a fix is planned on: the text of a program, its names, and who met whom in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Pairing
from flake8_logits.domain.places import Place, Span
from flake8_logits.knowledge.catalogue import canonical
from flake8_logits.once import computed_once
from flake8_logits.source import syntax as ir
from flake8_logits.source.rebinding import is_rebound_too_often

if TYPE_CHECKING:
    from flake8_logits.source.names import Names
    from flake8_logits.source.tree import Tree


class DeclinedError(Exception):
    """There is no edit that would certainly do what was asked; the message says why, in a few words."""


class Text:
    """The text of a file or cell as spans count it: lines from 1, columns from 0, ``\\n`` between lines."""

    def __init__(self, path: str, cell: int | None, text: str) -> None:
        self.path = path
        self.cell = cell
        self.text = text
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place in the text."""
        return self._starts[min(line, len(self._starts)) - 1] + column

    def bounds(self, span: Span) -> tuple[int, int]:
        """The offsets where a span begins and ends."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def covered(self, span: Span) -> str:
        """What a span covers."""
        start, end = self.bounds(span)
        return self.text[start:end]

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        return Span(
            self.path,
            self.cell,
            first,
            start - self._starts[first - 1],
            last,
            end - self._starts[last - 1],
        )

    def indent(self, offset: int) -> str:
        """The white space in front of the line that an offset is in."""
        line = self.text[self.text.rfind("\n", 0, offset) + 1 :]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def begins_line(self, offset: int) -> bool:
        """Whether nothing but white space stands before an offset on its line."""
        return not self.text[self.text.rfind("\n", 0, offset) + 1 : offset].strip()


@dataclass(frozen=True)
class Program:
    """One analysed program: trees of its units, and the pairings of its run."""

    trees: Sequence[Tree]
    pairings: Sequence[Pairing]

    @computed_once
    def names(self) -> Names:
        """Its names; raises DeclinedError where they cannot be made out."""
        if self._is_tangled:
            raise DeclinedError("a name of this file is bound too often")
        # Here, because libcst is slow to import and most files have no findings.
        from flake8_logits.source.names import Names

        try:
            return Names(self.trees)
        except Exception as error:
            # libcst's scopes stumble over a few odd programs; a fix can wait, a crash cannot.
            raise DeclinedError("the scopes of this file could not be analysed") from error

    @computed_once
    def _is_tangled(self) -> bool:
        return any(is_rebound_too_often(tree.unit.text) for tree in self.trees)

    def meaning(self, node: ir.Node) -> str:
        """The canonical name of what an expression spells through imports; empty where it is not certain."""
        found = {canonical(dotted) for dotted in self.names.spellings(node)}
        return found.pop() if len(found) == 1 else ""

    @computed_once
    def _texts(self) -> dict[tuple[str, int | None], Text]:
        units = [tree.unit for tree in self.trees]
        return {(unit.path, unit.cell): Text(unit.path, unit.cell, unit.original) for unit in units}

    def text(self, span: Span) -> Text:
        """The text that a span is in; raises DeclinedError for one of another file."""
        found = self._texts.get((span.path, span.cell))
        if found is None:
            raise DeclinedError("the code to change is in another file")
        return found

    def node(self, place: Place) -> ir.Node:
        """A place as a node of this program; raises DeclinedError for one of another file."""
        if not isinstance(place, ir.Node) or not any(place.home is tree for tree in self.trees):
            raise DeclinedError("the code to change is in another file")
        return place

    def pairings_with(self, place: Place) -> Iterable[Pairing]:
        """The pairings in which a loss or metric that stands at a place is met."""
        for pairing in self.pairings:
            if any(getattr(observation.loss, "place", None) is place for observation in pairing.observations):
                yield pairing

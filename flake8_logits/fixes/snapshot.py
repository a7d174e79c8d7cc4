"""A file at one moment: its bytes, the programs in them, and what is found there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flake8_logits.analysis import Examined, examine
from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Diagnostic, Finding
from flake8_logits.domain.facts import Loss
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Span
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.unknown import Lost
from flake8_logits.fixes.program import Program, Text
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.once import computed_once
from flake8_logits.source.documents import Document


@dataclass(frozen=True)
class Found:
    """One finding: the rule's, its diagnostic, and the program it was found in."""

    finding: Finding
    diagnostic: Diagnostic
    program: Program


@dataclass(frozen=True, slots=True)
class Meeting:
    """An output of a scale and a loss at a place: where it comes from, if that is known, and whether they agree."""

    place: Span
    head: str
    scale: Scale
    origin: Span | None
    agrees: bool


@dataclass(frozen=True)
class Snapshot:
    """A file's bytes with all that is known of them."""

    data: bytes
    documents: Sequence[Document]
    examined: Sequence[Examined]

    @computed_once
    def found(self) -> tuple[Found, ...]:
        """Every finding, whatever its code."""
        programs = [(one, Program(one.trees, one.pairings)) for one in self.examined]
        return tuple(
            Found(finding, diagnostic, program)
            for one, program in programs
            for finding, diagnostic in zip(one.findings, one.report.diagnostics, strict=True)
        )

    @property
    def steps(self) -> int:
        """What looking at it took; another look takes about as much."""
        return sum(one.steps for one in self.examined)

    @property
    def lines(self) -> int:
        """How many lines of program there are."""
        return sum(document.text.count("\n") + 1 for document in self.documents)

    @computed_once
    def texts(self) -> dict[int | None, Text]:
        """The text of the file, or of each of its cells that is read."""
        units = (unit for document in self.documents for unit in document.units)
        return {unit.cell: Text(unit.path, unit.cell, unit.original) for unit in units}

    @property
    def blind_spots(self) -> int:
        """How many places there are at which something is not known."""
        pairings = (pairing for one in self.examined for pairing in one.pairings)
        return sum(
            any(
                isinstance(side, Lost)
                for observation in pairing.observations
                for side in (observation.output, observation.loss)
            )
            for pairing in pairings
        )

    @property
    def meetings(self) -> Iterator[Meeting]:
        """Every output that meets a loss, where both are known."""
        for pairing in (pairing for one in self.examined for pairing in one.pairings):
            for met in pairing.observations:
                output, loss = met.output, met.loss
                if isinstance(output, Output) and isinstance(loss, Loss):
                    origin = None if output.origin is None else output.origin.place.span
                    agrees = loss.contract.judge(output.scale, loss.told) is Verdict.AGREES
                    yield Meeting(pairing.place.span, pairing.head, output.scale, origin, agrees)

    @property
    def problems(self) -> int:
        """How many cells (or files) could not be parsed."""
        return sum(len(one.report.problems) for one in self.examined)


@dataclass(frozen=True)
class Viewer:
    """Looks at bytes: ``read`` turns them into programs, the rest is as in ``examine``."""

    path: str
    read: Callable[[bytes], Sequence[Document]]
    follow_imports: bool = True
    settings: Settings = PLAIN
    callers: bool = False

    def look(self, data: bytes) -> Snapshot:
        """What these bytes hold."""
        documents = tuple(self.read(data))
        examined = tuple(examine(document, self.follow_imports, self.settings, self.callers) for document in documents)
        return Snapshot(data, documents, examined)

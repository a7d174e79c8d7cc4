"""Watching an interpretation does not change it, and every value that comes up has its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.debug.describe import describe_output
from flake8_logits.debug.explanation import Watcher
from flake8_logits.debug.observed import ObservedInterpreter, ObservedObservations
from flake8_logits.debug.observer import Observer
from flake8_logits.debug.reveal import Reveal
from flake8_logits.debug.trace import Trace
from flake8_logits.domain.facts import Pairing
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.program import interpret_program, run
from flake8_logits.source import syntax as ir
from flake8_logits.source.documents import read_document
from flake8_logits.source.project import Project
from flake8_logits.source.tree import Tree
from flake8_logits.source.units import Document

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = [
    *sorted((ROOT / "fixtures" / "outputs").glob("*.py")),
    *sorted((ROOT / "fixtures" / "quiet").glob("*.py")),
    *sorted((ROOT / "fixtures" / "rules").glob("*/a_*.py")),
]


def _bodies(document: Document) -> list[ir.Block]:
    return [Tree(unit).body for unit in document.units]


def _watched(document: Document, observer: Observer) -> list[Pairing]:
    observations = ObservedObservations(document.path)
    interp = ObservedInterpreter(Budget(document.text.count("\n") + 1), observations)
    observations.observer = interp.observer = observer
    interpret_program(interp, _bodies(document), document.path, Project(document.path))
    return observations.pairings()


def _spelt(pairings: list[Pairing]) -> list[tuple[object, ...]]:
    return [
        (pairing.kind, pairing.place.span, pairing.head, [describe_output(met.output) for met in pairing.observations])
        for pairing in pairings
    ]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_watching_changes_nothing(path: Path) -> None:
    (document,) = read_document(str(path))
    budget = Budget(document.text.count("\n") + 1)
    plain = _spelt(run(_bodies(document), budget, document.path, Project(document.path)).observations.pairings())
    steps: list[str] = []
    assert _spelt(_watched(document, Trace(steps.append, lambda span: True))) == plain
    assert _spelt(_watched(document, Reveal())) == plain
    assert steps
    assert _spelt(_watched(document, Watcher(document.path))) == plain

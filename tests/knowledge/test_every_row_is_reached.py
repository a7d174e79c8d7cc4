"""Every row earns its place: some fixture makes the interpreter ask for it, and for each name it is known by."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from flake8_logits import interpret
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.program import run
from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.catalogue import Row
from flake8_logits.knowledge.rows import (
    Activation,
    Application,
    Backbone,
    Layer,
    Loss,
    Metric,
    Operation,
    Sampler,
    Trainer,
)
from flake8_logits.source.documents import read_document
from flake8_logits.source.project import Project
from flake8_logits.source.tree import Tree

FOLDER = Path(__file__).resolve().parents[2] / "fixtures"
FIXTURES = sorted(path for kind in ("*.py", "*.ipynb") for path in FOLDER.rglob(kind))

KINDS = (Activation, Application, Backbone, Layer, Loss, Metric, Operation, Sampler, Trainer)

ASKS_ONLY_WHETHER = f"{interpret.__name__}.engine.names"
"""The module that asks whether a star import has a name, and does nothing with the row."""

ROOMS = [
    import_module(module.name)
    for module in pkgutil.walk_packages(interpret.__path__, f"{interpret.__name__}.")
    if module.name != ASKS_ONLY_WHETHER
]
ROWS = tuple(catalogue.rows())
QUESTIONS = ("lookup", "loss_of_string", "metric_of_string", "activation_of_string")


@contextmanager
def _noting(question: str, answers: dict[str, Row]) -> Iterator[None]:
    """Within, each answer of the catalogue to a module of the interpreter is noted by what was asked."""
    asked: Callable[[str], Row | None] = getattr(catalogue, question)

    def note(name: str) -> Row | None:
        row = asked(name)
        if row is not None:
            answers[name] = row
        return row

    with pytest.MonkeyPatch.context() as patch:
        for room in ROOMS:
            if vars(room).get(question) is asked:
                patch.setattr(room, question, note)
        yield


def _run(path: Path) -> None:
    for document in read_document(str(path)):
        bodies = [Tree(unit).body for unit in document.units]
        run(bodies, Budget(document.text.count("\n") + 1), document.path, Project(document.path))


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Row]]:
    """For each question to the catalogue what the fixtures made the interpreter ask, with the answers."""
    found: dict[str, dict[str, Row]] = {question: {} for question in QUESTIONS}
    with ExitStack() as stack:
        for question in QUESTIONS:
            stack.enter_context(_noting(question, found[question]))
        for path in FIXTURES:
            _run(path)
    return found


def _missing(wanted: set[str], answers: dict[str, Row]) -> list[str]:
    return sorted(wanted - set(answers))


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_reached_by_a_fixture(kind: type, answers: dict[str, dict[str, Row]]) -> None:
    reached = {row.name for found in answers.values() for row in found.values()}
    assert sorted({row.name for row in ROWS if isinstance(row, kind)} - reached) == []


def test_every_name_of_a_loss_is_reached(answers: dict[str, dict[str, Row]]) -> None:
    strings = {string for row in ROWS if isinstance(row, Loss) for string in row.strings}
    assert _missing(strings, answers["loss_of_string"]) == []


def test_every_name_of_a_metric_is_reached(answers: dict[str, dict[str, Row]]) -> None:
    strings = {string for row in ROWS if isinstance(row, Metric) for string in row.strings}
    assert _missing(strings, answers["metric_of_string"]) == []


def test_every_name_of_an_activation_is_reached(answers: dict[str, dict[str, Row]]) -> None:
    strings = {string for row in ROWS if isinstance(row, Activation) for string in row.strings}
    assert _missing(strings, answers["activation_of_string"]) == []


def test_no_kind_of_row_is_forgotten() -> None:
    assert all(isinstance(row, KINDS) for row in catalogue.rows())


def test_only_what_a_program_calls_is_reached(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import keras\nkeras.layers.Dense(3)(keras.layers.Flatten)\n", encoding="utf-8")
    answers: dict[str, Row] = {}
    with _noting("lookup", answers):
        _run(program)
    assert set(answers) == {"keras.layers.Dense"}
    assert {vars(room)["lookup"] for room in ROOMS if "lookup" in vars(room)} == {catalogue.lookup}

"""A process that stays says of a program that was edited what another would say that sees it for the first time."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.analysis import Examined, examine
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.abstract.watched import Step
from flake8_logits.interpret.engine.steps import Memory, Steps
from flake8_logits.interpret.program import run
from flake8_logits.interruption import InterruptedAnalysisError, interruptible
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.source.documents import Document, documents_of
from flake8_logits.source.kept_parts import KeptParts
from flake8_logits.source.notebooks import notebook_documents
from flake8_logits.source.quick_tree import QuickTree, quick_tree
from flake8_logits.staying import PROGRAMS, staying
from tests.frontends.programs import notebook
from tests.interpret.projects import Project
from tests.test_interruption import AfterSteps

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").rglob("*.py"))
SEED = 20261127
PROGRAM = """\
import keras


def build(activation=None):
    return keras.Sequential([keras.layers.Dense(10, activation=activation)])


def first():
    model = build("softmax")
    model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))


class Trainer:
    def __init__(self):
        self.model = build()

    def train(self):
        self.model.compile(loss="categorical_crossentropy")


def last():
    build()
"""


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PROGRAMS.clear()


def _document(path: str, text: str) -> Document:
    (document,) = documents_of(path, text.encode())
    return document


def _again(document: Document, settings: Settings = PLAIN) -> Examined:
    """What a process that stays says; another says the same, and has to do as much for it."""
    with staying():
        kept = examine(document, settings=settings, quick=True)
    fresh = examine(document, settings=settings, quick=True)
    assert (kept.report, kept.steps) == (fresh.report, fresh.steps)
    return kept


def _lines(kept: Examined) -> list[tuple[str, int]]:
    return [(found.code, found.span.line) for found in kept.report.diagnostics]


def _edited(text: str, rng: random.Random) -> str:
    """The text after an edit that leaves it a program."""
    for _ in range(20):
        lines = text.split("\n")
        place = rng.randrange(len(lines))
        margin = re.match(r"\s*", lines[place])
        kind = rng.randrange(7)
        if kind == 0:
            lines.insert(place, f"{margin[0] if margin else ''}added = {place}")
        elif kind == 1:
            del lines[place]
        elif kind == 2:
            lines.insert(place, lines[place])
        elif kind == 3:
            lines[place] = re.sub(r"\d+", lambda _: str(rng.choice((0, 1, 2, 10))), lines[place], count=1)
        elif kind == 4:
            other = "False" if "True" in lines[place] else "True"
            lines[place] = re.sub("True|False", other, lines[place])
        elif kind == 5:
            chosen = rng.choice(("softmax", "sigmoid", "relu", "linear"))
            lines[place] = re.sub("softmax|sigmoid|relu|linear", chosen, lines[place])
        else:
            block = [lines.pop(place) for _ in range(min(rng.randrange(1, 9), len(lines) - place))]
            there = rng.randrange(len(lines) + 1)
            lines[there:there] = block
        try:
            compile("\n".join(lines), "edited", "exec")
        except (SyntaxError, ValueError):
            continue
        return "\n".join(lines)
    return text


def _programs(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Several fixtures one after the other, so that they have names in common."""
    while True:
        chosen = rng.sample(FIXTURES, rng.randrange(1, 5))
        text = "\n\n".join(path.read_text(encoding="utf-8") for path in chosen)
        try:
            compile(text, "fixtures", "exec")
        except SyntaxError:
            continue
        yield str(chosen[0]), text


def main(count: int, seed: int = SEED) -> int:
    """Make so many edits of programs, and compare; how many were made."""
    rng = random.Random(seed)
    made = 0
    for path, text in _programs(rng):
        PROGRAMS.clear()
        for _ in range(12):
            _again(_document(path, text))
            text = _edited(text, rng)
            made += 1
        if made >= count:
            break
    return made


def test_after_edits_it_is_as_if_seen_for_the_first_time() -> None:
    assert main(240) >= 240


def test_what_moved_is_reported_where_it_stands_now() -> None:
    assert _lines(_again(_document("train.py", PROGRAM))) == [("LGT102", 10), ("LGT101", 18)]
    moved = PROGRAM.replace("import keras\n", "import keras\n\nx = 1\n")
    assert _lines(_again(_document("train.py", moved))) == [("LGT102", 12), ("LGT101", 20)]
    mended = moved.replace('build("softmax")', "build()")
    assert _lines(_again(_document("train.py", mended))) == [("LGT101", 20)]


def test_only_what_an_edit_concerns_is_run_again() -> None:
    memory, parts = Memory("train.py"), KeptParts[Any]()

    def steps(text: str) -> dict[object, object]:
        tree = quick_tree(_document("train.py", text).units[0], None, parts)
        assert isinstance(tree, QuickTree)
        run([tree.body], Budget(text.count("\n")), "train.py", memory=memory)
        parts.turn()
        return dict(memory.steps)

    before = steps(PROGRAM)
    after = steps(PROGRAM.replace("def last():\n    build()", "def last():\n    return build()"))
    new = [key for key, step in after.items() if before.get(key) is not step]
    assert len(after) == len(before) and len(new) == 2  # the definition, and the call that nobody makes


def test_a_module_that_changes_changes_what_imports_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    script = "import keras\nfrom models import build\n\nbuild().compile(loss='categorical_crossentropy')\n"
    path = project.path("train.py")
    for activation, found in (("softmax", "LGT901"), ("linear", "LGT101"), ("softmax", "LGT901")):
        text = PROGRAM.replace("activation=None", f"activation={activation!r}")
        project.write({"models.py": text, "train.py": script})
        assert _lines(_again(_document(path, script))) == [(found, 4)]
    (tmp_path / "models.py").unlink()
    assert _again(_document(path, script)).report.diagnostics == ()


def test_a_module_that_is_edited_first_of_all_its_importers_is_run_once(tmp_path: Path) -> None:
    """Whichever function asks for it first: what it defines is the same for all others."""
    models = "import keras\n\n\ndef build():\n    return keras.Sequential([keras.layers.Dense(10)])\n"
    functions = [
        f"def train_{n}():\n    model = build()\n    model.compile(loss='categorical_crossentropy')\n" for n in range(4)
    ]
    project = Project(tmp_path).write({"models.py": models})
    path = project.path("train.py")
    text = "\n\n".join(["import keras\nfrom models import build\n", *functions])
    assert len(_lines(_again(_document(path, text)))) == 4
    for n in range(4):
        edited = text.replace(f"def train_{n}():\n", f"def train_{n}():\n    build()\n")
        assert len(_lines(_again(_document(path, edited)))) == 4


def test_a_module_is_not_run_again_because_its_first_importer_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where that was left alone in between."""
    Project(tmp_path).write({"models.py": "import keras\n\n\ndef build():\n    return keras.Sequential()\n"})
    functions = [f"def train_{n}():\n    model = build()\n    model.compile(loss='mse')\n" for n in range(4)]
    text = "\n\n".join(["import keras\nfrom models import build\n", *functions])
    path = str(tmp_path / "train.py")
    _again(_document(path, text))
    _again(_document(path, text.replace("def train_3():\n", "def train_3():\n    x = 1\n")))
    ran: list[object] = []
    record = Steps._record

    def recorded(self: Steps, step: Step, act: Callable[[], object]) -> object:
        ran.append(step)
        return record(self, step, act)

    monkeypatch.setattr(Steps, "_record", recorded)
    _again(_document(path, text.replace("def train_0():\n", "def train_0():\n    x = 1\n")))
    assert len(ran) == 4  # what was edited and what was taken back: each definition, and the call that nobody makes


def test_what_is_asked_to_be_revealed_is_revealed_again() -> None:
    memory, parts = Memory("train.py"), KeptParts[Any]()
    text = "import keras\nfrom flake8_logits import reveal\n\nreveal(keras.layers.Dense(3))\n"
    for edited in (text, text + "\nx = 1\n"):
        tree = quick_tree(_document("train.py", edited).units[0], None, parts)
        assert tree is not None
        interp = run([tree.body], Budget(9), "train.py", memory=memory)
        assert len(interp.observations.revealed) == 1
        parts.turn()


def test_settings_and_declared_rows_count() -> None:
    text = "import keras\nmodel = mine()\nmodel.compile(loss='categorical_crossentropy')\n"
    document = _document("train.py", text)
    for settings in (PLAIN, Settings(most_tokens=100_000), PLAIN):
        _again(document, settings)


def test_cells_that_move_and_change() -> None:
    cells = PROGRAM.split("\n\n\n")
    for order in ((0, 1, 2, 3), (0, 1, 3, 2), (0, 2, 1, 3), (0, 1, 2)):
        (document,) = notebook_documents("train.ipynb", notebook(*(cells[index] for index in order)).encode())
        _again(document)


def test_what_was_broken_off_does_no_harm() -> None:
    texts = [PROGRAM, PROGRAM.replace("softmax", "relu"), PROGRAM.replace("10", "1"), PROGRAM]
    for number, text in enumerate(texts):
        document = _document("train.py", text)
        for steps in range(0, 40, 3 + number):
            with interruptible(AfterSteps(steps)), staying():
                try:
                    examine(document, quick=True)
                except InterruptedAnalysisError:
                    continue
                break
        _again(document)


@pytest.mark.parametrize("calls", [90, 450])
def test_what_is_called_too_often_is_called_as_often(calls: int) -> None:
    """A limit that a run meets is met by the next one as well."""
    body = "".join(f"    x = keras.layers.Dense({number + 1})(x)\n" for number in range(30))
    program = f"import keras\n\n\ndef block(x):\n{body}    return x\n\n\n"
    program += "".join(f"def use_{n}(x):\n    return block(x)\n\n\n" for n in range(calls))
    program += (
        "def train(x):\n    model = keras.Model(x, block(x))\n    model.compile(loss='categorical_crossentropy')\n"
    )
    _again(_document("train.py", program))
    _again(_document("train.py", program.replace("def use_3(x):\n", "def use_3(x):\n    y = 1\n")))
    _again(_document("train.py", program.replace("def use_5(x):\n    return block(x)\n\n\n", "")))


if __name__ == "__main__":
    sys.stdout.write(f"{main(int(sys.argv[1]), *map(int, sys.argv[2:]))} edits\n")

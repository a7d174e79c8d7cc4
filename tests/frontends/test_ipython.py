"""``%load_ext flake8_logits`` in a real IPython."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.frontends import ipython

MODEL = "import keras\nmodel = keras.Sequential([keras.layers.Dense(10)])"
TRAIN = 'def train(model):\n    return model.compile(loss="sparse_categorical_crossentropy")'
FAKE = """\
class Model:
    def compile(self, loss): pass
def Sequential(layers): return Model()
class layers:
    def Dense(units, activation=None): pass
"""


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A session in a folder whose ``keras`` is ours: what is found is read, not run."""
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    (tmp_path / "keras.py").write_text(FAKE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "settings"))
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    made = interactive.InteractiveShell()
    made.history_manager.enabled = False
    yield made
    ipython.unwatch(made)
    monkeypatch.delitem(sys.modules, "keras", raising=False)


def _run(shell: Any, capsys: pytest.CaptureFixture[str], cell: str) -> list[str]:
    """What a cell prints."""
    result = shell.run_cell(cell, store_history=True)
    assert result.success
    return capsys.readouterr().out.splitlines()


def test_a_cell_shows_what_it_brought(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(shell, capsys, "%load_ext flake8_logits") == []
    assert _run(shell, capsys, MODEL) == []
    assert _run(shell, capsys, TRAIN) == []
    found, layer, *_ = _run(shell, capsys, "train(model)")
    assert found.startswith("In [3], line 2: LGT101 logits of 'model'")
    assert layer.strip() == "In [2], line 2: Dense without an activation"
    assert _run(shell, capsys, "x = 1") == [], "it is told once"


def test_the_session_goes_by_the_order_in_which_cells_ran(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _run(shell, capsys, "%load_ext flake8_logits")
    _run(shell, capsys, TRAIN)
    _run(shell, capsys, MODEL)
    assert "LGT101" in _run(shell, capsys, "train(model)")[0]
    _run(shell, capsys, MODEL.replace("Dense(10)", 'Dense(10, "softmax")'))
    assert _run(shell, capsys, "train(model)") == []


def test_what_is_there_already_is_told_at_once(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _run(shell, capsys, f"{MODEL}\n{TRAIN}\ntrain(model)")
    assert "LGT101" in _run(shell, capsys, "%load_ext flake8_logits")[0]
    assert _run(shell, capsys, "%reload_ext flake8_logits") != [], "and again when it is loaded again"


def test_magics_and_broken_cells_do_no_harm(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _run(shell, capsys, "%load_ext flake8_logits")
    _run(shell, capsys, f"%time x = 1\n{MODEL}")
    shell.run_cell("def broken(:", store_history=True)
    shell.run_cell("1 / 0", store_history=True)
    capsys.readouterr()
    assert any("LGT101" in line for line in _run(shell, capsys, f"%%time\n{TRAIN}\ntrain(model)"))


def test_nothing_is_told_after_it_is_unloaded(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _run(shell, capsys, "%load_ext flake8_logits")
    _run(shell, capsys, "%unload_ext flake8_logits")
    assert _run(shell, capsys, f"{MODEL}\n{TRAIN}\ntrain(model)") == []


def test_the_configuration_of_the_project_counts(
    shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.flake8-logits]\nignore = ["LGT101"]\n')
    _run(shell, capsys, "%load_ext flake8_logits")
    assert _run(shell, capsys, f"{MODEL}\n{TRAIN}\ntrain(model)") == []


def test_a_folder_that_is_gone_does_no_harm(
    shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    _run(shell, capsys, "%load_ext flake8_logits")
    monkeypatch.setattr(os, "getcwd", gone)
    (found, *_) = _run(shell, capsys, f"{MODEL}\n{TRAIN}\ntrain(model)")
    assert "LGT101 logits of 'model'" in found


def test_a_long_session_is_looked_at_from_its_end(
    shell: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ipython, "MOST_LINES", 4)
    _run(shell, capsys, "%load_ext flake8_logits")
    _run(shell, capsys, MODEL)
    _run(shell, capsys, "x = 1\ny = 2")
    assert _run(shell, capsys, f"{TRAIN}\ntrain(model)") == [], "what the model is, is no longer known"
    assert "In [5]" in _run(shell, capsys, f'{MODEL}\nmodel.compile(loss="sparse_categorical_crossentropy")')[0]


def test_to_import_the_package_is_to_import_no_linter() -> None:
    script = "import sys, flake8_logits; sys.exit('flake8_logits.frontends' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)

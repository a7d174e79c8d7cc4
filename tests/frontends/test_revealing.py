"""``flake8-logits reveal``, and ``reveal_output`` in a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits import reveal_output
from flake8_logits.frontends.command import main
from flake8_logits.frontends.revealing import Target, parsed
from tests.frontends.programs import BROKEN, CLASHING, QUIET, notebook

SAID = (
    "sequential model gives softmax (10 units): Dense with activation softmax, line 3; "
    "sparse_categorical_crossentropy at line 4 agrees"
)


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("train.py")
    path.write_text(QUIET)
    return path


def test_a_name_is_revealed(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reveal", "train.py"]) == 0
    assert capsys.readouterr().out == f"train.py:3:1: model: {SAID}\n"
    assert main(["reveal", "train.py:4:1"]) == 0
    assert capsys.readouterr().out == f"train.py:4:1: model: {SAID}\n"


def test_a_line_is_revealed(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reveal", "train.py:3"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("train.py:3:9: keras.Sequential([")
    assert f'train.py:3:27: keras.layers.Dense(10, activation="softmax"): Dense gives {SAID[23:]}' in said


@pytest.mark.parametrize(
    "asking",
    [
        "reveal_output(model)",
        "import flake8_logits\nflake8_logits.reveal_output(model)",
        "from flake8_logits import reveal_output as r\nr(model)",
        "# reveal_output(model)",
        "x = 1  # reveal_output(model)",
        "def f():\n    # reveal_output(model)\n    pass",
    ],
)
def test_what_is_asked_for_is_revealed(script: Path, capsys: pytest.CaptureFixture[str], asking: str) -> None:
    script.write_text(f"{QUIET}{asking}\n")
    assert main(["reveal", "train.py"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith(f": model: {SAID}")


@pytest.mark.parametrize("text", ["x = '# reveal_output(model)'", "# reveal_output is a function", "# reveal_output("])
def test_what_does_not_ask_is_left_alone(script: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    script.write_text(f"{QUIET}{text}\n")
    assert main(["reveal", "train.py"]) == 0
    assert capsys.readouterr().out == f"train.py:3:1: model: {SAID}\n"


def test_asking_changes_nothing(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = CLASHING.replace("model.compile", "reveal_output(model)\nreveal_output(model).compile")
    script.write_text(f"from flake8_logits import reveal_output\n{asked}")
    assert main(["check", "--no-cache", "--output-format", "concise", "train.py"]) == 1
    assert "train.py:6:53: LGT101" in capsys.readouterr().out
    model = object()
    assert reveal_output(model) is model


def test_a_cell_is_revealed(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.ipynb").write_text(notebook("import keras", QUIET))
    assert main(["reveal", "a.ipynb:cell1:3:1"]) == 0
    assert capsys.readouterr().out.startswith("a.ipynb:cell1:3:1: model: sequential model gives softmax")
    assert main(["reveal", "a.ipynb:cell0"]) == 2


def test_nothing_to_say_is_said(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reveal", "train.py:1"]) == 2
    assert "there is nothing to say of what stands there: train.py" in capsys.readouterr().err
    script.write_text(BROKEN)
    assert main(["reveal", "train.py"]) == 2
    assert "syntax error" in capsys.readouterr().err
    assert main(["reveal", "missing.py"]) == 2


def test_targets(script: Path) -> None:
    assert parsed("train.py:3:14") == Target("train.py", None, 3, 14)
    assert parsed("a.ipynb:cell3:14") == Target("a.ipynb", 3, 14)
    assert parsed("C:\\a.py") == Target("C:\\a.py")
    assert parsed("train.py:0") == Target("train.py:0")
    Path("odd.py:3").touch()
    assert parsed("odd.py:3") == Target("odd.py:3")

"""``check --fix`` and ``check --diff``: what is written, what is shown, and how it ends."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.frontends.command import main
from flake8_logits.service import fixing
from flake8_logits.service.fixing import Fixer
from flake8_logits.source import writing
from tests.frontends.programs import CLASHING, CONTRADICTING, QUIET, notebook

Captured = pytest.CaptureFixture[str]
MENDED = CLASHING.replace(
    '"sparse_categorical_crossentropy"', "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
)
TRAIN = Path("train.py")
UNSAFE = """\
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(10, activation="softmax")])
loss = tf.nn.softmax_cross_entropy_with_logits(labels=[], logits=model(1))
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_fix_writes_the_file_and_is_content(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    assert main(["check", "--fix", "train.py"]) == 0
    assert TRAIN.read_text() == MENDED
    out, err = capsys.readouterr()
    assert out == "no findings, 1 file checked\n"
    assert err == "fixed 1 finding in 1 file, 0 left\n"


def test_what_is_left_is_reported_where_it_now_stands(capsys: Captured) -> None:
    top = (
        "from keras.layers import Dense\nfrom keras.models import Sequential\na = Sequential([Dense(3)])\n"
        'a.compile(loss="categorical_crossentropy")\n'
    )
    TRAIN.write_text(top + "def f(loss='categorical_crossentropy'):\n    a.compile(loss=loss)\n\n\nf()\n")
    assert main(["check", "--fix", "--output-format", "json", "train.py"]) == 1
    out, err = capsys.readouterr()
    (finding,) = json.loads(out)["findings"]
    assert (finding["line"], finding["fix"]) == (7, None)
    why = "'loss' is a parameter, or given a value in more than one place"
    otherwise = '--unsafe-fixes would give Dense activation="softmax"; tell CategoricalCrossentropy from_logits=False'
    assert finding["fix_declined"] == f"{why}; {otherwise}"
    assert err == f"train.py:7:20: LGT101 not fixed: {why}; {otherwise}\nfixed 1 finding in 1 file, 1 left\n"


def test_fix_twice_changes_nothing() -> None:
    TRAIN.write_text(CLASHING + CONTRADICTING)
    assert main(["check", "--fix", "train.py"]) == 0
    written = TRAIN.stat()
    assert main(["check", "--fix", "train.py"]) == 0
    assert (TRAIN.stat().st_mtime_ns, TRAIN.stat().st_ino) == (written.st_mtime_ns, written.st_ino)


def test_diff_writes_nothing_and_can_be_applied(capsys: Captured) -> None:
    TRAIN.write_text(CLASHING)
    Path("quiet.py").write_text(QUIET)
    assert main(["check", "--diff", "."]) == 1
    out, err = capsys.readouterr()
    assert TRAIN.read_text() == CLASHING
    assert err == "would fix 1 finding in 1 file, 0 left\n"
    assert out.startswith("--- a/train.py\n+++ b/train.py\n@@ -1,4 +1,4 @@\n import keras\n")
    subprocess.run(["git", "apply", "-"], input=out.encode(), check=True)
    assert TRAIN.read_text() == MENDED


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_diff_of_files_with_any_ends_can_be_applied(newline: str) -> None:
    TRAIN.write_bytes(CLASHING.rstrip().replace("\n", newline).encode())
    command = [sys.executable, "-m", "flake8_logits", "check", "--diff", "train.py"]
    shown = subprocess.run(command, capture_output=True, check=False).stdout
    subprocess.run(["git", "apply", "-"], input=shown, check=True)
    assert TRAIN.read_bytes() == MENDED.rstrip().replace("\n", newline).encode()


def test_diff_names_files_from_here(capsys: Captured, tmp_path: Path) -> None:
    TRAIN.write_text(CLASHING)
    assert main(["check", "--diff", str(tmp_path / "train.py")]) == 1
    assert capsys.readouterr().out.startswith("--- a/train.py\n+++ b/train.py\n")


def test_diff_of_nothing_is_nothing(capsys: Captured) -> None:
    TRAIN.write_text(QUIET)
    assert main(["check", "--diff", "train.py"]) == 0
    assert capsys.readouterr().out == ""


def test_diff_of_standard_input(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLASHING.encode())))
    assert main(["check", "--diff", "--stdin-filename", "here.py", "-"]) == 1
    assert capsys.readouterr().out.startswith("--- a/here.py\n")


@pytest.mark.parametrize(
    ("source", "fixed", "status"), [(CLASHING, MENDED, 0), (QUIET, QUIET, 0), ("import keras\nx = (\n",) * 2 + (2,)]
)
def test_fix_of_standard_input_writes_the_source(
    source: str, fixed: str, status: int, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.encode())))
    assert main(["check", "--fix", "--stdin-filename", "here.py", "-"]) == status
    out, err = capsys.readouterr()
    assert out == fixed
    assert "1 file checked" in err


def test_what_standard_input_keeps_is_reported_elsewhere(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNSAFE.encode())))
    assert main(["check", "--fix", "--output-format", "json", "-"]) == 1
    out, err = capsys.readouterr()
    assert out == UNSAFE
    assert '"code": "LGT103"' in err


def test_diff_of_a_nameless_notebook(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notebook(CLASHING).encode())))
    assert main(["check", "--diff", "-"]) == 1
    assert "SparseCategoricalCrossentropy(from_logits=True)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    ["--fix --diff train.py", "--fix - train.py", "--add-noqa -", "--add-noqa --fix ."],
)
def test_wishes_that_contradict_each_other(arguments: str, capsys: Captured) -> None:
    assert main(["check", *arguments.split()]) == 2
    assert "Error: " in capsys.readouterr().err


def test_what_changes_the_model_needs_to_be_asked_for(capsys: Captured) -> None:
    TRAIN.write_text(UNSAFE)
    assert main(["check", "--fix", "train.py"]) == 1
    assert TRAIN.read_text() == UNSAFE
    assert main(["check", "--fix", "--unsafe-fixes", "train.py"]) == 0
    assert "Dense(10)" in TRAIN.read_text()


def test_unsafe_fix_is_named_as_such(capsys: Captured) -> None:
    TRAIN.write_text(UNSAFE)
    assert main(["check", "--output-format", "json", "train.py"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["fix"]["applicability"] == "unsafe"
    assert main(["check", "--output-format", "concise", "train.py"]) == 1
    assert "[*]" not in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--ignore", "LGT1"], ["--select", "LGT3"]])
def test_rules_that_are_off_fix_nothing(arguments: list[str]) -> None:
    TRAIN.write_text(CLASHING)
    assert main(["check", "--fix", *arguments, "train.py"]) == 0
    assert TRAIN.read_text() == CLASHING


def test_silenced_lines_are_left_alone() -> None:
    silenced = CLASHING.rstrip() + "  # noqa: LGT101\n"
    TRAIN.write_text(silenced + CLASHING)
    assert main(["check", "--fix", "train.py"]) == 0
    assert TRAIN.read_text() == silenced + MENDED
    assert main(["check", "--fix", "--no-noqa", "train.py"]) == 0
    assert 'loss="' not in TRAIN.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664])
def test_mode_stays(mode: int) -> None:
    TRAIN.write_text(CLASHING)
    TRAIN.chmod(mode)
    assert main(["check", "--fix", "train.py"]) == 0
    assert stat.S_IMODE(TRAIN.stat().st_mode) == mode
    assert os.listdir() == ["train.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_link_stays_a_link() -> None:
    Path("real").mkdir()
    Path("real/train.py").write_text(CLASHING)
    TRAIN.symlink_to("real/train.py")
    assert main(["check", "--fix", "train.py"]) == 0
    assert TRAIN.is_symlink() and Path("real/train.py").read_text() == MENDED
    assert os.listdir("real") == ["train.py"]


def test_file_that_changed_meanwhile_is_left_alone(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    changed = CLASHING + "# somebody's editor\n"
    write = writing.replace_bytes

    def late(path: str, before: bytes, after: bytes) -> None:
        TRAIN.write_text(changed)
        write(path, before, after)

    monkeypatch.setattr(fixing, "replace_bytes", late)
    TRAIN.write_text(CLASHING)
    assert main(["check", "--fix", "train.py"]) == 2
    assert TRAIN.read_text() == changed
    assert os.listdir() == ["train.py"]
    assert "train.py: changed while it was being checked; not written" in capsys.readouterr().err


def test_file_that_cannot_be_written_stays_as_it_was(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    TRAIN.write_text(CLASHING)
    assert main(["check", "--fix", "train.py"]) == 2
    assert TRAIN.read_text() == CLASHING
    assert os.listdir() == ["train.py"]
    assert "train.py: cannot be written: no space left on device" in capsys.readouterr().err


def test_read_only_file_is_not_written(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    TRAIN.write_text(CLASHING)
    assert main(["check", "--fix", "train.py"]) == 2
    assert TRAIN.read_text() == CLASHING
    assert "train.py: cannot be written: " in capsys.readouterr().err


def test_fault_in_a_fix_leaves_the_findings(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(Fixer, "fix", fail)
    TRAIN.write_text(CLASHING)
    assert main(["check", "--output-format", "concise", "train.py"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("train.py:4:38: LGT101 logits of ")
    assert "internal error (KeyError" in err


def test_notebook_is_mended_in_place(capsys: Captured) -> None:
    Path("n.ipynb").write_text(notebook("%pip install keras\n", CLASHING), encoding="utf-8")
    assert main(["check", "--fix", "n.ipynb"]) == 0
    assert Path("n.ipynb").read_text(encoding="utf-8") == notebook("%pip install keras\n", MENDED)


def test_loss_in_another_file_is_named(capsys: Captured) -> None:
    Path("losses.py").write_text("import keras\nLOSS = keras.losses.CategoricalCrossentropy(from_logits=True)\n")
    program = (
        "import keras\nfrom losses import LOSS\nmodel = keras.Sequential([keras.layers.Softmax()])\n"
        "model.compile(loss=LOSS)\n"
    )
    TRAIN.write_text(program)
    assert main(["check", "--fix", "--output-format", "json", "train.py"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["fix_declined"] == "CategoricalCrossentropy stands in losses.py, line 2"
    assert TRAIN.read_text() == program

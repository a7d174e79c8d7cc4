"""The plugin inside a real flake8, and what it costs those who have nothing to do with Keras."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.frontends.plugin import LogitsPlugin
from flake8_logits.service import checking
from tests.frontends.programs import CLASHING, CONTRADICTING, QUIET, STABLE


def _flake8(folder: Path, *arguments: str, stdin: bytes | None = None) -> str:
    command = [sys.executable, "-m", "flake8", "--isolated", *arguments]
    run = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False)
    assert run.stderr == b""
    return run.stdout.decode("utf-8").replace("\r\n", "\n")


def _run(source: str) -> list[tuple[int, int, str, type[LogitsPlugin]]]:
    return list(LogitsPlugin(ast.Module([], []), "x.py", source.splitlines(keepends=True)).run())


def test_flake8_reports_place_and_message(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    assert _flake8(tmp_path, "--select", "LGT", "train.py") == (
        "train.py:4:38: LGT101 logits of 'model' (Dense, line 3) reach 'sparse_categorical_crossentropy', "
        "which expects probabilities; use SparseCategoricalCrossentropy(from_logits=True)\n"
    )


def test_flake8_has_it_on_without_being_asked(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    assert "LGT101" in _flake8(tmp_path, "train.py")


def test_flake8_lists_name_and_version(tmp_path: Path) -> None:
    assert f"flake8-logits: {LogitsPlugin.version}" in _flake8(tmp_path, "--version").replace("\n", " ")


def test_flake8_runs_it_in_several_processes(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.py").write_text(CLASHING, encoding="utf-8")
    lines = _flake8(tmp_path, "--jobs", "2", "--select", "LGT", ".").splitlines()
    assert sorted(line.split(":")[0] for line in lines) == ["./a.py", "./b.py", "./c.py", "./d.py"]


def test_noqa_works_on_the_line_of_the_switch(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CONTRADICTING, encoding="utf-8")
    assert _flake8(tmp_path, "--select", "LGT", "train.py").startswith("train.py:7:9: LGT102")
    silenced = CONTRADICTING.replace("from_logits=True,", "from_logits=True,  # noqa: LGT102")
    (tmp_path / "train.py").write_text(silenced, encoding="utf-8")
    assert _flake8(tmp_path, "--select", "LGT", "train.py") == ""


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_columns_count_characters_whatever_the_file_is_like(tmp_path: Path, newline: bytes, mark: bytes) -> None:
    source = CLASHING.replace("model", "größe").encode("utf-8").replace(b"\n", newline)
    (tmp_path / "train.py").write_bytes(mark + source)
    assert _flake8(tmp_path, "--select", "LGT", "train.py").startswith("train.py:4:38: LGT101")
    piped = _flake8(tmp_path, "--select", "LGT", "--stdin-display-name", "y.py", "-", stdin=mark + source)
    assert piped.startswith("y.py:4:38: LGT101")


def test_messages_are_one_line_with_their_code() -> None:
    for source in (CLASHING, CONTRADICTING):
        for _, _, text, _ in _run(source):
            assert len(text.splitlines()) == 1
            assert text.startswith("LGT1")


def test_quiet_program_is_quiet() -> None:
    assert _run(QUIET) == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import keras\nmodel.compile(loss=\n",
        "import keras; x.compile(" + "(" * 3000 + ")" * 3000 + ")",
        "import keras\nprint 'python 2'; m.compile(loss='mse')",
        "import keras\n\0m.compile(loss='mse')",
        "import keras\nx = '\ud800'; m.compile(loss='categorical_crossentropy')",
    ],
    ids=["empty", "unfinished", "nested", "python 2", "null", "half a character"],
)
def test_what_cannot_be_parsed_is_passed_over(source: str) -> None:
    assert _run(source) == []


def test_fault_of_ours_does_not_end_flake8(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(checking, "examine", fail)
    ((line, column, text, _),) = _run(CLASHING)
    assert (line, column) == (1, 0)
    assert text.startswith("LGT000 could not be analysed: internal error (RuntimeError at test_plugin.py:")
    assert text.endswith(": ours); please report it")
    monkeypatch.setenv("FLAKE8_LOGITS_DEBUG", "1")
    with pytest.raises(RuntimeError, match="ours"):
        _run(CLASHING)


IMPORTS = """
import sys
from flake8_logits.frontends.plugin import LogitsPlugin
def heavy():
    loaded = {name.partition('.')[0] for name in sys.modules}
    return loaded & {'libcst', 'tensorflow', 'keras', 'rich', 'click', 'numpy'}
assert not heavy(), heavy()
assert 'flake8_logits.analysis' not in sys.modules
list(LogitsPlugin(None, 'x.py', ['import keras\\n', 'x = 1\\n']).run())
assert not heavy(), heavy()
assert 'flake8_logits.analysis' not in sys.modules
list(LogitsPlugin(None, 'x.py', ['import keras\\n', 'm.compile(loss="mse")\\n']).run())
assert 'flake8_logits.analysis' in sys.modules
assert not heavy(), heavy()
wrong = ['import keras\\n', 'm = keras.Sequential([keras.layers.Dense(1, "sigmoid")])\\n',
         'm.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))\\n']
assert len(list(LogitsPlugin(None, 'x.py', wrong).run())) == 1
assert heavy() == {'libcst'}, heavy()
"""


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, env={**os.environ, "PYTHONWARNINGS": "error"})


@pytest.mark.parametrize("selection", ["--select=LGT", "--extend-select=LGT", "--extend-select=LGT9", "--select=LGT1"])
def test_a_prefix_does_not_switch_advice_on(tmp_path: Path, selection: str) -> None:
    (tmp_path / "train.py").write_text(STABLE, encoding="utf-8")
    assert _flake8(tmp_path, selection, "train.py") == ""


@pytest.mark.parametrize("selection", ["--select=LGT901", "--extend-select=LGT901"])
def test_advice_that_is_named_is_given(tmp_path: Path, selection: str) -> None:
    (tmp_path / "train.py").write_text(STABLE, encoding="utf-8")
    assert ": LGT901 " in _flake8(tmp_path, selection, "train.py")

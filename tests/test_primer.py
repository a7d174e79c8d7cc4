"""The primer says what a change adds, removes and moves in wheels, and passes what was judged alone."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from primer.run import HERE, VERDICTS, Finding, main, read, write

WRONG = """\
import keras

model = keras.Sequential([keras.layers.Dense(10)])
model.compile(loss="categorical_crossentropy")
"""
RIGHT = WRONG.replace("Dense(10)", 'Dense(10, activation="softmax")')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A primer of one wheel, in which nothing is stored yet."""
    (tmp_path / "requirements.txt").write_text("fruit==1.0\n", encoding="utf-8")
    return tmp_path


def _build(folder: Path, source: str) -> None:
    """Put a wheel where the primer keeps what it has downloaded."""
    cached = folder / "cache" / "fruit-1.0"
    cached.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(cached / "fruit-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("fruit/train.py", source)


def _run(folder: Path, *options: str) -> int:
    return main(["--cache", str(folder / "cache"), *options], folder)


def _judge(folder: Path) -> None:
    store = folder / "findings.jsonl"
    judged = [replace(finding, verdict="true", why="The head has no softmax.") for finding in read(store)]
    write(store, judged)


def _accepted(folder: Path, source: str) -> None:
    _build(folder, source)
    _run(folder, "--accept")
    _judge(folder)


def test_what_was_judged_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _accepted(folder, WRONG)
    capsys.readouterr()
    assert _run(folder) == 0
    assert "1 findings: 1 true, 0 debatable, 0 false; 0 added, 0 removed" in capsys.readouterr().out


def test_added_finding_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _accepted(folder, RIGHT)
    _build(folder, WRONG)
    assert _run(folder) == 1
    assert "added    fruit: fruit/train.py:4: LGT101 " in capsys.readouterr().out


def test_removed_finding_fails_and_shows_its_verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _accepted(folder, WRONG)
    _build(folder, RIGHT)
    assert _run(folder) == 1
    out = capsys.readouterr().out
    assert "removed  fruit: fruit/train.py:4: LGT101 " in out
    assert "(true: The head has no softmax.)" in out


def test_moved_finding_passes_and_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _accepted(folder, WRONG)
    _build(folder, "\n" + WRONG)
    assert _run(folder) == 0
    out = capsys.readouterr().out
    assert "moved    fruit: fruit/train.py:5: LGT101 " in out
    assert "(was line 4)" in out


def test_of_findings_alike_the_nearest_are_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _accepted(folder, WRONG)
    _build(folder, WRONG + "\n" + WRONG)
    assert _run(folder) == 1
    out = capsys.readouterr().out
    assert "added    fruit: fruit/train.py:9: LGT101 " in out
    assert "moved    " not in out


def test_accepted_finding_fails_until_it_is_judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _build(folder, WRONG)
    assert _run(folder, "--accept") == 1
    (finding,) = read(folder / "findings.jsonl")
    assert (finding.verdict, finding.why) == ("", "")
    assert _run(folder) == 1
    assert "unjudged fruit: fruit/train.py:4: LGT101 " in capsys.readouterr().out
    write(folder / "findings.jsonl", [replace(finding, verdict="true")])
    assert _run(folder) == 1
    _judge(folder)
    assert _run(folder) == 0


def test_accepting_keeps_verdicts(folder: Path) -> None:
    _accepted(folder, WRONG)
    _build(folder, "\n" + WRONG)
    assert _run(folder, "--accept") == 0
    (finding,) = read(folder / "findings.jsonl")
    assert (finding.line, finding.verdict, finding.why) == (5, "true", "The head has no softmax.")


def test_file_that_cannot_be_read_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _build(folder, WRONG + "(")
    assert _run(folder) == 2
    assert "fruit-1.0-py3-none-any.whl cannot be checked" in capsys.readouterr().err


def test_wheel_that_cannot_be_downloaded_fails(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert _run(folder) == 2
    assert "fruit==1.0 cannot be downloaded: " in capsys.readouterr().err


def test_store_is_sorted_and_judged() -> None:
    findings = read(HERE / "findings.jsonl")
    assert findings == sorted(findings)
    assert [finding for finding in findings if not finding.is_judged] == []
    assert {finding.verdict for finding in findings} <= set(VERDICTS)


def test_identity_leaves_lines_out_that_messages_name() -> None:
    finding = Finding("fruit", "train.py", 4, "LGT101", "logits of 'model' (Dense, line 3) reach 'loss'")
    assert finding.identity == replace(finding, line=9, message=finding.message.replace("3", "8")).identity

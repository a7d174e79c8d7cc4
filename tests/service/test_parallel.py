"""Several processes say what one says, in the same order; none is left behind, whatever happens to them."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_logits.domain.diagnostics import Report
from flake8_logits.frontends import progress
from flake8_logits.frontends.command import main
from flake8_logits.rules.registry import BY_CODE
from flake8_logits.service import parallel
from flake8_logits.service.checking import check_file
from flake8_logits.service.requests import Options
from flake8_logits.service.results import Checked
from flake8_logits.service.sources import Sources
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, UNDECIDED

Captured = pytest.CaptureFixture[str]
OPTIONS = Options(frozenset(BY_CODE))

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes here must inherit what the test patches")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sources = [CLASHING, CONTRADICTING, QUIET, UNDECIDED, BROKEN, "import os\n"]
    for number in range(12):
        Path(f"f{number:02}.py").write_text(sources[number % len(sources)], encoding="utf-8")


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are used however small the work."""
    monkeypatch.setattr(parallel, "FEWEST_BYTES", 0)
    monkeypatch.setattr(parallel, "FEWEST_FILES", 1)


def _tasks() -> list[tuple[str, Options]]:
    return [(path.name, OPTIONS) for path in sorted(Path().glob("*.py"))]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("form", ["text", "concise", "jsonl", "sarif"])
def test_output_is_the_same(form: str, capsys: Captured) -> None:
    outputs = []
    for jobs in ("1", "3"):
        assert main(["check", ".", "--no-cache", "--show-unknown", "--output-format", form, "--jobs", jobs]) == 2
        outputs.append(capsys.readouterr())
    assert outputs[0] == outputs[1]
    assert "LGT101" in outputs[0].out and "f04.py" in outputs[0].err


@pytest.mark.usefixtures("eager")
def test_processes_share_the_cache(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["check", ".", "--jobs", "3", "--output-format", "json", "--cache-dir", "kept"]) == 2
    first = json.loads(capsys.readouterr().out)
    assert len(list(Path("kept").rglob("*.json"))) == 10

    def fail(*arguments: object) -> None:
        raise AssertionError("everything is known")

    monkeypatch.setattr(parallel, "_in_processes", fail)
    assert main(["check", ".", "--jobs", "3", "--output-format", "json", "--cache-dir", "kept"]) == 2
    assert json.loads(capsys.readouterr().out) == first


def test_few_files_are_checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise AssertionError("that does not pay")

    monkeypatch.setattr(parallel, "_in_processes", fail)
    assert len(list(parallel.check_files(_tasks(), 4))) == 12


def test_cache_stands_where_it_is_configured(tmp_path: Path) -> None:
    Path("setup.py").touch()
    Path("inner").mkdir()
    os.chdir("inner")
    assert main(["check", "../f00.py"]) == 1
    assert (tmp_path / ".flake8_logits_cache" / ".gitignore").is_file()
    (tmp_path / "pyproject.toml").write_text("[tool.flake8-logits]\ncache-dir = 'own/cache'\n", encoding="utf-8")
    assert main(["check", "../f00.py"]) == 1
    assert (tmp_path / "own" / "cache" / "CACHEDIR.TAG").is_file()
    assert main(["check", "../f00.py", "--cache-dir", "here"]) == 1
    assert (tmp_path / "inner" / "here").is_dir()


def test_no_cache_is_none(tmp_path: Path) -> None:
    assert main(["check", ".", "--no-cache"]) == 2
    assert main(["check", "-", "--stdin-filename", "x.py"]) in (0, 2)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".py"] == []


@forks
def test_process_that_dies_costs_its_file_alone(eager: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(path: str, options: Options) -> Checked:
        if path == "f01.py" and os.getpid() != here:
            os._exit(9)
        return check_file(path, options)

    here = os.getpid()
    monkeypatch.setattr(parallel, "check", die)
    monkeypatch.setattr(parallel, "_context", lambda: multiprocessing.get_context("fork"))
    results = list(parallel.check_files(_tasks(), 2))
    expected = [check_file(path, options).report for path, options in _tasks()]
    assert [checked.report.path for checked in results] == [report.path for report in expected]
    (problem,) = results[1].report.problems
    assert problem.message == "could not be checked: its process ended unexpectedly"
    assert [it.report for it in results if it.report.path != "f01.py"] == [
        report for report in expected if report.path != "f01.py"
    ]


@pytest.mark.usefixtures("eager")
def test_reader_that_goes_away_leaves_no_process() -> None:
    results = parallel.check_files(_tasks(), 3)
    next(results)
    results.close()  # type: ignore[attr-defined]
    # The pool's own thread waits for them, too: who waits beside it may not hear of an end that it was told.
    end = time.monotonic() + 30
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _results(count: int) -> Iterator[Checked]:
    for number in range(count):
        yield Checked(Report(f"{number}.py"), Sources(()))


def test_bar_is_for_long_runs_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for patience, stream, shown in ((0.0, _Terminal(), True), (1e9, _Terminal(), False), (0.0, io.StringIO(), False)):
        monkeypatch.setattr(progress, "PATIENCE", patience)
        monkeypatch.setattr("sys.stderr", stream)
        assert len(list(progress.follow(_results(9), 9))) == 9
        assert ("checking" in stream.getvalue()) is shown


def test_bar_is_away_while_findings_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    stream = _Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    checked = check_file("f00.py", OPTIONS)
    for _ in progress.follow(iter([checked] * 3), 3):
        # The line of the bar is erased, and the cursor is to be seen again.
        assert not stream.getvalue() or "\x1b[?25h" in stream.getvalue()[stream.getvalue().rindex("\x1b[?25") :]

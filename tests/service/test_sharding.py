"""``--shard``: each file is in one share, the same on every machine, and the shares together are the whole run."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flake8_logits.frontends.command import main
from flake8_logits.service.sharding import Shard
from flake8_logits.source.importers import forget_files
from tests.frontends.programs import BROKEN, CLASHING, CONTRADICTING, QUIET, UNDECIDED, notebook

Captured = pytest.CaptureFixture[str]
SOURCES = [CLASHING, CONTRADICTING, QUIET, UNDECIDED, BROKEN, "import os\n"]
names = st.text(st.characters(blacklist_characters="/\\\0"), min_size=1, max_size=20)
paths = st.lists(names, min_size=1, max_size=4).map("/".join)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with programs and notebooks in folders."""
    monkeypatch.chdir(tmp_path)
    Path("setup.cfg").touch()
    for number in range(12):
        folder = Path(f"part{number % 3}")
        folder.mkdir(exist_ok=True)
        source = SOURCES[number % len(SOURCES)]
        (folder / f"f{number:02}.py").write_text(source, encoding="utf-8")
        (folder / f"n{number:02}.ipynb").write_text(notebook(source), encoding="utf-8")


def _holds(path: str, number: int = 1, count: int = 2) -> bool:
    """Whether a file is in a share."""
    return bool(Shard(number, count).of([path]))


def _run(capsys: Captured, *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main(["check", *arguments, "--output-format", "json", "--show-unknown", "--no-cache", "--jobs", "1"])
    return status, json.loads(capsys.readouterr().out)


def _all(reports: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """What several reports hold together."""
    kinds = sorted({kind for report in reports for kind in report})
    return {kind: Counter(json.dumps(item) for report in reports for item in report.get(kind, ())) for kind in kinds}


HELPER = """\
import keras


def loss_of(labels, outputs):
    loss = keras.losses.SparseCategoricalCrossentropy()
    return loss(labels, outputs)
"""
CALLER = """\
import keras
from helper import loss_of

model = keras.Sequential([keras.layers.Dense(10)])
loss_of([1], model([[1.0]]))
"""


@pytest.mark.parametrize("number", range(8))
def test_fault_that_two_files_tell_of_is_said_once_over_all_shares(number: int, capsys: Captured) -> None:
    Path("both", f"deep{number}").mkdir(parents=True)
    folder = Path("both", f"deep{number}")
    (folder / "helper.py").write_text(HELPER, encoding="utf-8")
    (folder / "a_caller.py").write_text(CALLER, encoding="utf-8")
    forget_files()
    _, whole = _run(capsys, "both")
    assert len(whole["findings"]) == 1
    runs = [_run(capsys, "both", "--shard", f"{share}/2")[1] for share in (1, 2)]
    assert _all(runs) == _all([whole])


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    count=st.integers(1, 9), asked=st.lists(st.sampled_from(["part0", "part1/f01.py", "part2", "none.py"]), max_size=4)
)
@example(count=30, asked=[])
def test_shares_together_are_the_whole_run(count: int, asked: list[str], capsys: Captured) -> None:
    whole_status, whole = _run(capsys, *asked)
    runs = [_run(capsys, *asked, "--shard", f"{number}/{count}") for number in range(1, count + 1)]
    assert _all([report for _, report in runs]) == _all([whole])
    assert max(status for status, _ in runs) == whole_status
    for status, report in runs:
        assert status == (2 if report["problems"] else 1 if report["findings"] else 0)


@given(path=paths, count=st.integers(1, 50))
def test_each_path_is_in_one_share_however_it_is_written(path: str, count: int) -> None:
    def shares(written: str) -> list[int]:
        return [number for number in range(1, count + 1) if _holds(written, number, count)]

    plain = os.path.normpath(os.path.join("x", path))
    assert len(shares(plain)) == 1
    assert shares(plain) == shares(os.path.abspath(plain)) == shares(os.path.join(".", plain))


def test_share_is_the_same_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = ["part0/a.py", "part1/b.py", "part2/c.py", "d.py"]
    here = [_holds(path) for path in written]
    monkeypatch.chdir("part1")
    assert [_holds(os.path.join("..", path)) for path in written] == here
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "setup.cfg").touch()
        monkeypatch.chdir(folder)
        assert [_holds(path) for path in written] == here
        monkeypatch.chdir(tmp_path)
    # Written down, so that no change to how it is done sends files to other machines than their caches are on.
    assert here == [False, False, False, True]


def test_shares_are_of_a_size() -> None:
    sizes = Counter(number for number in range(8) for index in range(4000) if _holds(f"p/m{index}.py", number + 1, 8))
    assert sum(sizes.values()) == 4000
    assert all(400 < size < 600 for size in sizes.values())


@pytest.fixture
def _input(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    class Input(io.TextIOWrapper):
        """Standard input that can be read again by the next run."""

        @property
        def buffer(self) -> Any:
            return io.BytesIO(CLASHING.encode())

    monkeypatch.setattr("sys.stdin", Input(io.BytesIO()))
    yield


@pytest.mark.usefixtures("_input")
def test_standard_input_is_in_one_share(capsys: Captured) -> None:
    runs = [_run(capsys, "-", "--stdin-filename", "x.py", "--shard", f"{number}/5") for number in range(1, 6)]
    assert sorted(status for status, _ in runs) == [0, 0, 0, 0, 1]
    assert sum(len(report["findings"]) for _, report in runs) == 1


def test_empty_share_is_no_error_but_an_empty_run_is(capsys: Captured) -> None:
    statuses = [main(["check", "part0/f00.py", "--shard", f"{number}/9"]) for number in range(1, 10)]
    assert sorted(statuses) == [0] * 8 + [1]
    assert "no Python files" not in capsys.readouterr().err
    Path("empty").mkdir()
    assert main(["check", "empty", "--shard", "1/2"]) == 2
    assert "no Python files or notebooks to check in empty" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0/2", "3/2", "1", "1/", "/2", "a/b", "-1/2", "1/2/3", "²/3"])
def test_what_is_no_share_is_refused(value: str, capsys: Captured) -> None:
    assert main(["check", ".", "--shard", value]) == 2
    assert "is not a share such as 2/8" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--write-baseline", "b.json", "."], ["--fix", "-"]])
def test_what_only_a_whole_run_can_do_is_refused(options: list[str], capsys: Captured) -> None:
    assert main(["check", "--shard", "1/2", *options]) == 2
    assert "--shard cannot be combined with" in capsys.readouterr().err
    assert not Path("b.json").exists()


def test_baseline_hides_in_each_share_what_is_known(capsys: Captured) -> None:
    assert main(["check", ".", "--write-baseline", "b.json"]) == 2
    capsys.readouterr()
    runs = []
    for number in (1, 2, 3):
        main(["check", ".", "--baseline", "b.json", "--shard", f"{number}/3", "--output-format", "json"])
        said = capsys.readouterr()
        runs.append(json.loads(said.out)["findings"])
        assert "hidden" in said.err and "no longer found" not in said.err
    assert runs == [[], [], []]


def test_fixes_of_a_share_are_made_in_its_files_alone(capsys: Captured) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in Path().rglob("*.py")}
    main(["check", ".", "--fix", "--shard", "1/2", "--no-cache"])
    capsys.readouterr()
    changed = [path for path, text in before.items() if path.read_text(encoding="utf-8") != text]
    assert changed and all(_holds(str(path)) for path in changed)
    assert len(changed) < sum(text in (CLASHING, CONTRADICTING) for text in before.values())

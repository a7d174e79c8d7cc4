"""A fault of two files is said once, where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from flake8_logits.rules.registry import BY_CODE
from flake8_logits.service.once import said_once
from flake8_logits.service.parallel import check_files
from flake8_logits.service.requests import Fixing, FixMode, Options
from flake8_logits.service.results import Checked, failed

LOSS = "import keras\n\n\ndef loss_of(y, p):\n    return keras.losses.categorical_crossentropy(y, p)\n"
MODEL = "import keras.losses\nfrom utils import loss_of\nmodel = keras.Sequential([keras.layers.Dense(10)])\n"
CALL = "loss_of([[1.0]], model([[1.0]]))\n"
OPTIONS = Options(frozenset(code for code, rule in BY_CODE.items() if rule.default))


def _found(paths: Sequence[str]) -> list[tuple[str, list[int]]]:
    results = check_files([(path, OPTIONS) for path in paths], 1)
    return [(one.report.path, [found.span.line for found in one.report.diagnostics]) for one in results]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "utils.py").write_text(LOSS, encoding="utf-8")
    (tmp_path / "train.py").write_text(MODEL + CALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("paths", [["train.py", "utils.py"], ["utils.py", "train.py"]])
def test_the_call_is_silent_beside_the_loss(paths: Sequence[str]) -> None:
    assert _found(paths) == [(path, {"train.py": [], "utils.py": [5]}[path]) for path in paths]


def test_the_call_speaks_where_the_file_of_the_loss_is_not_checked() -> None:
    assert _found(["train.py"]) == [("train.py", [4])]


def test_the_call_speaks_where_another_caller_is_right(tmp_path: Path) -> None:
    right = (MODEL + CALL).replace("Dense(10)", "Dense(10, activation='softmax')")
    (tmp_path / "evaluate.py").write_text(right, encoding="utf-8")
    assert _found(["evaluate.py", "train.py", "utils.py"]) == [("evaluate.py", []), ("train.py", [4]), ("utils.py", [])]


def test_results_come_as_soon_as_they_can() -> None:
    asked: list[str] = []

    def results() -> Iterator[Checked]:
        for name in ("a.py", "b.py"):
            asked.append(name)
            yield failed(name, "")

    first = next(said_once(results(), ["a.py", "b.py"]))
    assert first.report.path == "a.py" and asked == ["a.py"]


def test_a_file_that_never_comes_holds_nothing_back_in_the_end() -> None:
    (train,) = check_files([("train.py", OPTIONS)], 1)
    assert list(said_once([train], ["train.py", "utils.py"])) == [train]


def test_what_is_fixed_is_not_told_at_the_call() -> None:
    fixing = replace(OPTIONS, fixing=Fixing(FixMode.APPLY))
    train, utils = check_files([("train.py", fixing), ("utils.py", fixing)], 1)
    assert (train.report.diagnostics, train.not_fixed) == ((), ())
    assert (utils.report.diagnostics, utils.fixed) == ((), 1)
    assert _found(["train.py", "utils.py"]) == [("train.py", []), ("utils.py", [])]

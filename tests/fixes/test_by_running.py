"""What fixes write, run by the installed Keras: the names exist, are accepted, and keep the history's names."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flake8_logits.knowledge.catalogue import rows
from flake8_logits.knowledge.rows import Metric
from tests.fixes.mended import mend

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "fixes"
METRICS = sorted({string for row in rows() if isinstance(row, Metric) for string in row.strings})
PROGRAM = """\
import keras

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[
{metrics}
    ],
)
"""


MENDED = sorted(FOLDER.glob("*safe/*.after.py"))
OF_TORCH = [path for path in MENDED if "torch" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", [path for path in MENDED if path not in OF_TORCH], ids=lambda path: path.name)
def test_mended_program_runs(path: Path, tensorflow: Any) -> None:
    _run(path)


@pytest.mark.parametrize("path", OF_TORCH, ids=lambda path: path.name)
def test_mended_program_of_torch_runs(path: Path, torch: Any) -> None:
    _run(path)


def _run(path: Path) -> None:
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), {"__name__": "mended"})


def _accepted(keras: Any, metric: str) -> bool:
    if metric.lower() in ("accuracy", "acc"):
        return True
    try:
        return keras.metrics.get(metric) is not None
    except (ValueError, TypeError):
        return False


def _history(program: str) -> list[str]:
    names: dict[str, Any] = {"__name__": "mended"}
    exec(compile(program, "mended", "exec"), names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of one unit for the categorical ones
        history = names["model"].fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)
    return sorted(history.history)


def test_history_keeps_its_names(keras: Any) -> None:
    accepted = [metric for metric in METRICS if _accepted(keras, metric)]
    before = PROGRAM.format(metrics="\n".join(f"        {metric!r}," for metric in accepted))
    after = mend("a.py", before.encode()).decode()
    assert sum(one != other for one, other in zip(before.split("\n"), after.split("\n"), strict=True)) > 20
    keras.backend.clear_session()
    expected = _history(before)
    keras.backend.clear_session()
    assert _history(after) == expected

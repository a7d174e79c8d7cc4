"""What is measured is the same each time, and is said of several draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.verification import Answer
from flake8_logits.verify.child.frameworks.base import Unfit
from flake8_logits.verify.child.judging import DISPUTED, INCONCLUSIVE, judge_output
from flake8_logits.verify.child.numbers import numbers_of
from flake8_logits.verify.child.subjects import _head
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import LIMITS, Settle

TEXT = """
import keras
from keras import layers
model = keras.Sequential([keras.Input((8,)), layers.Dense(16, "relu"), layers.Dropout(0.5), layers.Dense(10)])
model.compile("adam", loss="sparse_categorical_crossentropy")
"""


def test_the_same_text_twice(settle: Settle, verifier: Verifier) -> None:
    (first,) = [told for one, told in settle(TEXT) if one.code == "LGT101"]
    (second,) = [told for one, told in settle(TEXT) if one.code == "LGT101"]
    with Verifier(LIMITS) as anew:
        (third,) = [told for one, told in settle(TEXT, by=anew) if one.code == "LGT101"]
    assert first.reason == second.reason == third.reason
    assert first.measured == second.measured == third.measured


def test_ratio_is_the_middle_of_several_draws(settle: Settle) -> None:
    (found,) = [told for one, told in settle(TEXT) if one.code == "LGT101"]
    assert found.answer is Answer.CONFIRMED and found.loss is not None
    assert len(found.loss.ratios) == 5
    assert found.loss.ratios[0] <= found.loss.ratio <= found.loss.ratios[-1]
    assert found.loss.ratio == found.loss.ratios[2]
    assert f"{found.loss.ratios[0]:.3g} to {found.loss.ratios[-1]:.3g} over 5 draws" in found.reason


def test_loss_that_writes_down_its_graph_is_computed(settle: Settle) -> None:
    text = (
        "import tensorflow as tf\ni = tf.keras.Input((20, 6))\n"
        "model = tf.keras.Model(i, tf.keras.layers.Dense(8, activation='softmax')(i))\n"
        "x, labels = tf.random.normal((2, 20, 6)), tf.ones((2, 4), tf.int32)\n"
        "loss = tf.nn.ctc_loss(labels, model(x), [4, 4], [20, 20], logits_time_major=False)\n"
    )
    (found,) = [told for one, told in settle(text) if one.code == "LGT103"]
    assert "not allowed" not in found.reason
    assert found.answer is Answer.CONFIRMED, found.reason


@pytest.mark.parametrize("units", [3, 10, 1000, 50000])
@pytest.mark.parametrize("spread", [0.0, 1.0, 40.0])
def test_distributions_that_are_rounded_to_eight_bits_are_known(units: int, spread: float) -> None:
    raw = np.random.default_rng(units).normal(size=(64, units)) * spread
    logs = raw - np.log(np.exp(raw - raw.max(-1, keepdims=True)).sum(-1, keepdims=True)) - raw.max(-1, keepdims=True)
    for values, word in ((np.exp(logs), "softmax"), (logs, "log_softmax")):
        bits = values.astype("float32").view("uint32")
        rounded = ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).view("float32")
        varied = np.concatenate([rounded, np.roll(rounded, 1, -1)])
        assert numbers_of([varied]).word == (word if spread else "constant")


def test_sigmoids_are_no_distribution() -> None:
    values = np.random.default_rng(0).uniform(size=(8, 2))
    values[:, 1] = 1.03 - values[:, 0]
    assert numbers_of([np.clip(values, 0, 1)]).word == "unit_interval"


LEFT = np.array([[0.5, 0.5], [1.0, 0.0], [0.0, 0.0], [0.2, 0.1]])


@pytest.mark.parametrize("rows", [LEFT, np.log(LEFT[[0, 3]])], ids=["probabilities", "logarithms"])
def test_distributions_that_lost_a_part_to_rounding_are_told_from_other_numbers(rows: Any) -> None:
    numbers = numbers_of([rows])
    assert numbers.word in ("unit_interval", "non_positive") and numbers.may_be_what_is_left
    assert not numbers_of([np.concatenate([rows, rows[:1] + 0.2])]).may_be_what_is_left
    assert not numbers_of([rows - 0.1]).may_be_what_is_left
    assert not numbers_of([rows[:, :1]]).may_be_what_is_left


PARTS = np.exp(np.random.default_rng(0).normal(size=(40, 6)) * 9)
PARTS /= PARTS.sum(-1, keepdims=True)
"""Distributions, of which columns, rows of other lengths and the like are taken."""


@pytest.mark.parametrize(
    ("rows", "scale"),
    [(PARTS[:, :3], "softmax"), (PARTS.reshape(-1, 8), "softmax"), (np.log(PARTS)[:, 1:], "log_softmax"),
     (PARTS[:, 1], "softmax"), (PARTS + 0.02, "softmax")],
)  # fmt: skip
@pytest.mark.parametrize("graph", [True, False])
def test_parts_of_distributions_dispute_none(rows: Any, scale: str, graph: bool) -> None:
    judged = judge_output([scale], numbers_of([rows]), scale if graph else "")
    assert judged is not None and judged.answer == INCONCLUSIVE, judged


@pytest.mark.parametrize(
    ("rows", "scale", "operation"),
    [(PARTS[:, :3], "softmax", "sigmoid"), (PARTS[:, :3] * 3 - 1, "softmax", ""), (PARTS, "logits", "linear"),
     (np.log(PARTS)[:, 1:], "log_softmax", "softplus"), (PARTS * 40, "sigmoid", "relu")],
)  # fmt: skip
def test_what_no_distribution_gives_disputes_one(rows: Any, scale: str, operation: str) -> None:
    judged = judge_output([scale], numbers_of([rows]), operation)
    assert judged is not None and judged.answer == DISPUTED, judged


OUTPUTS = {"b": 1, "a": 2}


@pytest.mark.parametrize(
    ("output", "head", "names", "found"),
    [
        ({"a": 1, "b": 2}, "1", [], 2), (OUTPUTS, "a", [], 2), ({"a": 1}, "other", [], 1), ([1, 2], "1", [], 2),
        ([1, 2], "y", ["x", "y"], 2), ([1], "other", [], 1), (1, "", [], 1), (1, "x", ["x"], 1),
    ],
)  # fmt: skip
def test_output_is_that_of_the_head(output: Any, head: str, names: list[str], found: int) -> None:
    assert _head(output, head, names) == found


@pytest.mark.parametrize(
    ("output", "head", "names"),
    [
        (OUTPUTS, "1", []), (OUTPUTS, "other", []), (OUTPUTS, "2", []), ([1, 2], "other", ["x", "y"]),
        ([1, 2], "x", ["x", "x"]), ([1, 2], "7", []), (1, "x", ["x", "y"]),
    ],
)  # fmt: skip
def test_output_that_cannot_be_told_from_others_is_none(output: Any, head: str, names: list[str]) -> None:
    with pytest.raises(Unfit):
        _head(output, head, names)


def test_graph_that_is_not_looked_at_is_not_said_to_show_no_sigmoid() -> None:
    told = judge_output(["sigmoid"], numbers_of([np.random.default_rng(0).random((8, 1))]), "")
    assert told is not None and "graph" not in told.reason and "nothing shows that a sigmoid" in told.reason

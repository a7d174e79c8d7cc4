"""An analysis that is ended before it is through leaves nothing behind."""

from __future__ import annotations

import threading

import pytest

from flake8_logits import interruption
from flake8_logits.analysis import analyse
from flake8_logits.interruption import InterruptedAnalysisError, heed, interruptible
from flake8_logits.source.documents import Document, Unit
from tests.frontends.programs import CLASHING

PROGRAM = f"""\
{CLASHING}

def build():
    return keras.Sequential([keras.layers.Dense(10)])


def train(model):
    model.compile(loss="sparse_categorical_crossentropy")


train(build())
"""


class AfterSteps(threading.Event):
    """Asks an analysis to end after so many of its steps."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


def _document() -> Document:
    return Document("train.py", (Unit("train.py", None, PROGRAM, original=PROGRAM),), name="train.py")


def test_it_ends_at_any_step_and_the_next_one_is_as_before() -> None:
    whole = analyse(_document())
    assert whole.diagnostics
    steps = 0
    while True:
        try:
            with interruptible(AfterSteps(steps)):
                found = analyse(_document())
        except InterruptedAnalysisError:
            assert analyse(_document()) == whole
            steps += 1
            continue
        assert found == whole
        break
    assert steps >= 4, "where it reads, where each function is called, and before it tells"


def test_nobody_is_interrupted_who_is_not_asked() -> None:
    heed()
    with interruptible(threading.Event()):
        heed()
    assert interruption._ASKED.get() is None


def test_it_is_no_error_that_a_report_tells_of() -> None:
    with pytest.raises(InterruptedAnalysisError), interruptible(AfterSteps(0)):
        analyse(_document())
    assert not issubclass(InterruptedAnalysisError, Exception)

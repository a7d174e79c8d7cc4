"""Functions that nobody calls are run again where that may bring something to light, and nowhere else."""

from __future__ import annotations

import pytest

from flake8_logits.analysis import examine
from flake8_logits.debug.observed import interpret
from flake8_logits.debug.profile import Profile
from flake8_logits.interpret.engine import entry_points
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.settings import PLAIN
from flake8_logits.source.documents import python_document

HEAD = "import keras\nimport numpy as np\nimport tensorflow as tf\n"
PASSES_ON = """
class Data:
    def read(self):
        return np.concatenate([self.parts, keras.ops.reshape(self.parts, (-1,))])

    def fill(self, parts):
        self.parts = np.array(parts)


names = "losses.CategoricalCrossentropy", "softmax"
"""
SET_LATER = """
class Head:
    def train(self, model, images, labels):
        return self.loss(labels, self.end(images))

    def prepare(self, keyword):
        self.end = tf.nn.softmax
        self.loss = tf.nn.softmax_cross_entropy_with_logits
"""
NAMED_LATER = """
def train(model):
    model.compile(loss=chosen)


def choose():
    global chosen
    chosen = "categorical_crossentropy"
"""


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> list[Interpreter]:
    """The interpreters that ran functions again."""
    seen: list[Interpreter] = []
    run_again = entry_points._run_again

    def running(interp: Interpreter, *rest: object) -> None:
        seen.append(interp)
        run_again(interp, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(entry_points, "_run_again", running)
    return seen


def test_nothing_is_run_again_where_numbers_are_only_passed_on(again: list[Interpreter]) -> None:
    document = python_document("data.py", (HEAD + PASSES_ON).encode())
    assert not examine(document).report.diagnostics
    assert not again


@pytest.mark.parametrize("text", [SET_LATER, NAMED_LATER], ids=["set by another", "named by another"])
def test_what_another_function_may_have_set_is_tried(text: str, again: list[Interpreter]) -> None:
    examine(python_document("head.py", (HEAD + text).encode()))
    assert again


def test_who_asks_what_a_value_is_sees_it_after_every_function(again: list[Interpreter]) -> None:
    interpret(python_document("data.py", (HEAD + PASSES_ON).encode()), Profile(), PLAIN)
    assert again

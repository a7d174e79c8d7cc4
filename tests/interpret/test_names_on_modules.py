"""A program may keep a model on a module of a library: it is known as long as nothing else may stand there."""

from __future__ import annotations

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.source.documents import python_document

HEAD = "import tensorflow as tf\n"
WRONG = "tf.keras.Sequential([tf.keras.layers.Dense(10)])"
RIGHT = "tf.keras.Sequential([tf.keras.layers.Dense(10, activation='softmax')])"
COMPILE = "tf.model.compile(loss='categorical_crossentropy')\n"
FOUND = {
    "at the top": f"tf.model = {WRONG}\n{COMPILE}",
    "in a function": f"def main():\n    tf.model = {WRONG}\n    {COMPILE}",
    "in the place of another": f"tf.model = {RIGHT}\ntf.model = {WRONG}\n{COMPILE}",
}
QUIET = {
    "one that is right": f"tf.model = {RIGHT}\n{COMPILE}",
    "set by another function": f"def make():\n    tf.model = {WRONG}\ndef main():\n    {COMPILE}",
    "one of two": f"def main(flag):\n    tf.model = {WRONG}\n    if flag:\n        tf.model = {RIGHT}\n    {COMPILE}",
    "another one in a branch": (
        f"tf.model = {WRONG}\ndef main(flag):\n    if flag:\n        tf.model = {RIGHT}\n    {COMPILE}"
    ),
    "a name of the library": (
        f"tf.keras.losses.mse = tf.keras.losses.CategoricalCrossentropy()\nmodel = {WRONG}\n"
        "model.compile(loss=tf.keras.losses.mse)\n"
    ),
}


def _codes(program: str) -> list[str]:
    document = python_document("program.py", (HEAD + program).encode())
    return [one.code for one in analyse(document).diagnostics if one.code != "LGT901"]


@pytest.mark.parametrize("program", FOUND.values(), ids=FOUND)
def test_a_model_on_a_module_is_known(program: str) -> None:
    assert _codes(program) == ["LGT101"]


@pytest.mark.parametrize("program", QUIET.values(), ids=QUIET)
def test_what_may_stand_there_instead_is_not_forgotten(program: str) -> None:
    assert _codes(program) == []

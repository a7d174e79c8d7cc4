"""What is said where nothing could be found out is true of the program, and says nothing of ours."""

from __future__ import annotations

from typing import Any

import pytest

from flake8_logits.source.documents import documents_of
from flake8_logits.verify import verifier as door
from flake8_logits.verify.child import made
from flake8_logits.verify.child.examining import _failure, told_by
from flake8_logits.verify.patience import in_words
from flake8_logits.verify.slices import Elsewhere
from flake8_logits.verify.verifier import Verifier
from flake8_logits.verify.worker import Worker
from tests.verify.programs import HEAD, cut, first_claim

STEP = (
    "import tensorflow as tf\nmodel = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\n"
    "{} step(x, y):\n    return keras.losses.categorical_crossentropy(y, model(x))\n"
)
WITHIN = (
    "class Loss(layers.Layer):\n    def call(self, inputs):\n        y, p = inputs\n"
    "        self.add_loss(keras.losses.categorical_crossentropy(y, p))\n        return p\n"
    "x, y = keras.Input((4,)), keras.Input((3,))\n"
)


def test_what_is_asynchronous_is_said_to_be() -> None:
    with pytest.raises(Elsewhere, match="asynchronous"):
        cut(HEAD + STEP.format("async def") + "import asyncio\nasyncio.run(step(x, y))\n")


def test_object_is_called_where_the_place_is_in_what_that_does() -> None:
    text = f"{HEAD}{WITHIN}Loss()([y, layers.Dense(3)(x)])\n"
    assert cut(text)[0].sources[0].splitlines()[-1].startswith("Loss()([y, ")


@pytest.mark.parametrize(("first", "said"), [("not-reached", "another reason"), ("error", "a reason")])
def test_way_that_does_not_lead_there_says_less_than_another(
    first: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = [
        {"answer": "inconclusive", "kind": first, "reason": "a reason"},
        {"answer": "inconclusive", "kind": "depends", "reason": "another reason"},
    ]
    monkeypatch.setattr(Worker, "ask", lambda worker, request: told.pop(0))
    monkeypatch.setattr(door, "find_spec", lambda name: name)
    document = documents_of("program.py", (HEAD + STEP.format("def") + "step(1, 2)\n").encode())[0]
    with Verifier() as made_here:
        found = made_here.verify(document.units, "program.py", first_claim(document), False)
    assert found.reason == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Exception encountered: \x1b[1mUnknown size\x1b[0m in user code: File \"/x/made.py\", line 3, in act", "size"),
        ("it failed\nTraceback (most recent call last):\n  File \"/x/flake8_logits/a.py\", line 3", "it failed"),
        ("expected str, got 'Made'", "it depends on what is not run: cfg.size"),
        ("made up for cfg.size has no lower", "it depends on what is not run: cfg.size"),
    ],
)  # fmt: skip
def test_error_says_what_the_library_says_and_no_line_of_ours(text: str, said: str) -> None:
    made.use(made.PROFILES[0])
    made.touch("cfg.size")
    found = _failure(ValueError(text), {"lines": [{}]})
    assert said in found and not any(one in found for one in ("\x1b", ".py", "Made", "Traceback")), found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("in user code:\n\n    File \"/x/a.py\", line 3, in f\n\n    ValueError: No rank", "ValueError: No rank"),
        ("Shapes differ\nTraceback (most recent call last):\n  File \"/x/a.py\", line 3", "Shapes differ"),
        ("in user code: File \"/x/a.py\", line 3", "ValueError"),
        ("", "ValueError"),
    ],
)  # fmt: skip
def test_a_loss_that_fails_says_why_and_quotes_no_line(text: str, told: str) -> None:
    assert told_by(ValueError(text)) == told


def test_one_second_is_one() -> None:
    assert [in_words(one) for one in (1, 1.5, 20)] == ["1 second", "1.5 seconds", "20 seconds"]


GIVEN = {
    "a function": ("def loss(y, p):\n    return {}\n", "loss=loss", "__fitted__(loss, model)"),
    "by position": ("def loss(y, p):\n    return {}\n", "[loss]", "__fitted__(loss, model)"),
    "what a function gives": (
        "def make(gamma):\n    def loss(y, p):\n        return {}\n    return loss\n",
        "loss=make(2)",
        "__fitted__(make(2), model)",
    ),
    "an object": (
        "class Loss(keras.losses.Loss):\n    def call(self, y, p):\n        return {}\n",
        "loss=Loss()",
        "__fitted__(Loss(), model)",
    ),
}
"""Losses of a program, how ``compile`` is given them, and what is run instead."""


@pytest.mark.parametrize("name", GIVEN)
def test_loss_that_is_given_to_compile_is_called_with_what_the_model_gives(name: str) -> None:
    made_loss, given, run = GIVEN[name]
    text = HEAD + made_loss.format("keras.losses.categorical_crossentropy(y, p)")
    text += f"model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\nmodel.compile('adam', {given})\n"
    (first, *_) = cut(text)
    assert first.sources[0].splitlines()[-1] == run and first.eager is None


def test_lambda_is_a_function_by_its_name() -> None:
    text = HEAD + STEP.format("def").replace("def step(x, y):\n    return", "step = lambda x, y:")
    assert cut(text + "step(1, 2)\n")[0].sources[0].splitlines()[-1] == "step(1, 2)"


def test_what_is_made_up_is_not_spelt_as_we_do() -> None:
    text = "from elsewhere import run\nmodel = keras.Sequential([layers.Dense(3)])\n"
    text += "run(lambda x, y: keras.losses.categorical_crossentropy(y, model(x)))\n"
    assert all("__" not in one for found in cut(HEAD + text) for one in found.made)

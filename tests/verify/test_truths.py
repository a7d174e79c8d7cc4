"""A slice is the program that was written: what is true of it is never disputed, what is false never confirmed."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.places import Span
from flake8_logits.domain.verification import Answer, Claim, Verification
from flake8_logits.source.documents import documents_of
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import Settle
from tests.verify.truths import CHANGED, HEAD, LOGITS, LOSS, OUT_OF_SIGHT

_CLAIM = Claim(Span("", None, 1, 0, 1, 0), SiteKind.COMPILE, "", ("logits",), expects="probabilities")


def ask(verifier: Verifier, text: str, claim: Claim = _CLAIM) -> Verification:
    """What comes of a claim about the last call of ``compile`` in a program."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    node = max(
        (one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr == "compile"),
        key=lambda one: one.lineno,
    )
    assert node.end_lineno is not None and node.end_col_offset is not None
    span = Span("a.py", None, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
    document = documents_of("a.py", text.encode())[0]
    return verifier.verify(document.units, "a.py", replace(claim, span=span))


@pytest.mark.parametrize("name", LOGITS)
def test_what_is_true_is_confirmed(verifier: Verifier, name: str) -> None:
    found = ask(verifier, HEAD + LOGITS[name] + LOSS)
    assert found.answer is Answer.CONFIRMED, found.reason


@pytest.mark.parametrize("name", LOGITS)
def test_what_is_false_is_not_confirmed(verifier: Verifier, name: str) -> None:
    found = ask(verifier, HEAD + LOGITS[name] + LOSS, replace(_CLAIM, scales=("softmax",), expects="logits"))
    assert found.answer is Answer.DISPUTED, found.reason


@pytest.mark.parametrize("scale", ["logits", "softmax"])
@pytest.mark.parametrize("name", OUT_OF_SIGHT)
def test_what_is_out_of_sight_is_inconclusive(verifier: Verifier, name: str, scale: str) -> None:
    found = ask(verifier, HEAD + OUT_OF_SIGHT[name] + LOSS, replace(_CLAIM, scales=(scale,)))
    assert found.answer is Answer.INCONCLUSIVE, found.reason


def test_prediction_is_no_tensor_that_anything_could_be_undone_on(settle: Settle) -> None:
    text = HEAD + (
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(10, 'softmax')])\n"
        "p = model.predict(np.zeros((2, 4)))\n"
        "loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(np.zeros(2), p)\n"
    )
    answers = [told.answer for one, told in settle(text) if one.code == "LGT102"]
    assert answers == [Answer.CONFIRMED]


STARTING = {
    "a callback": ("", "x, y, callbacks=[Changing()]", Answer.INCONCLUSIVE),
    "a callback by name": ("changing = [Changing()]\n", "x, y, callbacks=changing", Answer.INCONCLUSIVE),
    "a function that is told": (
        "", "x, y, callbacks=[keras.callbacks.LambdaCallback(on_train_begin=change)]", Answer.INCONCLUSIVE,
    ),
    "a generator": ("def rows():\n    change(1)\n    yield x, y\n", "rows()", Answer.INCONCLUSIVE),
    "an argument": ("", "change(x) or x, y", Answer.INCONCLUSIVE),
    "nothing": ("", "x, y", Answer.CONFIRMED),
    "a callback that only looks": ("", "x, y, callbacks=[keras.callbacks.EarlyStopping()]", Answer.CONFIRMED),
    "a generator of rows": ("def rows():\n    yield x, y\n", "rows()", Answer.CONFIRMED),
}  # fmt: skip
"""What ``fit`` is handed, which is there when training begins: does it change the model first?"""
CHANGING = (
    "x, y = np.ones((2, 4)), np.zeros(2)\n"
    "model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\n"
    "def change(logs):\n    model.layers[-1].activation = keras.activations.softmax\n"
)
OF_CALLBACKS = (
    "class Changing(keras.callbacks.Callback):\n    def on_train_begin(self, logs=None):\n"
    "        self.model.layers[-1].activation = keras.activations.softmax\n"
)


@pytest.mark.parametrize("name", STARTING)
def test_what_changes_a_model_as_its_training_begins_confirms_nothing(verifier: Verifier, name: str) -> None:
    before, handed, answer = STARTING[name]
    classes = OF_CALLBACKS if "hanging" in before + handed else ""
    found = ask(verifier, f"{HEAD}{classes}{CHANGING}{before}{LOSS}model.fit({handed})\n")
    assert found.answer is answer, found.reason


def test_callback_that_sets_what_says_nothing_of_the_output_is_no_doubt(verifier: Verifier) -> None:
    classes = OF_CALLBACKS.replace("layers[-1].activation = keras.activations.softmax", "optimizer.learning_rate = 0.1")
    found = ask(verifier, f"{HEAD}{classes}{CHANGING}{LOSS}model.fit(x, y, callbacks=[Changing()])\n")
    assert found.answer is Answer.CONFIRMED, found.reason


def test_numbers_of_an_array_are_there_whoever_asks_first(settle: Settle) -> None:
    text = HEAD + (
        "x = np.random.rand(4, 4)\nx = (x - x.mean(0)) / x.std(0)\nunits = len(str(x)) and 3\n"
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(units)])\n"
        "keras.losses.SparseCategoricalCrossentropy()(np.zeros(4), model(x.clip(-3, 3)))\n"
    )
    assert [told.answer for one, told in settle(text) if one.code == "LGT101"] == [Answer.CONFIRMED]


COUNTING = (
    "class Last(layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.calls = 0\n"
    "    def call(self, x):\n        self.calls += 1\n        return keras.ops.softmax(x) if {} else 1 * x\n"
    "p = Last()(layers.Dense(3)(np.ones((2, 4), 'float32')))\n"
    "keras.losses.SparseCategoricalCrossentropy(from_logits={})(np.zeros(2), p)\n"
)
"""A layer that gives another kind of numbers from its second call on."""


@pytest.mark.parametrize(("when", "told"), [("self.calls == 1", True), ("self.calls > 1", False)])
def test_layer_that_counts_its_calls_withdraws_and_confirms_nothing(settle: Settle, when: str, told: bool) -> None:
    found = settle(HEAD + COUNTING.format(when, told))
    assert [one.code for one, _ in found] == ["LGT102" if told else "LGT101"]
    assert [told.answer for _, told in found] == [Answer.INCONCLUSIVE], found


def test_layer_that_hands_on_what_it_is_given_made_nothing(settle: Settle) -> None:
    text = HEAD + (
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(3, 'softmax')])\np = model(np.ones((2, 4)))\n"
        "both = [layers.Dropout(0.5)(p, training=True), p]\n"
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True)(np.zeros(2), both[1])\n"
    )
    assert [told.answer for one, told in settle(text) if one.code == "LGT102"] == [Answer.RESCUED]


@pytest.mark.parametrize("name", CHANGED)
def test_model_is_judged_at_its_first_use(verifier: Verifier, name: str) -> None:
    found = ask(verifier, HEAD + CHANGED[name])
    assert found.answer is Answer.DISPUTED, found.reason
    assert found.measured is not None and found.measured.looks_like == "softmax"


@pytest.mark.parametrize("scale", ["logits", "softmax"])
def test_what_is_handed_a_layer_of_the_model_before_its_first_use_is_inconclusive(
    verifier: Verifier, scale: str
) -> None:
    text = HEAD + (
        "import unheard_of\nlast = layers.Dense(10)\nmodel = keras.Sequential([keras.Input((4,)), last])\n"
        f"{LOSS}unheard_of.change(last)\nmodel.fit(np.zeros((2, 4)), np.zeros(2))\n"
    )
    found = ask(verifier, text, replace(_CLAIM, scales=(scale,)))
    assert found.answer is Answer.INCONCLUSIVE, found.reason

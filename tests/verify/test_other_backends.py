"""On JAX, where nothing is rescued: what TensorFlow would undo is confirmed."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_logits.domain.verification import Answer
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import LIMITS, Settle

HEAD = "import keras\nfrom keras import layers\n"
TRUE = "model.compile('adam', loss=keras.losses.CategoricalCrossentropy(from_logits=True))\n"
STRING = "model.compile('adam', loss='categorical_crossentropy')\n"


@pytest.fixture(scope="module")
def on_jax() -> Iterator[Verifier]:
    """A verifier whose Keras computes on JAX, as the user's keras.json says."""
    if importlib.util.find_spec("jax") is None or importlib.util.find_spec("keras") is None:
        pytest.skip("JAX or Keras has no release for this Python")
    with pytest.MonkeyPatch.context() as patch, Verifier(LIMITS) as made:
        patch.setenv("KERAS_BACKEND", "jax")
        made.worker.ask({"sources": [""], "lines": [{}], "trust": False, "eager": False, "head": "", "is_loss": True})
        yield made


def test_nothing_is_rescued(settle: Settle, on_jax: Verifier) -> None:
    text = f"{HEAD}model = keras.Sequential([keras.Input((4,)), layers.Dense(5, 'softmax')])\n{TRUE}"
    ((_, found),) = settle(text, by=on_jax)
    assert found.answer is Answer.CONFIRMED, found.reason
    assert found.backend == "jax" and "jax" in dict(found.versions)
    assert found.loss is not None and found.loss.ratio < 1


def test_logits_are_confirmed(settle: Settle, on_jax: Verifier) -> None:
    text = f"{HEAD}model = keras.Sequential([keras.Input((4,)), layers.Dense(5)])\n{STRING}"
    ((_, found),) = settle(text, by=on_jax)
    assert found.answer is Answer.CONFIRMED, found.reason
    assert found.measured is not None and found.measured.operation == "linear"


def test_backend_of_the_users_settings_is_used(
    settle: Settle, on_jax: Verifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keras.json").write_text(json.dumps({"backend": "jax"}))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    with Verifier(LIMITS) as made:
        ((_, found),) = settle(f"{HEAD}model = keras.Sequential([layers.Dense(5)])\n{STRING}", by=made)
    assert found.backend == "jax"


PIXELS = "i = keras.Input((8, 8, 3))\ns = layers.Conv2D(4, 1, activation='softmax')(i)\n"
HEADS = {
    "all in one row": f"{PIXELS}b = layers.Flatten()(s)\n",
    "along another axis": "i = keras.Input((8, 8, 3))\nb = layers.Softmax(axis=1)(layers.Conv2D(4, 1)(i))\n",
    "sigmoids": "i = keras.Input((4,))\nb = layers.Dense(5, activation='sigmoid')(i)\n",
    "sigmoids in another type": (
        "i = keras.Input((4,))\nb = layers.Activation('linear', dtype='float64')(layers.Dense(5, 'sigmoid')(i))\n"
    ),
    "of a model of two heads": (
        "j = keras.Input((4,))\ninner = keras.Model(j, [layers.Dense(3)(j), layers.Dense(5, 'sigmoid')(j)])\n"
        "i = keras.Input((4,))\n_, b = inner(i)\n"
    ),
}
"""Second heads, whose layer decides what they are, and not that of the first."""


@pytest.mark.parametrize("name", HEADS)
def test_each_head_is_judged_by_its_own_layers(settle: Settle, on_jax: Verifier, name: str) -> None:
    two = (
        "a = layers.Dense(3)(layers.Flatten()(i))\nmodel = keras.Model(i, [a, b])\nmodel.compile('adam', loss=["
        "keras.losses.CategoricalCrossentropy(from_logits=True), keras.losses.BinaryCrossentropy(from_logits=True)])\n"
    )
    ((_, found),) = settle(f"{HEAD}{HEADS[name]}{two}", by=on_jax)
    assert found.answer is (Answer.INCONCLUSIVE if name == "all in one row" else Answer.CONFIRMED), found.reason
    assert found.measured is not None and found.measured.operation != "linear"


OWN = {
    "Linear": "class Linear(layers.Layer):\n",
    "Head": "class Head(layers.Layer):\n    activation = staticmethod(keras.activations.relu)\n",
    "Own": "class Own(layers.Dense):\n",
}
"""Layers of a program that are called as one of Keras, have what those have, or inherit it."""


@pytest.mark.parametrize("name", OWN)
def test_what_a_layer_of_the_program_does_is_not_told_by_names(settle: Settle, on_jax: Verifier, name: str) -> None:
    layer = f"{OWN[name]}    def call(self, x):\n        return keras.ops.sigmoid(x)\n"
    of_dense = "5" if name == "Own" else ""
    text = f"{HEAD}{layer}model = keras.Sequential([keras.Input((4,)), layers.Dense(5), {name}({of_dense})])\n"
    loss = "model.compile('adam', loss=keras.losses.BinaryCrossentropy(from_logits=True))\n"
    ((_, found),) = settle(text + loss, by=on_jax)
    assert found.measured is not None and found.measured.operation == "", found.reason

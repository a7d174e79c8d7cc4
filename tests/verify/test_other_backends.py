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

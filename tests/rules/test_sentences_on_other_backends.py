"""What the rules say of JAX and PyTorch, reproduced there: each backend in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

Said = Callable[..., str]

MEASURE = """
import json
import numpy as np
import keras

rng = np.random.default_rng(0)
scores = (rng.normal(size=(64, 3)) * 3).astype("float32")
numbers = rng.integers(0, 3, 64)
classes = np.eye(3, dtype="float32")[numbers]


def trained(layers, loss, labels):
    first = keras.layers.Dense(3, kernel_initializer="identity")
    model = keras.Sequential([keras.Input((3,)), first, *layers])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=loss)
    return float(model.fit(scores, labels, batch_size=64, verbose=0).history["loss"][0])


def value(computed):
    return float(np.mean(keras.ops.convert_to_numpy(computed)))


def moved(name, labels, given):
    # Whether training moves the numbers that a loss is given: they are the bias of a layer, which starts there.
    layer = keras.layers.Dense(given.shape[-1], kernel_initializer="zeros")
    model = keras.Sequential([keras.Input((1,)), layer])
    layer.set_weights([np.zeros((1, given.shape[-1]), "float32"), given[0]])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss=getattr(keras.losses, name)())
    model.fit(np.zeros((1, 1), "float32"), labels, verbose=0)
    return bool(np.abs(layer.get_weights()[1] - given[0]).max() > 1e-6)


found = {"backend": keras.backend.backend(), "undone": {}, "logits": {}}
for name, activation in (
    ("CategoricalCrossentropy", "softmax"),
    ("SparseCategoricalCrossentropy", "softmax"),
    ("BinaryCrossentropy", "sigmoid"),
):
    labels = numbers if "Sparse" in name else classes
    told, made = getattr(keras.losses, name)(from_logits=True), getattr(keras.losses, name)()
    right = value(told(labels, scores))
    twice = value(told(labels, keras.ops.convert_to_numpy(getattr(keras.activations, activation)(scores))))
    heads = {"alone": [], "Identity": [keras.layers.Identity()], "Dropout": [keras.layers.Dropout(0.0)]}
    for head, behind in heads.items():
        layers = [keras.layers.Activation(activation), *behind]
        found["undone"][f"{name} {head}"] = [trained(layers, told, labels), right, twice]
    found["logits"][name] = [trained([], made, labels), right]
metrics = {}
for head in ("logits", "sigmoid"):
    metric = keras.metrics.BinaryCrossentropy(from_logits=True)
    metric.update_state(classes, scores if head == "logits" else keras.activations.sigmoid(scores))
    metrics[head] = value(metric.result())
found["metrics"] = metrics
one = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="softmax")])
found["one unit"] = [float(number) for number in one.predict(scores, verbose=0)[:, 0]]
found["one class"] = value(keras.losses.CategoricalCrossentropy(from_logits=True)(np.ones((64, 1)), scores[:, :1]))
yes = np.array([[1.0]], "float32")
found["moved"] = {
    "below": moved("BinaryCrossentropy", yes, np.array([[-1.0]], "float32")),
    "above": moved("BinaryCrossentropy", 1 - yes, np.array([[2.0]], "float32")),
    "inside": moved("BinaryCrossentropy", yes, np.array([[0.5]], "float32")),
}
found["focal"] = {}
for name, activation in (("CategoricalFocalCrossentropy", "softmax"), ("BinaryFocalCrossentropy", "sigmoid")):
    told = getattr(keras.losses, name)(from_logits=True)
    found["focal"][name] = [trained([keras.layers.Activation(activation)], told, classes), value(told(classes, scores))]
print("measured", json.dumps(found))
"""


@pytest.fixture(scope="module", params=["jax", "torch"])
def measured(request: pytest.FixtureRequest) -> Any:
    """What Keras computes on another backend; without that backend what asks for it is skipped."""
    backend = request.param
    if importlib.util.find_spec(backend) is None or importlib.util.find_spec("keras") is None:
        pytest.skip(f"{backend} or Keras is not installed")
    environment = {**os.environ, "KERAS_BACKEND": backend, "JAX_PLATFORMS": "cpu", "TF_CPP_MIN_LOG_LEVEL": "3"}
    run = subprocess.run([sys.executable, "-c", MEASURE], env=environment, capture_output=True, text=True, check=True)
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("measured ")]
    found = json.loads(line.removeprefix("measured "))
    assert found["backend"] == backend
    return found


def test_nothing_is_undone(measured: Any, said: Said) -> None:
    softmax = 'Dense(3, activation="softmax")'
    told = "keras.losses.CategoricalCrossentropy(from_logits=True)"
    assert "JAX and PyTorch normalise twice" in said("LGT102", softmax, told)
    assert "JAX and PyTorch normalise twice" in said("LGT102", f"{softmax}, keras.layers.Identity()", told)
    assert "JAX and PyTorch normalise twice" in said("LGT102", f"{softmax}, Dropout(0.0)", told)
    for trained, right, twice in measured["undone"].values():
        assert trained == pytest.approx(twice, rel=1e-3)
        assert trained != pytest.approx(right, rel=1e-2)


@pytest.mark.parametrize("name", ["CategoricalFocalCrossentropy", "BinaryFocalCrossentropy"])
def test_focal_losses_are_not_undone_either(name: str, measured: Any, said: Said) -> None:
    activation = "softmax" if name.startswith("Categorical") else "sigmoid"
    message = said("LGT102", f'Dense(3, activation="{activation}")', f"keras.losses.{name}(from_logits=True)")
    assert f"Keras 3 does not undo the {activation}" in message
    trained, right = measured["focal"][name]
    assert trained != pytest.approx(right, rel=1e-2)


@pytest.mark.parametrize("name", ["CategoricalCrossentropy", "SparseCategoricalCrossentropy", "BinaryCrossentropy"])
def test_logits_read_as_probabilities_are_another_loss(name: str, measured: Any, said: Said) -> None:
    assert "Nothing undoes it, on any backend: " in said("LGT101", "Dense(3)", f"keras.losses.{name}()")
    trained, right = measured["logits"][name]
    assert trained != pytest.approx(right, rel=1e-2)


def test_what_is_clipped_has_no_gradient(measured: Any, said: Said) -> None:
    message = said("LGT101", "Dense(1)", "'binary_crossentropy'")
    assert "numbers below 0 or above 1 are clipped and have no gradient" in message
    assert measured["moved"] == {"below": False, "above": False, "inside": True}


def test_metrics_show_another_number(measured: Any, said: Said) -> None:
    told = "keras.metrics.BinaryCrossentropy(from_logits=True)"
    message = said("LGT304", 'Dense(1, activation="sigmoid")', "'bce'", told)
    assert "JAX and PyTorch show another number" in message
    assert measured["metrics"]["sigmoid"] != pytest.approx(measured["metrics"]["logits"], rel=1e-2)


def test_one_unit_is_always_one(measured: Any, said: Said) -> None:
    assert "It answers 1.0 whatever it is given, on every backend" in said("LGT201", 'Dense(1, activation="softmax")')
    assert measured["one unit"] == pytest.approx(64 * [1.0])
    assert "the loss is 0 whatever the model gives" in said(
        "LGT202", "Dense(1)", "keras.losses.CategoricalCrossentropy(True)"
    )
    assert measured["one class"] == pytest.approx(0, abs=1e-6)

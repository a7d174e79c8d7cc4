"""Each sentence of the rules on ``from_logits`` (LGT1) that states a fact, reproduced with TensorFlow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

Said = Callable[..., str]

RNG = np.random.default_rng(0)
SCORES = (RNG.normal(size=(64, 3)) * 3).astype("float32")
NUMBERS = RNG.integers(0, 3, 64)
CLASSES = np.eye(3, dtype="float32")[NUMBERS]

CATEGORICAL = ["CategoricalCrossentropy", "SparseCategoricalCrossentropy", "CategoricalFocalCrossentropy"]
BINARY = ["BinaryCrossentropy", "BinaryFocalCrossentropy"]
FOCAL = ["CategoricalFocalCrossentropy", "BinaryFocalCrossentropy"]
FIXED = {
    "tf.nn.softmax_cross_entropy_with_logits": "softmax",
    "tf.nn.sparse_softmax_cross_entropy_with_logits": "softmax",
    "tf.nn.sigmoid_cross_entropy_with_logits": "sigmoid",
    "tf.compat.v1.losses.softmax_cross_entropy": "softmax",
    "tf.compat.v1.losses.sparse_softmax_cross_entropy": "softmax",
    "tf.compat.v1.losses.sigmoid_cross_entropy": "sigmoid",
}


def _labels(name: str) -> Any:
    return NUMBERS if "sparse" in name.lower() else CLASSES


def _activation(name: str) -> str:
    return "softmax" if name in CATEGORICAL else "sigmoid"


def _close(value: Any, other: Any) -> bool:
    return float(np.mean(value)) == pytest.approx(float(np.mean(other)), rel=1e-3)


def _trained(keras: Any, layers: list[Any], loss: Any, labels: Any, **options: Any) -> float:
    """The loss that training shows for the scores, which go into these layers."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, kernel_initializer="identity"), *layers])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=loss, **options)
    return float(model.fit(SCORES, labels, batch_size=64, verbose=0).history["loss"][0])


# LGT101


@pytest.mark.parametrize("name", [*CATEGORICAL, *BINARY])
def test_logits_read_as_probabilities_are_another_loss(name: str, said: Said, keras: Any) -> None:
    written = {
        f"keras.losses.{name}()": f"reach {name}, which expects probabilities; pass from_logits=True",
        f"keras.losses.{name}(from_logits=False)": f"reach {name} told from_logits=False; pass from_logits=True",
    }
    for loss, words in written.items():
        assert words in said("LGT101", "Dense(3)", loss)
    made = getattr(keras.losses, name)
    assert not _close(made()(_labels(name), SCORES), made(from_logits=True)(_labels(name), SCORES))
    right = made()(_labels(name), getattr(keras.activations, _activation(name))(SCORES))
    assert _close(made(from_logits=True)(_labels(name), SCORES), right)
    assert not _close(_trained(keras, [], made(), _labels(name)), right)


STRINGS = ["categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy"]


@pytest.mark.parametrize("string", STRINGS)
def test_string_cannot_say_logits(string: str, said: Said, keras: Any) -> None:
    message = said("LGT101", "Dense(3)", f"'{string}'")
    assert f"reach '{string}', which expects probabilities; use " in message
    trained = _trained(keras, [], string, _labels(string))
    told = keras.losses.get(string)(_labels(string), SCORES, from_logits=True)
    assert not _close(trained, told)
    assert _close(trained, keras.losses.get(string)(_labels(string), SCORES))


@pytest.mark.parametrize("name", ["KLDivergence", "Dice", "Tversky"])
def test_losses_without_a_switch(name: str, said: Said, keras: Any) -> None:
    message = said("LGT101", "Dense(3)", f"keras.losses.{name}()")
    assert f"reach {name}, which expects probabilities; end the model in s" in message
    assert "it is another loss than that of the probabilities" in message
    with pytest.raises(TypeError):
        getattr(keras.losses, name)(from_logits=True)
    loss = getattr(keras.losses, name)()
    assert not _close(loss(CLASSES, SCORES), loss(CLASSES, keras.activations.softmax(SCORES)))


def test_logarithms_read_as_probabilities(said: Said, keras: Any) -> None:
    message = said("LGT101", 'Dense(3, activation="log_softmax")', "keras.losses.CategoricalCrossentropy()")
    assert "log-probabilities of 'model' (Dense, line 6) reach CategoricalCrossentropy" in message
    assert "it is another loss than that of the probabilities" in message
    assert message.endswith("; pass from_logits=True")
    logarithms = keras.activations.log_softmax(SCORES)
    right = keras.losses.categorical_crossentropy(CLASSES, SCORES, from_logits=True)
    assert _close(keras.losses.categorical_crossentropy(CLASSES, logarithms, from_logits=True), right)
    assert not _close(keras.losses.categorical_crossentropy(CLASSES, logarithms), right)
    message = said("LGT101", 'Dense(3, activation="log_sigmoid")', "keras.losses.BinaryCrossentropy()")
    assert "; give it what stands before the logarithm" in message
    right = keras.losses.binary_crossentropy(CLASSES, SCORES, from_logits=True)
    assert _close(keras.losses.binary_crossentropy(CLASSES, keras.activations.sigmoid(SCORES)), right)
    assert not _close(keras.losses.binary_crossentropy(CLASSES, keras.activations.log_sigmoid(SCORES)), right)
    across = said("LGT101", 'Dense(3, activation="log_softmax")', "'binary_crossentropy'")
    assert "drop the activation and pass from_logits=True" in across
    for told in (False, True):
        assert not _close(keras.losses.binary_crossentropy(CLASSES, logarithms, from_logits=told), right)


def test_what_the_page_says_of_clipping(page: Said, keras: Any, tf: Any) -> None:
    assert "gradients are zero wherever a number was clipped, huge elsewhere" in page("LGT101")
    outputs = tf.Variable([[-1.0], [2.0], [1e-4]])
    with tf.GradientTape() as tape:
        loss = keras.losses.binary_crossentropy(tf.ones((3, 1)), outputs)
    clipped, above, inside = tape.gradient(loss, outputs).numpy()[:, 0]
    assert (clipped, above) == (0, 0)
    assert inside == pytest.approx(-1e4, rel=1e-2)
    assert "a categorical loss is nan as soon as all numbers of one sample are zero" in page("LGT101")
    assert np.isnan(keras.losses.categorical_crossentropy(CLASSES[:1], np.zeros((1, 3)))).all()


@pytest.mark.parametrize("name", ["CategoricalCrossentropy", "SparseCategoricalCrossentropy"])
def test_what_a_categorical_loss_clips_has_no_gradient(name: str, said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT101", "Dense(3)", f"keras.losses.{name}()")
    assert "it is no cross-entropy any more, and what it clips has no gradient" in message
    scores = tf.Variable([[-4.0, 8.0, 2.0]])
    with tf.GradientTape() as tape:
        loss = getattr(keras.losses, name)()(np.array([0]) if "Sparse" in name else CLASSES[:1] * 0 + [1, 0, 0], scores)
    assert not tape.gradient(loss, scores).numpy().any()


# LGT102


@pytest.mark.parametrize("name", ["CategoricalCrossentropy", "SparseCategoricalCrossentropy", "BinaryCrossentropy"])
def test_keras_on_tensorflow_usually_undoes_the_activation(name: str, said: Said, keras: Any) -> None:
    activation = _activation(name)
    message = said("LGT102", f'Dense(3, activation="{activation}")', f"keras.losses.{name}(from_logits=True)")
    assert f"{activation} of 'model' (Dense, line 6) reaches a loss told from_logits=True; drop" in message
    assert f"Keras on TensorFlow usually undoes the {activation}" in message
    loss = getattr(keras.losses, name)(from_logits=True)
    right = loss(_labels(name), SCORES)
    for eagerly in (False, True):
        layer = keras.layers.Activation(activation)
        with pytest.warns(UserWarning, match="from_logits"):
            trained = _trained(keras, [layer], loss, _labels(name), run_eagerly=eagerly)
        assert _close(trained, right)


@pytest.mark.filterwarnings("ignore")
def test_bare_operation_is_undone_in_a_graph_only(said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT102", "Dense(3), tf.nn.softmax", "keras.losses.CategoricalCrossentropy(from_logits=True)")
    assert "Keras on TensorFlow undoes the softmax in graphs, not eagerly" in message
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    right = loss(CLASSES, SCORES)
    assert _close(tf.function(lambda x: loss(CLASSES, tf.nn.softmax(x)))(tf.constant(SCORES)), right)
    assert not _close(loss(CLASSES, tf.nn.softmax(SCORES)), right)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FOCAL)
def test_keras_3_does_not_look_behind_focal_losses(name: str, said: Said, keras: Any) -> None:
    activation = _activation(name)
    message = said("LGT102", f'Dense(3, activation="{activation}")', f"keras.losses.{name}(from_logits=True)")
    assert f"Keras 3 does not undo the {activation}: the loss applies a {activation} to probabilities" in message
    if keras.__version__.startswith("3."):
        loss = getattr(keras.losses, name)(from_logits=True)
        trained = _trained(keras, [keras.layers.Activation(activation)], loss, CLASSES)
        assert not _close(trained, loss(CLASSES, SCORES))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("between", ["Reshape((3,))", "Flatten()", "Dropout(0.0001)"])
def test_anything_between_hides_the_activation(between: str, said: Said, keras: Any) -> None:
    layers = f'Dense(3, activation="softmax"), keras.layers.{between}'
    message = said("LGT102", layers, "keras.losses.CategoricalCrossentropy(from_logits=True)")
    surest = float(np.max(keras.activations.softmax(np.eye(3, dtype="float32"))))
    assert "Nothing undoes the softmax here: the loss " in message
    known = f"applies a softmax to probabilities, and takes none for more than {surest:.2f}"
    unknown = "normalises probabilities once more, and takes a sure answer for an unsure one"
    assert (unknown if between == "Flatten()" else known) in message
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    behind = {
        "Reshape((3,))": keras.layers.Reshape((3,)),
        "Flatten()": keras.layers.Flatten(),
        "Dropout(0.0001)": keras.layers.Dropout(0.0001),
    }
    trained = _trained(keras, [keras.layers.Activation("softmax"), behind[between]], loss, CLASSES)
    assert not _close(trained, loss(CLASSES, SCORES))
    assert trained == pytest.approx(float(loss(CLASSES, np.asarray(keras.activations.softmax(SCORES)))), rel=1e-2)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float64", "float32"])
@pytest.mark.parametrize("activation", ["softmax", "sigmoid"])
def test_what_the_loss_casts_is_not_undone_by_keras_3(activation: str, policy: str, said: Said, keras: Any) -> None:
    name = "CategoricalCrossentropy" if activation == "softmax" else "BinaryCrossentropy"
    message = said("LGT102", f'Dense(3, activation="{activation}")', f"keras.losses.{name}(from_logits=True)")
    assert "Keras 3 does not where the loss casts it, as under mixed precision or float64" in message
    loss = getattr(keras.losses, name)(from_logits=True)
    layers = {"last": [keras.layers.Activation(activation, dtype=policy)]}
    if policy.startswith("mixed"):
        # The advice of Keras: a last activation in float32, which the loss need not cast.
        layers["in float32"] = [keras.layers.Activation("linear", dtype=policy), keras.layers.Activation(activation)]
    for name_of_last, made in layers.items():
        undone = policy == "float32" or name_of_last == "in float32"
        for eagerly in (False, True):
            trained = _trained(keras, made, loss, CLASSES, run_eagerly=eagerly)
            assert (trained == pytest.approx(float(loss(CLASSES, SCORES)), rel=1e-2)) is undone


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("between", ["Identity()", "Dropout(0.0)", "Dropout(rate=0)"])
def test_keras_3_looks_through_what_does_nothing(between: str, said: Said, keras: Any) -> None:
    layers = f'Dense(3, activation="softmax"), keras.layers.{between}'
    message = said("LGT102", layers, "keras.losses.CategoricalCrossentropy(from_logits=True)")
    assert "Keras 3 on TensorFlow undoes the softmax, unless the loss casts it" in message
    assert "Keras 2, JAX and PyTorch normalise twice" in message
    if keras.__version__.startswith("3."):
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
        made = eval(between, vars(keras.layers))
        for eagerly in (False, True):
            layers_made = [keras.layers.Activation("softmax"), made]
            assert _close(_trained(keras, layers_made, loss, CLASSES, run_eagerly=eagerly), loss(CLASSES, SCORES))


@pytest.mark.filterwarnings("ignore")
def test_class_that_is_ignored_keeps_keras_3_from_looking(said: Said, keras: Any) -> None:
    written = "keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=7)"
    message = said("LGT102", 'Dense(3, activation="softmax")', written)
    assert "Keras 3 does not undo the softmax: the loss applies a softmax to probabilities" in message
    if keras.__version__.startswith("3."):
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=7)
        trained = _trained(keras, [keras.layers.Activation("softmax")], loss, NUMBERS)
        assert not _close(trained, loss(NUMBERS, SCORES))
        assert trained == pytest.approx(float(loss(NUMBERS, np.asarray(keras.activations.softmax(SCORES)))), rel=1e-3)


@pytest.mark.filterwarnings("ignore")
def test_undoing_the_second_softmax_leaves_the_first(said: Said, keras: Any) -> None:
    layers = 'Dense(3, activation="softmax"), Softmax()'
    message = said("LGT102", layers, "keras.losses.CategoricalCrossentropy(from_logits=True)")
    assert "undo" not in message
    assert "The loss applies a softmax to probabilities, and takes none for more than 0.58" in message
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    trained = _trained(keras, [keras.layers.Activation("softmax"), keras.layers.Softmax()], loss, CLASSES)
    once = np.asarray(keras.activations.softmax(SCORES))
    # The outer one is undone, and the loss applies its own to what the inner one gives.
    assert _close(trained, loss(CLASSES, once))
    assert not _close(trained, loss(CLASSES, SCORES))


def test_bounds_of_an_activation_on_probabilities(said: Said, keras: Any) -> None:
    for classes in (2, 3, 10):
        layers = f'Dense({classes}, activation="softmax"), keras.layers.Reshape(({classes},))'
        message = said("LGT102", layers, "keras.losses.CategoricalCrossentropy(from_logits=True)")
        surest = float(np.max(keras.activations.softmax(np.eye(classes, dtype="float32"))))
        assert f"takes none for more than {surest:.2f}" in message
    layers = 'Dense(1, activation="sigmoid"), keras.layers.Reshape((1,))'
    message = said("LGT102", layers, "keras.losses.BinaryCrossentropy(from_logits=True)")
    assert "takes each for one between 0.5 and 0.73" in message
    bounds = np.asarray(keras.activations.sigmoid(np.array([0.0, 1.0], "float32")))
    assert bounds == pytest.approx([0.5, 0.73], abs=5e-3)


def test_families_crossed_are_not_mended_by_the_switch(said: Said, keras: Any, tf: Any) -> None:
    for activation, name in (("softmax", "BinaryCrossentropy"), ("sigmoid", "CategoricalCrossentropy")):
        message = said("LGT102", f'Dense(3, activation="{activation}")', f"keras.losses.{name}(from_logits=True)")
        assert message.endswith(f"; drop the {activation}")
        # Without the switch Keras trains what the loss makes of the scores, and the model gives something else.
        outputs = getattr(keras.activations, activation)(tf.constant(SCORES))
        trained = getattr(keras.losses, name)()(CLASSES, outputs)
        assert _close(trained, getattr(keras.losses, name)(from_logits=True)(CLASSES, SCORES))
        assert not _close(trained, getattr(keras.losses, name)()(CLASSES, np.asarray(outputs)))


def test_floor_of_the_loss(page: Said, keras: Any) -> None:
    assert "its floor is 0.55 for three classes" in page("LGT102")
    floor = float(keras.losses.CategoricalCrossentropy(from_logits=True)(CLASSES, CLASSES))
    assert floor == pytest.approx(0.55, abs=5e-3)
    assert "0.55 (three classes) or 0.31 (sigmoid)" in page("LGT103")
    ones = np.ones((5, 1), "float32")
    assert float(keras.losses.BinaryCrossentropy(from_logits=True)(ones, ones)) == pytest.approx(0.31, abs=5e-3)


# LGT103


@pytest.mark.parametrize("name", FIXED)
def test_functions_of_tensorflow_never_look_behind_the_activation(name: str, said: Said, keras: Any, tf: Any) -> None:
    activation = FIXED[name]
    layers = f'Dense(3, activation="{activation}")'
    message = said("LGT103", layers, more=f"{name}(y, logits=model(x))")
    assert f"reaches {name.rpartition('.')[2]}, which takes logits; drop the {activation}" in message
    assert "The function normalises them once more, and nothing undoes that in any version" in message
    function: Any = tf
    for part in name.split(".")[1:]:
        function = getattr(function, part)
    labels = tf.constant(_labels(name))

    def both(scores: Any) -> Any:
        outputs = getattr(keras.activations, activation)(scores)
        return tf.reduce_mean(function(labels, logits=scores)), tf.reduce_mean(function(labels, logits=outputs))

    for run in (both, tf.function(both)):
        right, wrong = run(tf.constant(SCORES))
        assert not _close(right, wrong)
        assert _close(right, keras.losses.get(_string(activation))(CLASSES, SCORES, from_logits=True))


def _string(activation: str) -> str:
    return "categorical_crossentropy" if activation == "softmax" else "binary_crossentropy"

"""Each sentence of the rules on heads and losses (LGT2) that states a fact, reproduced with TensorFlow."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

Said = Callable[..., str]

RNG = np.random.default_rng(0)
INPUTS = RNG.normal(size=(64, 4)).astype("float32")
CLASSES = np.eye(3, dtype="float32")[RNG.integers(0, 3, 64)]
TRUE = {"from_logits": True}
EXTREMES = np.array([[-9.0], [-1.0], [0.0], [1.0], [9.0]], "float32")


def _mean(values: Any) -> float:
    return float(np.mean(values))


def _gradient(tf: Any, loss: Callable[[Any], Any], at: Any) -> Any:
    variable = tf.Variable(at)
    with tf.GradientTape() as tape:
        value = loss(variable)
    return tape.gradient(value, variable).numpy()


# LGT201


@pytest.mark.filterwarnings("ignore")
def test_softmax_over_one_unit_is_always_one(said: Said, keras: Any) -> None:
    message = said("LGT201", 'Dense(1, activation="softmax")')
    assert "softmax over one unit of 'model' is always 1; use sigmoid" in message
    assert "It answers 1.0 whatever it is given" in message
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="softmax")])
    assert model.predict(INPUTS, verbose=0) == pytest.approx(1.0)


def test_keras_3_warns_of_it(page: Said, keras: Any) -> None:
    assert "Keras 3 warns" in page("LGT201")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="softmax")])
        model.predict(INPUTS, verbose=0)
    assert any("softmax" in str(warning.message) for warning in caught)


@pytest.mark.filterwarnings("ignore")
def test_loss_falls_while_the_answer_stays(said: Said, page: Said, keras: Any) -> None:
    assert "the loss even falls as it should" in page("LGT201")
    message = said("LGT201", 'Dense(1, activation="softmax")', "'binary_crossentropy'")
    assert "Keras on TensorFlow usually trains the number before the softmax, so the loss falls" in message
    answers = (INPUTS[:, :1] > 0.5).astype("float32")
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="softmax")])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(INPUTS, answers, epochs=30, verbose=0).history
    assert history["loss"][-1] < 0.5 * history["loss"][0]
    assert history["accuracy"][-1] == pytest.approx(answers.mean())


def test_what_follows_a_softmax_over_one_unit_changes_nothing(keras: Any) -> None:
    layers = [keras.layers.Softmax(), keras.layers.Softmax(), keras.layers.Dropout(0.0), keras.layers.Flatten()]
    for layer in layers:
        assert np.asarray(layer(np.ones((5, 1), "float32"))) == pytest.approx(1.0)


# LGT202


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("flag", [{}, TRUE])
def test_categorical_loss_of_one_unit_is_zero(said: Said, flag: dict[str, bool], keras: Any, tf: Any) -> None:
    assert "With a single class the loss is 0 whatever the model gives, so it learns nothing" in said(
        "LGT202", "Dense(1)", "keras.losses.CategoricalCrossentropy(True)"
    )
    scores = INPUTS[:, :1]
    ones = np.ones_like(scores)
    for outputs in (scores, 1 / (1 + np.exp(-scores))):
        outputs = np.abs(outputs)

        def loss(given: Any) -> Any:
            return keras.losses.categorical_crossentropy(ones, given, **flag)

        assert _mean(loss(outputs)) == pytest.approx(0, abs=1e-6)
        assert np.abs(_gradient(tf, loss, outputs)).max() == pytest.approx(0, abs=1e-6)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name",
    [
        "keras.losses.SparseCategoricalCrossentropy(True)",
        "keras.losses.CategoricalFocalCrossentropy()",
        "tf.nn.softmax_cross_entropy_with_logits",
        "tf.nn.sparse_softmax_cross_entropy_with_logits",
    ],
)
def test_no_loss_between_classes_learns_from_one(name: str, said: Said, keras: Any, tf: Any) -> None:
    called = "" if name.startswith("keras") else f"{name}(labels, logits=model(x))"
    message = said("LGT202", "Dense(1)", "" if called else name, more=called)
    instead = "sigmoid_cross_entropy_with_logits" if called else "BinaryCrossentropy(from_logits=True)"
    assert f"chooses between classes; use {instead}, or one unit per class" in message
    assert "so it learns nothing" in message
    loss = eval(name, {"keras": keras, "tf": tf})
    labels = np.zeros(64, "int32") if "parse" in name else np.ones((64, 1), "float32")
    slope = _gradient(tf, lambda at: loss(labels, at), np.abs(INPUTS[:, :1]))
    assert np.abs(slope).max() == pytest.approx(0, abs=1e-6)


def test_sparse_loss_of_one_unit_knows_one_label(page: Said, keras: Any, tf: Any) -> None:
    assert "zero for the label 0" in page("LGT202")
    assert "stops with an error at the first other label" in page("LGT202")
    scores = INPUTS[:, :1]
    assert _mean(keras.losses.sparse_categorical_crossentropy(np.zeros(64), scores, from_logits=True)) == 0
    with pytest.raises(tf.errors.InvalidArgumentError):
        keras.losses.sparse_categorical_crossentropy(np.ones(64), scores, from_logits=True)


# LGT203, LGT204


def test_sigmoids_are_trained_as_a_softmax(said: Said, page: Said, keras: Any, tf: Any) -> None:
    message = said("LGT203", 'Dense(3, activation="sigmoid")', '"categorical_crossentropy"')
    assert "The loss trains one distribution over all units" in message
    assert "What `predict` returns are sigmoids, which do not sum to 1" in message
    assert message.endswith("; use softmax, or 'binary_crossentropy' for several classes at once")
    layer = keras.layers.Dense(3, activation="sigmoid")
    outputs = layer(INPUTS)
    assert np.abs(np.sum(outputs, -1) - 1).min() > 1e-3
    scores = INPUTS @ layer.kernel.numpy()
    trained = _mean(keras.losses.categorical_crossentropy(CLASSES, outputs))
    assert trained == pytest.approx(_mean(tf.nn.softmax_cross_entropy_with_logits(CLASSES, scores)))
    assert "divides the sigmoids by their sum" in page("LGT203")
    plain = np.asarray(outputs)
    divided = -np.log(np.sum(CLASSES * plain, -1) / np.sum(plain, -1))
    assert _mean(keras.losses.categorical_crossentropy(CLASSES, plain)) == pytest.approx(_mean(divided), rel=1e-5)


def test_softmax_is_trained_as_sigmoids(said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT204", 'Dense(3, activation="softmax")', '"binary_crossentropy"')
    assert "Keras on TensorFlow usually trains a sigmoid over each unit" in message
    assert message.endswith("; use 'categorical_crossentropy', or sigmoid for several classes at once")
    layer = keras.layers.Dense(3, activation="softmax")
    outputs = layer(INPUTS)
    scores = INPUTS @ layer.kernel.numpy()
    trained = _mean(keras.losses.binary_crossentropy(CLASSES, outputs))
    assert trained == pytest.approx(_mean(tf.nn.sigmoid_cross_entropy_with_logits(CLASSES, scores)))
    assert trained != pytest.approx(_mean(keras.losses.binary_crossentropy(CLASSES, np.asarray(outputs))), rel=1e-3)


def test_sparse_sigmoids_are_trained_as_a_softmax(said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT203", 'Dense(3, activation="sigmoid")', '"sparse_categorical_crossentropy"')
    assert "The loss trains one distribution over all units" in message
    # Labels that are numbers are no labels of a binary loss.
    assert message.endswith("; use softmax")
    outputs = keras.activations.sigmoid(tf.constant(INPUTS[:, :3]))
    numbers = CLASSES.argmax(-1)
    trained = _mean(keras.losses.sparse_categorical_crossentropy(numbers, outputs))
    assert trained == pytest.approx(_mean(tf.nn.softmax_cross_entropy_with_logits(CLASSES, INPUTS[:, :3])))
    plain = np.asarray(outputs)
    divided = -np.log(np.sum(CLASSES * plain, -1) / np.sum(plain, -1))
    literal = _mean(keras.losses.sparse_categorical_crossentropy(numbers, plain))
    assert literal == pytest.approx(_mean(divided), rel=1e-5)


# LGT205

RANGES = {
    "0 or more": ["relu", "relu6", "softplus", "exponential", "squareplus", "sparse_plus"],
    "between -1 and 1": ["tanh", "softsign", "hard_tanh"],
    "bounded below only": ["elu", "selu", "celu", "gelu", "silu", "hard_silu", "mish"],
}


@pytest.mark.parametrize(("words", "name"), [(words, name) for words, names in RANGES.items() for name in names])
def test_range_of_an_activation(words: str, name: str, said: Said, keras: Any) -> None:
    message = said("LGT205", f'Dense(1, activation="{name}")', '"binary_crossentropy"')
    assert f"What {name} gives is {words}" in message
    numbers = np.asarray(getattr(keras.activations, name)(np.linspace(-50, 50, 2001, dtype="float32")))
    assert {
        "0 or more": numbers.min() >= 0,
        "between -1 and 1": numbers.min() >= -1 and numbers.max() <= 1,
        "bounded below only": -3 < numbers.min() < 0 and numbers.max() > 40,
    }[words]


@pytest.mark.parametrize("name", ["tanh", "elu", "gelu", "silu", "selu", "softsign"])
@pytest.mark.parametrize("loss", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_negative_numbers_make_another_loss(name: str, loss: str, said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT205", f'Dense(3, activation="{name}")', f'"{loss}"')
    assert "negative numbers are no probabilities, so it computes the wrong loss" in message
    assert message.endswith("; use softmax")
    outputs = getattr(keras.activations, name)(INPUTS[:, :3])
    labels = CLASSES.argmax(-1) if "sparse" in loss else CLASSES
    right = _mean(tf.nn.softmax_cross_entropy_with_logits(CLASSES, INPUTS[:, :3]))
    assert _mean(keras.losses.get(loss)(labels, outputs)) != pytest.approx(right, rel=1e-2)


def test_tanh_of_an_unknown_number_of_classes(said: Said, tf: Any) -> None:
    message = said("LGT205", 'Dense(units, activation="tanh")', "keras.losses.CategoricalCrossentropy(True)")
    assert "no probability can come near 1" in message
    assert message.endswith("; drop the tanh")
    for classes in (2, 3, 100):
        assert tf.nn.softmax([[1.0] + (classes - 1) * [-1.0]]).numpy().max() < 0.89


def test_relu_and_a_categorical_loss(said: Said, keras: Any) -> None:
    message = said("LGT205", 'Dense(3, activation="relu")', '"categorical_crossentropy"')
    assert "nan once all of them are 0" in message
    zeros = np.zeros((1, 3), "float32")
    assert math.isnan(_mean(keras.losses.categorical_crossentropy(CLASSES[:1], zeros)))
    assert math.isnan(_mean(keras.losses.categorical_focal_crossentropy(CLASSES[:1], zeros)))


def test_relu_leaves_no_gradient_at_zero(said: Said, keras: Any, tf: Any) -> None:
    sparse = "keras.losses.SparseCategoricalCrossentropy({})"
    for flag in ({}, TRUE):
        message = said("LGT205", 'Dense(3, activation="relu")', sparse.format("True" if flag else ""))
        assert "a class at 0 has no gradient" in message
        label = np.array([0])
        loss = lambda at, label=label, flag=flag: keras.losses.sparse_categorical_crossentropy(  # noqa: E731
            label, tf.nn.relu(at), **flag
        )
        slope = _gradient(tf, loss, np.array([[-1.0, 0.3, 0.5]], "float32"))
        assert slope[0, 0] == 0
        assert slope[0, 1] != 0


@pytest.mark.parametrize("name", ["relu", "softplus", "exponential"])
def test_numbers_above_one_have_no_gradient(name: str, said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT205", f'Dense(1, activation="{name}")', '"binary_crossentropy"')
    assert "numbers above 1 are clipped and have no gradient" in message
    activation = getattr(keras.activations, name)
    zero = np.zeros((1, 1), "float32")
    slope = _gradient(
        tf, lambda at: keras.losses.binary_crossentropy(zero, activation(at)), np.array([[2.0]], "float32")
    )
    assert slope == 0


@pytest.mark.parametrize("name", ["tanh", "elu", "gelu", "silu", "softsign", "selu"])
def test_negative_numbers_have_no_gradient(name: str, said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT205", f'Dense(1, activation="{name}")', '"binary_crossentropy"')
    assert "negative numbers are clipped and have no gradient" in message
    activation = getattr(keras.activations, name)
    one = np.ones((1, 1), "float32")
    slope = _gradient(
        tf, lambda at: keras.losses.binary_crossentropy(one, activation(at)), np.array([[-1.0]], "float32")
    )
    assert slope == 0


def test_squashed_logits_cannot_say_everything(said: Said, tf: Any, keras: Any) -> None:
    binary = "keras.losses.BinaryCrossentropy(True)"
    for name in ("relu", "relu6", "softplus", "exponential", "squareplus"):
        assert "ever below 0.5" in said("LGT205", f'Dense(1, activation="{name}")', binary)
        assert tf.sigmoid(getattr(keras.activations, name)(EXTREMES)).numpy().min() >= 0.5
    for name in ("tanh", "softsign", "hard_tanh"):
        assert "stays between 0.27 and 0.73" in said("LGT205", f'Dense(1, activation="{name}")', binary)
        answers = tf.sigmoid(getattr(keras.activations, name)(EXTREMES * 1e6)).numpy()
        assert (round(float(answers.min()), 2), round(float(answers.max()), 2)) == (0.27, 0.73)
    message = said("LGT205", 'Dense(10, activation="tanh")', "keras.losses.CategoricalCrossentropy(True)")
    surest = tf.nn.softmax([[1.0] + 9 * [-1.0]]).numpy().max()
    assert f"above {surest:.2f}" in message
    assert f"{surest:.2f}" == "0.45"


def test_positive_numbers_divided_by_their_sum_are_left_alone(page: Said, keras: Any) -> None:
    assert "divided by their sum" in page("LGT205")
    powers = np.exp(INPUTS[:, :3])
    literal = -np.log(np.sum(CLASSES * powers, -1) / powers.sum(-1))
    assert _mean(keras.losses.categorical_crossentropy(CLASSES, powers)) == pytest.approx(_mean(literal), rel=1e-5)


# LGT206


@pytest.mark.parametrize("classes", [2, 3, 10, 100])
def test_second_softmax_makes_all_nearly_equal(classes: int, said: Said, page: Said, tf: Any) -> None:
    message = said("LGT206", f'Dense({classes}, activation="softmax"), Softmax()')
    surest = tf.nn.softmax(tf.eye(1, classes)).numpy().max()
    assert f"Of {classes} classes none can be above {surest:.2f}" in message
    assert "is 0.23, with a hundred 0.03" in page("LGT206")


def test_second_sigmoid_is_above_one_half(said: Said, tf: Any) -> None:
    message = said("LGT206", 'Dense(1, activation="sigmoid"), Activation("sigmoid")')
    assert "between 0.5 and 0.73" in message
    assert tf.sigmoid([0.0, 1.0]).numpy() == pytest.approx([0.5, 0.73], abs=5e-3)


def test_second_softmax_of_an_unknown_number_of_classes(said: Said, tf: Any) -> None:
    message = said("LGT206", 'Dense(units, activation="softmax"), Softmax()')
    assert "more even: the likeliest is less likely, the unlikeliest more" in message
    assert message.endswith("; drop this one")
    for classes in (2, 3, 4):
        once = tf.nn.softmax(INPUTS[:, :classes]).numpy()
        again = tf.nn.softmax(once).numpy()
        assert (again.max(-1) < once.max(-1)).all()
        assert (again.min(-1) > once.min(-1)).all()


def test_softmax_of_the_largest_is_nearly_equal_too(said: Said, tf: Any) -> None:
    largest = "tf.nn.softmax(tf.math.top_k(tf.nn.softmax(x @ w), {}).values)"
    message = said("LGT206", "Dense(3)", more=largest.format(5))
    surest = tf.nn.softmax(tf.eye(1, 5)).numpy().max()
    assert f"Of 5 classes none can be above {surest:.2f}" in message
    assert message.endswith("; divide by the sum instead")
    probabilities = tf.nn.softmax(INPUTS * 9)
    values = tf.math.top_k(probabilities, 3).values
    assert tf.nn.softmax(values).numpy().max() < math.e / (math.e + 2) + 1e-6
    right = values / tf.reduce_sum(values, -1, keepdims=True)
    chosen = tf.nn.softmax(tf.math.top_k(INPUTS * 9, 3).values)
    assert right.numpy() == pytest.approx(chosen.numpy(), abs=1e-5)


def test_no_loss_undoes_the_first_softmax(page: Said, keras: Any, tf: Any) -> None:
    assert "Keras on TensorFlow looks behind the second one only" in page("LGT206")
    inner = tf.nn.softmax(INPUTS[:, :3]).numpy()
    outputs = keras.activations.softmax(keras.activations.softmax(INPUTS[:, :3]))
    trained = _mean(keras.losses.categorical_crossentropy(CLASSES, outputs))
    assert trained == pytest.approx(_mean(tf.nn.softmax_cross_entropy_with_logits(CLASSES, inner)))


# LGT207


@pytest.mark.filterwarnings("ignore")
def test_softmax_over_the_batch_depends_on_the_batch(said: Said, page: Said, keras: Any, tf: Any) -> None:
    assert "What the model answers for one sample depends on the others in its batch" in said(
        "LGT207", "Dense(3), Softmax(axis=0)"
    )
    assert "alone in its batch, every sample is 1.0 in each class" in page("LGT207")
    layer = keras.layers.Softmax(axis=0)
    scores = INPUTS[:, :3]
    assert np.asarray(layer(scores[:1])).tolist() == [[1.0, 1.0, 1.0]]
    assert np.abs(np.asarray(layer(scores))[0] - 1).max() > 0.5
    assert "the loss falls as if all were well" in page("LGT207")
    trained = _mean(keras.losses.categorical_crossentropy(CLASSES, layer(scores)))
    assert trained == pytest.approx(_mean(tf.nn.softmax_cross_entropy_with_logits(CLASSES, scores)))


# LGT208


def test_dropout_leaves_no_distribution(said: Said, page: Said, keras: Any, tf: Any) -> None:
    message = said("LGT208", 'Dense(3, activation="softmax"), Dropout(0.5)', '"categorical_crossentropy"')
    assert "Dropout (line 6) stands between the softmax of 'model' and 'categorical_crossentropy'" in message
    assert "lies anywhere between 0 and 2" in page("LGT208")
    dropped = keras.layers.Dropout(0.5, seed=1)(tf.nn.softmax(INPUTS), training=True).numpy()
    sums = dropped.sum(-1)
    assert sums.min() == 0
    assert 1.5 < sums.max() <= 2.001
    assert "with no gradient" in page("LGT208")
    label, outputs = CLASSES[:1], (1 - CLASSES[:1]) / 2

    def loss(at: Any) -> Any:
        return keras.losses.categorical_crossentropy(label, at)

    assert _mean(loss(outputs)) == pytest.approx(16.118, abs=1e-2)
    assert not _gradient(tf, loss, outputs).any()


def test_noise_and_normalisation_leave_the_unit_interval(page: Said, keras: Any, tf: Any) -> None:
    assert "Noise makes numbers below 0 and above 1" in page("LGT208")
    probabilities = tf.nn.softmax(INPUTS * 9)
    noisy = keras.layers.GaussianNoise(0.2, seed=1)(probabilities, training=True).numpy()
    assert noisy.min() < 0
    assert noisy.max() > 1
    assert "Most normalisations move the mean to zero" in page("LGT208")
    for layer in (
        keras.layers.LayerNormalization(),
        keras.layers.BatchNormalization(),
        keras.layers.GroupNormalization(2),
    ):
        normal = np.asarray(layer(probabilities, training=True))
        assert normal.mean() == pytest.approx(0, abs=1e-3)
        assert normal.min() < -0.1
    assert "without that they still make numbers above 1" in page("LGT208")
    assert np.asarray(keras.layers.RMSNormalization()(probabilities)).max() > 1.5


@pytest.mark.parametrize(
    "layer",
    [
        "Dropout(0.5)",
        "AlphaDropout(0.5)",
        "GaussianDropout(0.5)",
        "GaussianNoise(0.2)",
        "BatchNormalization()",
        "LayerNormalization()",
        "GroupNormalization(1)",
        "RMSNormalization()",
    ],
)
@pytest.mark.parametrize("activation", ["softmax", "sigmoid"])
def test_what_is_disturbed_are_no_probabilities_any_more(
    layer: str, activation: str, said: Said, keras: Any, tf: Any
) -> None:
    loss = "categorical_crossentropy" if activation == "softmax" else "binary_crossentropy"
    message = said("LGT208", f'Dense(4, activation="{activation}"), keras.layers.{layer}', f"'{loss}'")
    assert f"stands between the {activation} of " in message
    assert message.endswith(f" and '{loss}'; put it before the last layer")
    assert "While training, what the loss reads are no probabilities any more" in message
    disturbing = eval(f"layers.{layer}", {"layers": keras.layers})
    disturbed = np.asarray(disturbing(getattr(keras.activations, activation)(INPUTS * 5), training=True))
    assert disturbed.max() > 1.01


# LGT209


def test_a_logarithm_of_logits_is_nan(said: Said, tensorflow: Any) -> None:
    loss = "lambda y, p: -keras.ops.mean(y * keras.ops.log(p + 1e-7))"
    assert "reach a logarithm, which expects probabilities" in said("LGT209", "Dense(3)", loss=loss)
    logits = np.array([[-1.0, 2.0, 0.5]], "float32")
    assert math.isnan(-_mean(CLASSES[:1] * tensorflow.math.log(logits + 1e-7)))
    gradient = _gradient(tensorflow, lambda z: tensorflow.math.log(tensorflow.clip_by_value(z, 1e-7, 1 - 1e-7)), logits)
    assert (gradient[0] != 0).tolist() == [False, False, True]


def test_an_overlap_of_logits_has_no_lowest_value() -> None:
    truth = np.array([1.0, 0.0, 1.0, 0.0])

    def dice_loss(found: Any) -> float:
        return float(1 - 2 * np.sum(truth * found) / (np.sum(truth) + np.sum(found)))

    assert dice_loss(truth) == 0
    assert dice_loss(20 * truth - 10) == pytest.approx(-19)
    assert dice_loss(40 * truth - 20) < dice_loss(20 * truth - 10)


# LGT210


def test_logits_as_targets_give_no_entropy(keras: Any) -> None:
    logits = np.array([[2.0, 1.0, -1.0]], "float32")
    shares = keras.ops.softmax(logits)

    def entropy(targets: Any, scores: Any) -> float:
        return _mean(keras.losses.categorical_crossentropy(targets, scores, from_logits=True))

    assert entropy(logits, logits) == pytest.approx(-1.30, abs=0.01)
    assert entropy(shares, logits) == pytest.approx(0.71, abs=0.01)
    assert entropy(10 * logits, 10 * logits) < entropy(logits, logits)


# LGT211


def test_swapped_arguments_leave_hardly_a_gradient(keras: Any, tensorflow: Any) -> None:
    truth, wrong = CLASSES[:1], np.zeros_like(CLASSES[:1]) - 5 * CLASSES[:1]
    loss = keras.losses.CategoricalCrossentropy()

    def right(logits: Any) -> Any:
        return loss(truth, tensorflow.nn.softmax(logits))

    def swapped(logits: Any) -> Any:
        return loss(tensorflow.nn.softmax(logits), truth)

    where = truth[0] == 1
    assert _gradient(tensorflow, right, wrong)[0][where] == pytest.approx(-1.0, abs=0.01)
    assert _gradient(tensorflow, swapped, wrong)[0][where] == pytest.approx(-0.05, abs=0.01)
    from_logits = keras.losses.CategoricalCrossentropy(from_logits=True)
    assert float(from_logits(wrong, truth)) == pytest.approx(-2.76, abs=0.01)
    assert float(from_logits(10 * wrong, truth)) < float(from_logits(wrong, truth))


def test_class_numbers_in_the_place_of_predictions_are_an_error(keras: Any) -> None:
    with pytest.raises(ValueError, match="rank"):
        keras.losses.SparseCategoricalCrossentropy()(CLASSES, np.argmax(CLASSES, axis=-1))


# LGT212


@pytest.mark.parametrize(
    ("loss", "units", "labels"),
    [
        ("sparse_categorical_crossentropy", 3, np.eye(3)[[0, 1, 2, 0]]),
        ("categorical_crossentropy", 3, np.array([0, 1, 2, 0])),
        ("categorical_crossentropy", 3, np.eye(4)[[0, 1, 2, 0]]),
        ("binary_crossentropy", 1, np.eye(2)[[0, 1, 1, 0]]),
    ],
)
def test_labels_that_do_not_fit_are_an_error(keras: Any, loss: str, units: int, labels: Any) -> None:
    activation = "softmax" if units > 1 else "sigmoid"
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units, activation=activation)])
    model.compile("adam", loss)
    with pytest.raises(ValueError, match=r"same (rank|shape)|must have rank"):
        model.fit(np.zeros((4, 2)), labels, verbose=0)


# LGT902


def test_a_softmax_over_many_units_lets_little_through(tensorflow: Any) -> None:
    alike = np.zeros((1, 64), "float32")
    found = _gradient(tensorflow, lambda z: tensorflow.nn.softmax(z)[0, 0], alike)[0, 0]
    assert found == pytest.approx(0.015, abs=0.001)
    assert _gradient(tensorflow, lambda z: tensorflow.nn.relu(z + 1)[0, 0], alike)[0, 0] == 1

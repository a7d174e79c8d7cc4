"""Each sentence of the rules on metrics and inference (LGT3, LGT4, LGT9) that states a fact, reproduced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flake8_logits.rules.registry import RULES

Said = Callable[..., str]

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 2, 500)
LOGITS = (LABELS * 1.5 + RNG.normal(size=500) - 0.2).astype("float32")
PROBABILITIES = (1 / (1 + np.exp(-LOGITS))).astype("float32")
TRUE_LOSS = "keras.losses.BinaryCrossentropy(True)"


def _score(metric: Any, outputs: Any) -> float:
    metric.update_state(LABELS[:, None], np.asarray(outputs)[:, None])
    return float(np.mean(metric.result()))


def _in_a_graph(metric: Any, activation: Any) -> float:
    """What a metric shows of the logits after an activation, as ``fit`` updates it."""
    import tensorflow as tf

    def update(labels: Any, logits: Any) -> None:
        metric.update_state(labels, activation(logits))

    tf.function(update)(tf.constant(LABELS[:, None]), tf.constant(LOGITS[:, None]))
    return float(metric.result())


# LGT301

CUTTING = ["BinaryAccuracy", "BinaryIoU"]
COUNTING = ["Precision", "Recall", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"]


def test_half_a_logit_is_not_half_a_probability(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT301", "Dense(1)", TRUE_LOSS, '"accuracy"')
    assert "A logit of 0.5 is a probability of 0.62; one half is a logit of 0" in message
    assert tf.sigmoid(0.5).numpy() == pytest.approx(0.62, abs=5e-3)
    assert "one half is a logit of 0" in page("LGT301")
    assert tf.sigmoid(0.0).numpy() == 0.5


@pytest.mark.parametrize("name", [*CUTTING, *COUNTING])
def test_threshold_of_zero_mends_it(name: str, said: Said, keras: Any) -> None:
    keyword = "threshold" if name in CUTTING else "thresholds"
    assert f"pass {keyword}=0" in said("LGT301", "Dense(1)", TRUE_LOSS, f"keras.metrics.{name}()")
    given = {"target_class_ids": [1]} if name == "BinaryIoU" else {}
    metric = getattr(keras.metrics, name)
    right = _score(metric(**given), PROBABILITIES)
    assert _score(metric(**given), LOGITS) != pytest.approx(right, abs=1e-3)
    assert _score(metric(**given, **{keyword: 0}), LOGITS) == pytest.approx(right, abs=1e-6)


def test_sums_over_several_units_are_cut_as_well(said: Said, keras: Any, tf: Any) -> None:
    message = said("LGT301", "Dense(3)", TRUE_LOSS, "keras.metrics.BinaryAccuracy()")
    assert "cuts the logits of 'model' (Dense, line 6) at 0.5; pass threshold=0" in message
    logits = RNG.normal(size=(200, 3)).astype("float32")
    labels = (logits > 0).astype("float32")
    for metric, right in ((keras.metrics.BinaryAccuracy(), False), (keras.metrics.BinaryAccuracy(threshold=0), True)):
        metric.update_state(labels, logits)
        assert (float(metric.result()) == 1) is right


@pytest.mark.parametrize(
    ("string", "advice"),
    [
        ("binary_accuracy", "use BinaryAccuracy(threshold=0)"),
        ("BinaryAccuracy", "use BinaryAccuracy(threshold=0)"),
        ("precision", "use Precision(thresholds=0)"),
        ("Recall", "use Recall(thresholds=0)"),
        ("true_positives", "use TruePositives(thresholds=0)"),
        ("FalseNegatives", "use FalseNegatives(thresholds=0)"),
        ("auc", "use AUC(from_logits=True)"),
    ],
)
def test_string_is_replaced_by_a_metric_that_can_be_told(string: str, advice: str, said: Said, keras: Any) -> None:
    code = "LGT302" if string == "auc" else "LGT301"
    assert said(code, "Dense(1)", TRUE_LOSS, f'"{string}"').endswith(f"; {advice}")
    told = eval(advice.removeprefix("use "), vars(keras.metrics))
    assert _score(told, LOGITS) == pytest.approx(_score(type(told)(), PROBABILITIES), abs=1e-6)


def test_function_of_keras_takes_a_threshold(said: Said, keras: Any) -> None:
    assert said("LGT301", "Dense(1)", TRUE_LOSS, "keras.metrics.binary_accuracy").endswith(
        "; use BinaryAccuracy(threshold=0)"
    )
    called = said("LGT301", "Dense(1)", TRUE_LOSS, more="keras.metrics.binary_accuracy(y, model(x))")
    assert called.endswith("; pass threshold=0")
    labels, function = LABELS[:, None], keras.metrics.binary_accuracy
    right = np.mean(function(labels, PROBABILITIES[:, None]))
    assert np.mean(function(labels, LOGITS[:, None])) != pytest.approx(right, abs=1e-3)
    assert np.mean(function(labels, LOGITS[:, None], threshold=0)) == pytest.approx(right)


CHOICES = RNG.integers(0, 4, 300)
CHOSEN = np.eye(4, dtype="float32")[CHOICES]
SCORES = (RNG.normal(size=(300, 4)) + CHOSEN).astype("float32")
BETWEEN = "keras.losses.CategoricalCrossentropy(True)"


@pytest.mark.parametrize(
    ("code", "metric", "words"),
    [
        ("LGT301", "Precision()", "A single logit of several classes is no probability"),
        ("LGT301", "BinaryAccuracy()", "A single logit of several classes is no probability"),
        ("LGT302", "AUC()", "all logits below count as the same, and all above"),
        ("LGT303", "RecallAtPrecision(0.8)", "has no from_logits to be told"),
    ],
)
def test_logits_of_classes_need_a_softmax(code: str, metric: str, words: str, said: Said, keras: Any, tf: Any) -> None:
    message = said(code, "Dense(4)", BETWEEN, f"keras.metrics.{metric}")
    assert words in message
    assert message.endswith("; end the model in softmax and drop from_logits=True")

    def score(outputs: Any, **told: Any) -> float:
        made = eval(metric, vars(keras.metrics))
        made = type(made)(**told) if told else made
        made.update_state(CHOSEN, outputs)
        return float(made.result())

    right = score(tf.nn.softmax(SCORES))
    assert score(SCORES) != pytest.approx(right, abs=1e-3)
    # What mends the logits of a binary loss does not mend these.
    told: dict[str, dict[str, Any]] = {
        "Precision()": {"thresholds": 0},
        "BinaryAccuracy()": {"threshold": 0},
        "AUC()": {"from_logits": True},
    }
    if metric in told:
        assert score(SCORES, **told[metric]) != pytest.approx(right, abs=1e-3)


def test_one_logit_of_several_classes_says_nothing(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT403", "Dense(4)", BETWEEN, more="model.predict(x)[:, 1] > 0.5")
    assert "A single logit of several classes is no probability" in message
    assert message.endswith("are compared with 0.5; apply a softmax first")
    assert "a single one of them says nothing" in page("LGT403")
    yes = tf.nn.softmax(SCORES).numpy() > 0.5
    assert ((SCORES > 0.5) != yes).any()
    assert ((SCORES > 0) != yes).any()


def test_accuracy_of_one_unit_is_the_binary_one(said: Said, keras: Any) -> None:
    assert "use BinaryAccuracy(threshold=0)" in said("LGT301", "Dense(1)", TRUE_LOSS, '"accuracy"')
    model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
    model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    _, accuracy = model.evaluate(LOGITS[:, None], LABELS[:, None], verbose=0)
    assert accuracy == pytest.approx(_score(keras.metrics.BinaryAccuracy(), LOGITS))
    assert accuracy != pytest.approx(_score(keras.metrics.BinaryAccuracy(threshold=0), LOGITS), abs=1e-3)


def test_f1_refuses_a_threshold_of_zero(said: Said, keras: Any) -> None:
    message = said("LGT301", "Dense(1)", TRUE_LOSS, "keras.metrics.F1Score(threshold=0.5)")
    assert "F1Score refuses a threshold of 0" in message
    assert message.endswith("; end the model in sigmoid and drop from_logits=True")
    for metric in (keras.metrics.F1Score, keras.metrics.FBetaScore):
        with pytest.raises(ValueError, match="threshold"):
            metric(threshold=0.0)


def test_categorical_accuracy_is_right_on_logits(page: Said, keras: Any, tf: Any) -> None:
    assert "Categorical and top-k accuracy look for the largest number only and are right on logits" in page("LGT301")
    logits = RNG.normal(size=(50, 5)).astype("float32")
    classes = RNG.integers(0, 5, 50)
    for metric in (keras.metrics.SparseCategoricalAccuracy, keras.metrics.SparseTopKCategoricalAccuracy):
        values = []
        for outputs in (logits, tf.nn.softmax(logits)):
            one = metric(k=2) if "TopK" in metric.__name__ else metric()
            one.update_state(classes, outputs)
            values.append(float(one.result()))
        assert values[0] == values[1]


def test_examples_of_the_page(page: Said, keras: Any) -> None:
    for name, words in (("Recall", "the recall was {} instead of {}"), ("Precision", "the precision {} instead of {}")):
        metric = getattr(keras.metrics, name)
        wrong, right = _score(metric(), LOGITS), _score(metric(), PROBABILITIES)
        assert words.format(f"{wrong:.2f}", f"{right:.2f}") in page("LGT301")


# LGT302, LGT303, LGT304


def test_area_counts_all_outside_as_the_same(said: Said, keras: Any) -> None:
    message = said("LGT302", "Dense(1)", TRUE_LOSS, "keras.metrics.AUC()")
    assert "It tries thresholds from 0 to 1: all logits below count as the same, and all above" in message
    clipped = np.clip(LOGITS, -1e-6, 1 + 1e-6)
    wrong = _score(keras.metrics.AUC(), LOGITS)
    assert wrong == pytest.approx(_score(keras.metrics.AUC(), clipped), abs=1e-6)
    assert wrong < _score(keras.metrics.AUC(from_logits=True), LOGITS) - 0.01
    assert _score(keras.metrics.AUC(from_logits=True), LOGITS) == _score(keras.metrics.AUC(), PROBABILITIES)


def test_area_example_of_the_page(page: Said, keras: Any) -> None:
    wrong, right = _score(keras.metrics.AUC(), LOGITS), _score(keras.metrics.AUC(), PROBABILITIES)
    assert f"{wrong:.2f} instead of {right:.2f} in a small measured example" in page("LGT302")


@pytest.mark.parametrize(
    "name", ["PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity"]
)
def test_swept_thresholds_stay_between_zero_and_one(name: str, said: Said, keras: Any) -> None:
    message = said("LGT303", "Dense(1)", TRUE_LOSS, f"keras.metrics.{name}(0.9)")
    assert "It tries thresholds between 0 and 1 only, and has no from_logits to be told" in message
    metric = getattr(keras.metrics, name)
    assert 0 <= min(metric(0.9).thresholds) < 1e-3 or min(metric(0.9).thresholds) == pytest.approx(0, abs=1e-3)
    assert max(metric(0.9).thresholds) == pytest.approx(1, abs=1e-3)
    assert _score(metric(0.9), LOGITS) != pytest.approx(_score(metric(0.9), PROBABILITIES), abs=1e-3)
    with pytest.raises(TypeError):
        metric(0.9, from_logits=True)


def test_swept_example_of_the_page(page: Said, keras: Any) -> None:
    metric = keras.metrics.PrecisionAtRecall
    wrong, right = _score(metric(0.5), LOGITS), _score(metric(0.5), PROBABILITIES)
    assert f"was {wrong:.2f} instead of {right:.2f}" in page("LGT303")


def test_cross_entropy_metric_does_not_show_the_loss(said: Said, page: Said, keras: Any) -> None:
    message = said("LGT304", "Dense(1)", TRUE_LOSS, '"binary_crossentropy"')
    assert "What it shows is not the loss that is trained" in message
    assert message.endswith("which expects probabilities; use BinaryCrossentropy(from_logits=True)")
    wrong = _score(keras.metrics.BinaryCrossentropy(), LOGITS)
    right = _score(keras.metrics.BinaryCrossentropy(from_logits=True), LOGITS)
    assert f"{wrong:.2f} instead of {right:.2f}" in page("LGT304")
    told = said(
        "LGT304", 'Dense(1, activation="sigmoid")', "'bce'", "keras.metrics.BinaryCrossentropy(from_logits=True)"
    )
    assert "reaches metric BinaryCrossentropy told from_logits=True; drop from_logits=True" in told
    assert "Keras on TensorFlow usually undoes the sigmoid. JAX and PyTorch show another number" in told
    metric = keras.metrics.BinaryCrossentropy(from_logits=True)
    undone = _in_a_graph(metric, keras.activations.sigmoid)
    assert undone == pytest.approx(right, rel=1e-3)
    assert _score(keras.metrics.BinaryCrossentropy(from_logits=True), PROBABILITIES) > right + 0.1


def test_divergence_of_logits(said: Said, keras: Any) -> None:
    logits = "keras.losses.CategoricalCrossentropy(True)"
    message = said("LGT304", "Dense(3)", logits, "keras.metrics.KLDivergence()")
    assert "What it shows is not the loss that is trained" in message
    assert message.endswith("; end the model in softmax and drop from_logits=True")
    outputs = RNG.normal(size=(50, 3)).astype("float32")
    classes = np.eye(3, dtype="float32")[RNG.integers(0, 3, 50)]
    trained = keras.losses.CategoricalCrossentropy(from_logits=True)(classes, outputs)
    for given, right in ((outputs, False), (np.asarray(keras.activations.softmax(outputs)), True)):
        metric = keras.metrics.KLDivergence()
        metric.update_state(classes, given)
        assert (float(metric.result()) == pytest.approx(float(trained), rel=1e-3)) is right


@pytest.mark.parametrize("name", ["CategoricalCrossentropy", "SparseCategoricalCrossentropy"])
def test_other_cross_entropies_are_told_as_well(name: str, said: Said, keras: Any) -> None:
    message = said("LGT304", "Dense(3)", f"keras.losses.{name}(True)", f"keras.metrics.{name}()")
    assert message.endswith(f"reach metric {name}, which expects probabilities; pass from_logits=True")
    logits = RNG.normal(size=(50, 3)).astype("float32")
    numbers = RNG.integers(0, 3, 50)
    labels = numbers if "Sparse" in name else np.eye(3, dtype="float32")[numbers]
    trained = float(getattr(keras.losses, name)(from_logits=True)(labels, logits))
    for told in (False, True):
        metric = getattr(keras.metrics, name)(from_logits=told)
        metric.update_state(labels, logits)
        assert (float(metric.result()) == pytest.approx(trained, rel=1e-3)) is told


# LGT305


@pytest.mark.parametrize("name", ["BinaryAccuracy", "Recall"])
def test_every_probability_is_above_zero(name: str, said: Said, page: Said, keras: Any) -> None:
    keyword = "threshold" if name == "BinaryAccuracy" else "thresholds"
    metric = f"keras.metrics.{name}({keyword}=0.0)"
    message = said("LGT305", 'Dense(1, activation="sigmoid")', "'bce'", metric)
    assert "cuts the sigmoid of 'model' (Dense, line 6) at 0; leave the threshold at 0.5" in message
    assert "All but an exact 0 are above" in message
    assert "the accuracy is the share of the positives, the recall is 1" in page("LGT305")
    score = _score(getattr(keras.metrics, name)(**{keyword: 0.0}), PROBABILITIES)
    assert score == pytest.approx(LABELS.mean() if name == "BinaryAccuracy" else 1.0, abs=1e-6)


# LGT4


def test_second_softmax_on_answers(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT401", 'Dense(10, activation="softmax")', more="tf.nn.softmax(model.predict(x))")
    surest = tf.nn.softmax(tf.eye(1, 10)).numpy().max()
    assert f"Of 10 classes none can be above {surest:.2f}" in message
    assert f"the surest answer becomes {surest:.2f}" in page("LGT401")
    scores = tf.nn.softmax(RNG.normal(size=(20, 10)))
    assert (np.argsort(scores) == np.argsort(tf.nn.softmax(scores))).all()


def test_second_sigmoid_on_answers(said: Said, tf: Any) -> None:
    message = said("LGT401", 'Dense(1, activation="sigmoid")', more="tf.sigmoid(model.predict(x))")
    assert "a second sigmoid is applied to the sigmoid of 'model' (Dense, line 6); drop this one" in message
    assert "All that comes out lies between 0.5 and 0.73" in message
    answers = tf.sigmoid(PROBABILITIES).numpy()
    assert 0.5 <= answers.min() < answers.max() < 0.7311


def test_second_softmax_over_the_largest(said: Said, page: Said, tf: Any) -> None:
    largest = "tf.nn.softmax(tf.math.top_k(model(x), 4).values)"
    message = said("LGT401", 'Dense(10, activation="softmax")', more=largest)
    surest = tf.nn.softmax(tf.eye(1, 4)).numpy().max()
    assert f"Of 4 classes none can be above {surest:.2f}" in message
    assert message.endswith("; divide by the sum instead")
    assert "also after `top_k`" in page("LGT401")


def test_sigmoids_drawn_as_logits(said: Said, page: Said, tf: Any) -> None:
    bernoulli = "tf.compat.v1.distributions.Bernoulli"
    message = said("LGT402", 'Dense(1, activation="sigmoid")', more=f"{bernoulli}(model(x))")
    assert "A sigmoid is applied to each of them, which gives between 0.5 and 0.73" in message
    assert message.endswith("reaches Bernoulli, which takes logits; pass it as probs")
    assert "a sigmoid once more makes all of them lie between 0.5 and 0.73" in page("LGT402")
    made = tf.compat.v1.distributions.Bernoulli
    drawn = made(PROBABILITIES).probs.numpy()
    assert 0.5 <= drawn.min() < drawn.max() < 0.7311
    assert made(probs=PROBABILITIES).probs.numpy() == pytest.approx(PROBABILITIES)


def test_sigmoids_drawn_as_classes(said: Said, tf: Any) -> None:
    message = said("LGT402", 'Dense(3, activation="sigmoid")', more="tf.random.categorical(model(x), 1)")
    assert "A softmax is applied to them, so draws are more even than they say" in message
    assert message.endswith("; give it the numbers before the sigmoid")
    assert tf.nn.softmax([[1.0, 0.0, 0.0]]).numpy().max() < 0.58


@pytest.mark.parametrize("temperature", [0.2, 0.7, 3.0])
def test_probabilities_divided_by_a_temperature(temperature: float, said: Said, tf: Any) -> None:
    setup = f"tf.random.categorical(model(x) / {temperature}, 1)"
    message = said("LGT402", 'Dense(3, activation="softmax")', more=setup)
    assert "It draws with other probabilities than these" in message
    assert message.endswith("; divide the logarithm instead")
    logits = RNG.normal(size=(20, 3))
    probabilities = tf.nn.softmax(logits)
    meant = tf.nn.softmax(logits / temperature).numpy()
    assert np.abs(tf.nn.softmax(probabilities / temperature) - meant).max() > 0.01
    assert tf.nn.softmax(tf.math.log(probabilities) / temperature).numpy() == pytest.approx(meant)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_draws_from_probabilities_have_a_ceiling(classes: int, said: Said, tf: Any) -> None:
    message = said("LGT402", f'Dense({classes}, activation="softmax")', more="tf.random.categorical(model(x), 1)")
    surest = tf.nn.softmax(tf.eye(1, classes)).numpy().max()
    assert f"of {classes} classes none is drawn with more than {surest:.2f}" in message


def test_draws_from_probabilities_are_more_even(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT402", 'Dense(3, activation="softmax")', more="tf.random.categorical(model(x), 1)")
    assert message.endswith("reaches categorical, which takes logits; give it the logarithm")
    assert "0.94, 0.05 and 0.02 were drawn with frequencies of 0.55, 0.22 and 0.22" in page("LGT402")
    probabilities = tf.constant([[0.936, 0.047, 0.017]])

    def drawn(logits: Any) -> Any:
        draws = tf.random.stateless_categorical(logits, 20_000, seed=(1, 2)).numpy()
        return np.bincount(draws[0], minlength=3) / draws.size

    assert drawn(probabilities) == pytest.approx([0.55, 0.22, 0.22], abs=0.015)
    assert drawn(tf.math.log(probabilities)) == pytest.approx([0.936, 0.047, 0.017], abs=0.01)


def test_logits_compared_with_one_half(said: Said, page: Said, tf: Any) -> None:
    setup = "logits = model.predict(x)\n"
    message = said("LGT403", "Dense(1)", TRUE_LOSS, more=f"{setup}logits > 0.5")
    assert "A logit of 0.5 is a probability of 0.62; one half is a logit of 0" in message
    assert message.endswith("are compared with 0.5; compare with 0, or apply a sigmoid first")
    rounded = said("LGT403", "Dense(1)", TRUE_LOSS, more=f"{setup}tf.round(logits)")
    assert "Rounding logits gives any whole number" in rounded
    assert "are rounded; compare with 0" in rounded
    yes = tf.sigmoid(LOGITS).numpy() > 0.5
    assert ((LOGITS > 0) == yes).all()
    assert ((LOGITS > 0.5) != yes).any()
    assert "any whole number" in page("LGT403")
    assert len(np.unique(tf.round(LOGITS))) > 2


# LGT901


def test_advice_calls_the_pair_right(said: Said, keras: Any) -> None:
    message = said("LGT901", 'Dense(1, activation="sigmoid")', "'binary_crossentropy'")
    assert "It is right" in message
    assert "logits are more stable: drop it, use BinaryCrossentropy(from_logits=True)" in message
    cut_off = "Where Keras cannot see the logits, the loss of a probability that is rounded to 0 has no gradient"
    assert cut_off in message
    labels = LABELS[:, None].astype("float32")
    given = keras.losses.binary_crossentropy(labels, PROBABILITIES[:, None])
    told = keras.losses.binary_crossentropy(labels, LOGITS[:, None], from_logits=True)
    assert np.asarray(given) == pytest.approx(np.asarray(told), rel=1e-4)


def test_clipped_probabilities_lose_large_losses(page: Said, keras: Any, tf: Any) -> None:
    assert "a loss above 16 cannot be told from 16, and has no gradient" in page("LGT901")
    logit, label = tf.constant([[-40.0]]), tf.constant([[1.0]])
    probability = tf.Variable(tf.sigmoid(logit))
    with tf.GradientTape() as tape:
        clipped = keras.losses.binary_crossentropy(label, probability)
    assert clipped.numpy() == pytest.approx(16.1, abs=0.1)
    assert tape.gradient(clipped, probability).numpy() == 0
    assert keras.losses.binary_crossentropy(label, logit, from_logits=True).numpy() == pytest.approx(40)
    assert "Keras on TensorFlow mostly finds the numbers before the activation" in page("LGT901")
    assert keras.losses.binary_crossentropy(label, keras.activations.sigmoid(logit)).numpy() == pytest.approx(40)


def test_advice_is_off_by_default() -> None:
    assert [rule.code for rule in RULES if not rule.default] == ["LGT901", "LGT902", "LGT903"]


# LGT306


def test_class_numbers_of_probabilities_are_all_zero(said: Said, keras: Any) -> None:
    message = said("LGT306", 'Dense(2, activation="softmax")', metrics="keras.metrics.MeanIoU(num_classes=2)")
    assert "takes the softmax of 'model' (Dense, line 6) for class numbers" in message
    labels = np.array([0, 1] * 5)
    right = np.where(labels[:, None] == np.arange(2), 0.9, 0.1)
    metric = keras.metrics.MeanIoU(num_classes=2)
    metric.update_state(labels, right[:, 1])
    assert float(metric.result()) == pytest.approx(0.25)
    told = keras.metrics.MeanIoU(num_classes=2, sparse_y_pred=False)
    told.update_state(labels, right)
    assert float(told.result()) == pytest.approx(1)


# LGT405


def test_argmax_of_one_unit_is_always_0() -> None:
    assert set(np.argmax(np.random.default_rng(0).normal(size=(50, 1)), axis=-1).tolist()) == {0}


# LGT404


@pytest.mark.filterwarnings("ignore")
def test_the_logarithm_of_a_negative_probability_is_nan(tensorflow: Any) -> None:
    assert np.isnan(tensorflow.math.log(-1.0))


# LGT406


def test_log_probabilities_are_never_above_one_half(keras: Any) -> None:
    sure = np.array([[60.0, -60.0], [0.0, 0.0]], "float32")
    found = np.asarray(keras.ops.log_softmax(sure))
    assert found.max() == 0
    assert found[1, 0] == pytest.approx(-0.69, abs=0.01)


# LGT903


def test_what_an_exported_model_of_logits_answers(keras: Any) -> None:
    shares = np.asarray(keras.ops.softmax(np.array([[2.0, 1.0, -1.0]], "float32")))[0]
    assert shares.tolist() == pytest.approx([0.71, 0.26, 0.04], abs=0.01)

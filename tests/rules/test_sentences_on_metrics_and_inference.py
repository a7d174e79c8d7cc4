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


# LGT301

CUTTING = ["BinaryAccuracy", "BinaryIoU"]
COUNTING = ["Precision", "Recall", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"]


def test_half_a_logit_is_not_half_a_probability(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT301", "Dense(1)", TRUE_LOSS, '"accuracy"')
    assert "counts logits above 0.5, a probability of 0.62" in message
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


def test_accuracy_of_one_unit_is_the_binary_one(said: Said, keras: Any) -> None:
    assert "use BinaryAccuracy(threshold=0)" in said("LGT301", "Dense(1)", TRUE_LOSS, '"accuracy"')
    model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
    model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    _, accuracy = model.evaluate(LOGITS[:, None], LABELS[:, None], verbose=0)
    assert accuracy == pytest.approx(_score(keras.metrics.BinaryAccuracy(), LOGITS))
    assert accuracy != pytest.approx(_score(keras.metrics.BinaryAccuracy(threshold=0), LOGITS), abs=1e-3)


def test_f1_refuses_a_threshold_of_zero(said: Said, keras: Any) -> None:
    assert "it refuses a threshold of 0" in said(
        "LGT301", "Dense(1)", TRUE_LOSS, "keras.metrics.F1Score(threshold=0.5)"
    )
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
    assert "all below 0 and all above 1 count as the same" in message
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
    assert "tries thresholds between 0 and 1 only" in message
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
    assert "it does not show the loss that is trained; use BinaryCrossentropy(from_logits=True)" in message
    wrong = _score(keras.metrics.BinaryCrossentropy(), LOGITS)
    right = _score(keras.metrics.BinaryCrossentropy(from_logits=True), LOGITS)
    assert f"{wrong:.2f} instead of {right:.2f}" in page("LGT304")
    told = said(
        "LGT304", 'Dense(1, activation="sigmoid")', "'bce'", "keras.metrics.BinaryCrossentropy(from_logits=True)"
    )
    assert "is told from_logits=True: the two contradict each other" in told
    assert _score(keras.metrics.BinaryCrossentropy(from_logits=True), PROBABILITIES) > right + 0.1


# LGT305


@pytest.mark.parametrize("name", ["BinaryAccuracy", "Recall"])
def test_every_probability_is_above_zero(name: str, said: Said, page: Said, keras: Any) -> None:
    keyword = "threshold" if name == "BinaryAccuracy" else "thresholds"
    metric = f"keras.metrics.{name}({keyword}=0.0)"
    assert "cuts at 0: all of them are above" in said("LGT305", 'Dense(1, activation="sigmoid")', "'bce'", metric)
    assert "the accuracy is the share of the positives, the recall is 1" in page("LGT305")
    score = _score(getattr(keras.metrics, name)(**{keyword: 0.0}), PROBABILITIES)
    assert score == pytest.approx(LABELS.mean() if name == "BinaryAccuracy" else 1.0, abs=1e-6)


# LGT4


def test_second_softmax_on_answers(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT401", 'Dense(10, activation="softmax")', more="tf.nn.softmax(model.predict(x))")
    surest = tf.nn.softmax(tf.eye(1, 10)).numpy().max()
    assert f"of 10 classes none can be above {surest:.2f}" in message
    assert f"the surest answer becomes {surest:.2f}" in page("LGT401")
    scores = tf.nn.softmax(RNG.normal(size=(20, 10)))
    assert (np.argsort(scores) == np.argsort(tf.nn.softmax(scores))).all()


def test_draws_from_probabilities_are_nearly_uniform(said: Said, page: Said, tf: Any) -> None:
    message = said("LGT402", 'Dense(3, activation="softmax")', more="tf.random.categorical(model(x), 1)")
    assert "what is drawn is nearly uniform; give it their logarithm" in message
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
    assert "compared with 0.5, a probability of 0.62; compare with 0" in message
    assert "rounded as if it were a probability" in said(
        "LGT403", "Dense(1)", TRUE_LOSS, more=f"{setup}tf.round(logits)"
    )
    yes = tf.sigmoid(LOGITS).numpy() > 0.5
    assert ((LOGITS > 0) == yes).all()
    assert ((LOGITS > 0.5) != yes).any()
    assert "any whole number" in page("LGT403")
    assert len(np.unique(tf.round(LOGITS))) > 2


# LGT901


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
    assert [rule.code for rule in RULES if not rule.default] == ["LGT901"]

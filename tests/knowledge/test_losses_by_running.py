"""What the rows say of losses and metrics, held against the numbers that the installed libraries compute."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from flake8_logits.domain.contracts import Expects, Family, Support
from flake8_logits.knowledge import catalogue
from flake8_logits.knowledge.rows import Form, Loss, Metric

Resolve = Callable[[str], Any]
Judge = Callable[..., float]

LOSSES = tuple(
    row for row in catalogue.rows() if isinstance(row, Loss) and row.name.startswith(("keras.", "tensorflow."))
)
METRICS = tuple(row for row in catalogue.rows() if isinstance(row, Metric))
SWITCHED = [row for row in LOSSES if row.contract.expects is Expects.SWITCHED]
WITH_LOGITS = [row for row in LOSSES if row.contract.expects is Expects.LOGITS and "ctc" not in row.name.lower()]
CLASSES = 4


def _id(row: Loss | Metric) -> str:
    return row.name


def _labels(row: Loss, tensorflow: Any) -> Any:
    classes = tensorflow.constant([0, 1, 2, 3, 0])
    return classes if "sparse" in row.name.lower() else tensorflow.one_hot(classes, CLASSES)


def _activate(row: Loss, tensorflow: Any) -> Any:
    return tensorflow.nn.softmax if row.contract.family is Family.CATEGORICAL else tensorflow.nn.sigmoid


def _compute(row: Loss, resolve: Resolve, labels: Any, outputs: Any, **options: Any) -> float:
    thing = resolve(row.name)
    # The keywords are those of the row, so they are held against the library as well.
    given = {row.target.name: labels, row.prediction.name: outputs}
    found = thing(**options)(**given) if row.form is Form.CLASS else thing(**given, **options)
    return float(np.mean(found))


@pytest.mark.parametrize("row", SWITCHED, ids=_id)
def test_switch_stands_for_the_activation(row: Loss, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    labels = _labels(row, tensorflow)
    logits = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))
    from_logits = _compute(row, resolve, labels, logits, from_logits=True)
    from_probabilities = _compute(row, resolve, labels, _activate(row, tensorflow)(logits), from_logits=False)
    assert from_logits == pytest.approx(from_probabilities, rel=1e-3)
    unsaid = _compute(row, resolve, labels, _activate(row, tensorflow)(logits))
    assert unsaid == from_probabilities


@pytest.mark.filterwarnings("ignore:.*from_logits:UserWarning")
@pytest.mark.parametrize("row", SWITCHED, ids=_id)
def test_support_is_what_keras_3_does(row: Loss, keras: Any, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    labels = _labels(row, tensorflow)
    logits = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))
    softmax = row.contract.family is Family.CATEGORICAL
    outputs = (keras.activations.softmax if softmax else keras.activations.sigmoid)(logits)
    undone = _compute(row, resolve, labels, outputs, from_logits=True) == pytest.approx(
        _compute(row, resolve, labels, logits, from_logits=True), rel=1e-4
    )
    assert undone is (row.support is Support.FULL)


@pytest.mark.filterwarnings("ignore:.*from_logits:UserWarning")
@pytest.mark.parametrize("row", [row for row in SWITCHED if row.spoils_rescue and row.support is Support.FULL], ids=_id)
def test_what_spoils_the_rescue(row: Loss, keras: Any, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    assert row.spoils_rescue is not None
    labels = _labels(row, tensorflow)
    logits = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))
    options: dict[str, Any] = {"from_logits": True, row.spoils_rescue.name: -1}
    spoilt = _compute(row, resolve, labels, keras.activations.softmax(logits), **options)
    assert spoilt != pytest.approx(_compute(row, resolve, labels, logits, **options), rel=1e-3)


@pytest.mark.parametrize("row", WITH_LOGITS, ids=_id)
def test_loss_takes_logits(row: Loss, keras: Any, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    labels = _labels(row, tensorflow)
    logits = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))
    options = {"pos_weight": 1.0} if "weighted" in row.name else {}
    categorical = row.contract.family is Family.CATEGORICAL
    same = keras.losses.CategoricalCrossentropy if categorical else keras.losses.BinaryCrossentropy
    wanted = float(same(from_logits=True)(tensorflow.one_hot([0, 1, 2, 3, 0], CLASSES), logits))
    assert _compute(row, resolve, labels, logits, **options) == pytest.approx(wanted, rel=1e-4)


def test_log_loss_takes_probabilities(keras: Any, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    row = catalogue.lookup("tensorflow.compat.v1.losses.log_loss")
    assert isinstance(row, Loss)
    labels = _labels(row, tensorflow)
    logits = tensorflow.constant(meaning.logits(5, CLASSES, spread=2.0))
    wanted = float(keras.losses.BinaryCrossentropy(from_logits=True)(labels, logits))
    assert _compute(row, resolve, labels, tensorflow.nn.sigmoid(logits)) == pytest.approx(wanted, rel=1e-4)


def test_ctc_takes_logits_and_its_older_sister_probabilities(tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    labels = tensorflow.constant([[1, 2], [2, 1]])
    logits = tensorflow.constant(meaning.logits(2, 6, CLASSES, spread=2.0))
    from_logits = np.asarray(resolve("keras.losses.ctc")(labels, logits))
    assert np.allclose(from_logits, resolve("keras.losses.ctc")(labels, tensorflow.nn.log_softmax(logits)), rtol=1e-4)
    assert not np.allclose(from_logits, resolve("keras.losses.ctc")(labels, tensorflow.nn.softmax(logits)), rtol=1e-3)
    older = resolve("keras.backend.ctc_batch_cost")
    lengths = tensorflow.constant([[6], [6]]), tensorflow.constant([[2], [2]])
    assert np.isfinite(older(labels, tensorflow.nn.softmax(logits), *lengths)).all()
    assert np.isnan(older(labels, logits, *lengths)).any()


def _metric(row: Metric, resolve: Resolve, *options: Any, **named: Any) -> Any:
    """The metric, to be called with labels and predictions."""
    if row.prediction is not None:
        return partial(resolve(row.name), *options, **named)
    at = ("PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity")
    return resolve(row.name)(*((0.95,) if row.name.endswith(at) else ()), *options, **named)


OF_SCORES = [row for row in METRICS if row.contract.expects is not Expects.CLASSES]
JUDGED = [row for row in OF_SCORES if not row.only_with_threshold and row.only_units is None]


@pytest.mark.parametrize("row", JUDGED, ids=_id)
def test_metric_reads_probabilities(row: Metric, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    labels = tensorflow.one_hot([0, 1, 2, 3] * 50, CLASSES)
    # Right more often than not, and in part between nought and one half, where a cut at one half is wrong.
    logits = tensorflow.constant(meaning.logits(200, CLASSES, spread=1.0)) + labels
    sparse = "Sparse" in row.name
    activate = tensorflow.nn.softmax if "Categorical" in row.name or "KL" in row.name else tensorflow.nn.sigmoid
    targets = tensorflow.argmax(labels, -1) if sparse else labels

    def value(outputs: Any, **named: Any) -> float:
        return float(np.mean(_metric(row, resolve, **named)(targets, outputs)))

    assert value(logits) != pytest.approx(value(activate(logits)), abs=1e-4)
    if row.switch is not None:
        told = value(logits, **{row.switch.name: True})
        assert told == pytest.approx(value(activate(logits)), abs=2e-2)
    if row.threshold is not None:
        assert value(logits, **{row.threshold.name: 0.0}) == pytest.approx(value(activate(logits)), abs=1e-4)


@pytest.mark.parametrize("row", [row for row in OF_SCORES if row.only_with_threshold or row.ranked_by], ids=_id)
def test_metric_only_ranks(row: Metric, tensorflow: Any, meaning: Any, resolve: Resolve) -> None:
    labels = tensorflow.one_hot([0, 1, 2, 3, 0, 1, 2, 3], CLASSES)
    logits = tensorflow.constant(meaning.logits(8, CLASSES, spread=2.0))
    named = {row.ranked_by.name: 1} if row.ranked_by else {}
    values = [np.asarray(_metric(row, resolve, **named)(labels, x)) for x in (logits, tensorflow.nn.softmax(logits))]
    assert np.allclose(values[0], values[1])

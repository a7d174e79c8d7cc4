"""Losses below Keras' own: ``keras.ops``, ``keras.backend``, ``tf.nn`` and those of TensorFlow 1."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects, Family, Support
from flake8_logits.domain.labels import LabelKind
from flake8_logits.knowledge.rows import Form, Loss, Parameter

_LABELS = Parameter("labels", 0)
_LOGITS = Parameter("logits", 1)

_TO_CATEGORICAL = Contract(Expects.LOGITS, Family.CATEGORICAL)
_TO_BINARY = Contract(Expects.LOGITS, Family.BINARY)
_SCORES = Contract(Expects.SCORES)


def _switched(name: str, family: Family, index: int, support: Support, spoils: Parameter | None = None) -> Loss:
    return Loss(
        f"keras.{name}",
        Form.FUNCTION,
        Contract(Expects.SWITCHED, family),
        Parameter("output", 1),
        Parameter("target", 0),
        Parameter("from_logits", index, False),
        support,
        spoils_rescue=spoils,
    )


_KERAS = (
    _switched("ops.binary_crossentropy", Family.BINARY, 2, Support.FULL),
    _switched("ops.categorical_crossentropy", Family.CATEGORICAL, 2, Support.FULL),
    _switched("ops.sparse_categorical_crossentropy", Family.CATEGORICAL, 2, Support.FULL),
    # Those that ``tf.keras.backend`` still has with Keras 3 look for nothing.
    _switched("backend.binary_crossentropy", Family.BINARY, 2, Support.KERAS_2),
    _switched("backend.categorical_crossentropy", Family.CATEGORICAL, 2, Support.KERAS_2),
    _switched(
        "backend.sparse_categorical_crossentropy",
        Family.CATEGORICAL,
        2,
        Support.KERAS_2,
        Parameter("ignore_class", 4),
    ),
    _switched("backend.binary_focal_crossentropy", Family.BINARY, 5, Support.KERAS_2),
    _switched("backend.categorical_focal_crossentropy", Family.CATEGORICAL, 4, Support.KERAS_2),
    Loss(
        "keras.ops.ctc_loss",
        Form.FUNCTION,
        _TO_CATEGORICAL,
        prediction=Parameter("output", 1),
        target=Parameter("target", 0),
    ),
    # It takes the logarithm itself: logits and log-probabilities give nan.
    Loss(
        "keras.backend.ctc_batch_cost",
        Form.FUNCTION,
        Contract(Expects.PROBABILITIES, Family.CATEGORICAL),
        prediction=Parameter("y_pred", 1),
        target=Parameter("y_true", 0),
        source="measured on TF 2.15 and 2.21",
    ),
)


_SIGMOID_WITH_LOGITS = "sigmoid_cross_entropy_with_logits"
_SIGMOID = "sigmoid_cross_entropy"
"""What choose between two where the losses beside them choose between classes."""


def _with_logits(
    name: str, contract: Contract, labels: Parameter = _LABELS, logits: Parameter = _LOGITS, of_one_unit: str = ""
) -> Loss:
    return Loss(f"tensorflow.nn.{name}", Form.FUNCTION, contract, logits, labels, of_one_unit=of_one_unit)


# TensorFlow 1 up to 2.10 puts a sentinel first, so programs written for it name these arguments.
_NN = (
    *(
        _with_logits(name, _TO_CATEGORICAL, of_one_unit=_SIGMOID_WITH_LOGITS)
        for name in (
            "softmax_cross_entropy_with_logits",
            "softmax_cross_entropy_with_logits_v2",
            "sparse_softmax_cross_entropy_with_logits",
        )
    ),
    _with_logits(_SIGMOID_WITH_LOGITS, _TO_BINARY),
    _with_logits("weighted_cross_entropy_with_logits", _TO_BINARY, Parameter("labels", 0, aliases=("targets",))),
    _with_logits("ctc_loss", _TO_CATEGORICAL, logits=Parameter("logits", 1, aliases=("inputs",))),
    _with_logits("ctc_loss_v2", _TO_CATEGORICAL),
)


_LOGITS_FIRST = frozenset(
    f"tensorflow.nn.{name}_cross_entropy_with_logits" for name in ("softmax", "sparse_softmax", "sigmoid")
)


def takes_logits_first(name: str) -> bool:
    """Whether a loss took its logits before the labels in TensorFlow before 1.0, where placeholders are from."""
    return name in _LOGITS_FIRST


def took_output_first(name: str) -> bool:
    """Whether a loss had its prediction before its target in an early version: nobody knows which is meant."""
    return name.startswith("keras.backend.")


def _version_one(name: str, contract: Contract, labels: str = "labels", prediction: str = "logits") -> Loss:
    return Loss(
        f"tensorflow.compat.v1.losses.{name}",
        Form.FUNCTION,
        contract,
        Parameter(prediction, 1),
        Parameter(labels, 0),
        of_one_unit=_SIGMOID if contract.family is Family.CATEGORICAL else "",
    )


_LOG_LOSS = Contract(Expects.PROBABILITIES, Family.BINARY)

_VERSION_ONE = (
    _version_one("softmax_cross_entropy", _TO_CATEGORICAL, "onehot_labels"),
    _version_one("sparse_softmax_cross_entropy", _TO_CATEGORICAL),
    _version_one(_SIGMOID, _TO_BINARY, "multi_class_labels"),
    _version_one("hinge_loss", _SCORES),
    _version_one("log_loss", _LOG_LOSS, prediction="predictions"),
)


def _slim(name: str, contract: Contract, labels: str = "labels", prediction: str = "logits") -> Loss:
    return Loss(
        f"tf_slim.losses.{name}",
        Form.FUNCTION,
        contract,
        Parameter(prediction, 0),
        Parameter(labels, 1),
        of_one_unit=_SIGMOID if contract.family is Family.CATEGORICAL else "",
    )


# In the older module, also ``tf.contrib.losses``, the prediction comes first.
_SLIM = (
    _slim("softmax_cross_entropy", _TO_CATEGORICAL, "onehot_labels"),
    _slim("sparse_softmax_cross_entropy", _TO_CATEGORICAL),
    _slim(_SIGMOID, _TO_BINARY, "multi_class_labels"),
    _slim("hinge_loss", _SCORES),
    _slim("log_loss", _LOG_LOSS, prediction="predictions"),
)


_READS_NUMBERS = (
    "sparse_categorical_crossentropy",
    "sparse_softmax_cross_entropy",
    "sparse_softmax_cross_entropy_with_logits",
)
_READS_ONE_HOT = (
    "categorical_crossentropy",
    "categorical_focal_crossentropy",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
)


def _with_labels(row: Loss) -> Loss:
    """The row with how the loss has its classes told."""
    kinds = ((_READS_NUMBERS, LabelKind.NUMBERS), (_READS_ONE_HOT, LabelKind.ONE_HOT))
    return replace(row, labels=next((kind for names, kind in kinds if row.short in names), None))


ROWS: tuple[Loss, ...] = tuple(map(_with_labels, (*_KERAS, *_NN, *_VERSION_ONE, *_SLIM)))

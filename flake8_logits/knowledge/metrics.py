"""Metrics that read their predictions as probabilities unless told otherwise."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects, Family
from flake8_logits.knowledge.rows import Metric, Parameter

_BINARY = Contract(Expects.SWITCHED, Family.BINARY)
_CATEGORICAL = Contract(Expects.SWITCHED, Family.CATEGORICAL)
_ANY = Contract(Expects.SWITCHED)
_PROBABILITIES = Contract(Expects.PROBABILITIES)
_BINARY_PROBABILITIES = Contract(Expects.PROBABILITIES, Family.BINARY)

_CLASSES = Contract(Expects.CLASSES)

_SWITCH = Parameter("from_logits", 2, False)
_THRESHOLDS = Parameter("thresholds", 0)

_CROSSENTROPIES = (
    Metric(
        "keras.metrics.BinaryCrossentropy",
        _BINARY,
        _SWITCH,
        strings=("BinaryCrossentropy", "binary_crossentropy", "bce", "BCE"),
    ),
    Metric(
        "keras.metrics.CategoricalCrossentropy",
        _CATEGORICAL,
        _SWITCH,
        strings=("CategoricalCrossentropy", "categorical_crossentropy"),
    ),
    Metric(
        "keras.metrics.SparseCategoricalCrossentropy",
        _CATEGORICAL,
        _SWITCH,
        strings=("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
    ),
    Metric("keras.metrics.AUC", _ANY, Parameter("from_logits", 9, False), strings=("AUC", "auc")),
    Metric("keras.metrics.KLDivergence", _PROBABILITIES, strings=("KLDivergence", "kl_divergence", "kld", "KLD")),
)

_CUT = (
    Metric(
        "keras.metrics.BinaryAccuracy",
        _BINARY_PROBABILITIES,
        threshold=Parameter("threshold", 2, 0.5),
        strings=("BinaryAccuracy", "binary_accuracy"),
    ),
    Metric(
        "keras.metrics.binary_accuracy",
        _BINARY_PROBABILITIES,
        threshold=Parameter("threshold", 2, 0.5),
        prediction=Parameter("y_pred", 1),
    ),
    # No class of this name: compile chooses BinaryAccuracy for one unit, else one that ranks.
    Metric(
        "keras.metrics.accuracy",
        _BINARY_PROBABILITIES,
        only_units=1,
        strings=("accuracy", "acc", "Accuracy", "Acc", "ACCURACY", "ACC"),
        source="Model.compile; TF 2.4 takes the lower-case ones only",
    ),
    Metric(
        "keras.metrics.BinaryIoU",
        _BINARY_PROBABILITIES,
        threshold=Parameter("threshold", 1, 0.5),
        strings=("BinaryIoU", "binary_io_u"),
    ),
    *(
        Metric(f"keras.metrics.{name}", _PROBABILITIES, threshold=_THRESHOLDS, strings=(name, snake))
        for name, snake in (
            ("TruePositives", "true_positives"),
            ("TrueNegatives", "true_negatives"),
            ("FalsePositives", "false_positives"),
            ("FalseNegatives", "false_negatives"),
        )
    ),
    *(
        Metric(
            f"keras.metrics.{name}",
            _PROBABILITIES,
            threshold=_THRESHOLDS,
            ranked_by=Parameter("top_k", 1),
            strings=(name, name.lower()),
        )
        for name in ("Precision", "Recall")
    ),
    Metric(
        "keras.metrics.F1Score",
        _PROBABILITIES,
        threshold=Parameter("threshold", 1),
        only_with_threshold=True,
        strings=("F1Score", "f1_score"),
    ),
    Metric(
        "keras.metrics.FBetaScore",
        _PROBABILITIES,
        threshold=Parameter("threshold", 2),
        only_with_threshold=True,
        strings=("FBetaScore", "f_beta_score"),
    ),
)

# Their own thresholds are spread over [0, 1], and nothing tells them otherwise.  They need an argument, so no string
# stands for them.
_SWEPT = tuple(
    Metric(f"keras.metrics.{name}", _PROBABILITIES)
    for name in ("PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity")
)

# They count the numbers of classes, unless they are told that there is a number for each class.
_COUNTED = (
    Metric("keras.metrics.MeanIoU", _CLASSES, ranked_by=Parameter("sparse_y_pred", 5, True)),
    Metric("keras.metrics.IoU", _CLASSES, ranked_by=Parameter("sparse_y_pred", 6, True)),
)

ROWS: tuple[Metric, ...] = (*_CROSSENTROPIES, *_CUT, *_SWEPT, *_COUNTED)

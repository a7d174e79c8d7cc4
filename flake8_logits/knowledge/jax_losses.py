"""The losses of optax: all of them functions, logits (or their logarithms of probabilities) before the labels."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects, Family
from flake8_logits.knowledge.rows import Form, Loss, Parameter

LOSSES = "optax.losses"

_LABELS = Parameter("labels", 1)
_TARGETS = Parameter("targets", 1)


def _row(name: str, contract: Contract, prediction: str, target: Parameter, switch: Parameter | None = None) -> Loss:
    refuses = switch is not None
    chooses = contract == _CATEGORICAL
    return Loss(
        f"{LOSSES}.{name}",
        Form.FUNCTION,
        contract,
        Parameter(prediction, 0),
        target,
        switch,
        refuses=refuses,
        of_one_unit=_OF_ONE_UNIT if chooses else "",
    )


_CATEGORICAL = Contract(Expects.LOGITS, Family.CATEGORICAL)
_BINARY = Contract(Expects.LOGITS, Family.BINARY)
_OF_ONE_UNIT = "sigmoid_binary_cross_entropy"
_OF_LOGARITHMS = Contract(Expects.LOG_PROBABILITIES)
_ANYTHING = Contract(Expects.SCORES)

_OF_LOGITS = (
    *(
        _row(name, _CATEGORICAL, "logits", _LABELS)
        for name in (
            "softmax_cross_entropy",
            "softmax_cross_entropy_with_integer_labels",
            "safe_softmax_cross_entropy",
            "poly_loss_cross_entropy",
            "ranking_softmax_loss",
        )
    ),
    *(
        _row(name, _CATEGORICAL, "logits", Parameter("labels", 2))
        for name in ("ctc_loss", "ctc_loss_with_forward_probs")
    ),
    *(_row(name, _BINARY, "logits", _LABELS) for name in ("sigmoid_binary_cross_entropy", "sigmoid_focal_loss")),
)

_OF_LOG_PROBABILITIES = (
    *(
        _row(name, _OF_LOGARITHMS, "log_predictions", _TARGETS)
        for name in ("kl_divergence", "convex_kl_divergence", "generalized_kl_divergence")
    ),
    _row("kl_divergence_with_log_targets", _OF_LOGARITHMS, "log_predictions", Parameter("log_targets", 1)),
)

_SOFTMAX = Parameter("apply_softmax", None, True)
_SIGMOID = Parameter("apply_sigmoid", None, True)

_OF_EITHER = (
    _row("dice_loss", Contract(Expects.SWITCHED, Family.CATEGORICAL), "predictions", _TARGETS, _SOFTMAX),
    _row(
        "multiclass_generalized_dice_loss",
        Contract(Expects.SWITCHED, Family.CATEGORICAL),
        "predictions",
        _TARGETS,
        _SOFTMAX,
    ),
    _row("binary_dice_loss", Contract(Expects.SWITCHED, Family.BINARY), "predictions", _TARGETS, _SIGMOID),
)
"""Losses on overlaps: they apply the activation themselves unless they are told not to."""

_OF_ANYTHING = (
    *(_row(name, _ANYTHING, "predictor_outputs", _TARGETS) for name in ("hinge_loss", "perceptron_loss")),
    *(
        _row(name, _ANYTHING, "scores", _LABELS)
        for name in ("multiclass_hinge_loss", "multiclass_perceptron_loss", "multiclass_sparsemax_loss")
    ),
    _row("sparsemax_loss", _ANYTHING, "logits", _LABELS),
    *(
        _row(name, _ANYTHING, "predictions", _TARGETS)
        for name in ("l2_loss", "squared_error", "huber_loss", "log_cosh", "cosine_similarity", "cosine_distance")
    ),
)
"""Losses that measure a distance or a margin: they take any numbers."""

ROWS: tuple[Loss, ...] = (*_OF_LOGITS, *_OF_LOG_PROBABILITIES, *_OF_EITHER, *_OF_ANYTHING)

"""What an output of a scale has to go through for a loss to be right, whatever the framework."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects, Family

_OTHER_LABELS = {(Family.BINARY, "softmax"), (Family.BINARY, "log_softmax"), (Family.CATEGORICAL, "sigmoid")}
_CONVERSIONS = {
    ("softmax", Expects.LOGITS): ("the same loss of the logarithm", "log"),
    ("softmax", Expects.LOG_PROBABILITIES): ("the same loss of the logarithm", "log"),
    ("logits", Expects.LOG_PROBABILITIES): ("the same loss of the log_softmax", "log_softmax"),
    ("sigmoid", Expects.LOGITS): ("the same loss of the logit", "logit"),
    ("logits", Expects.PROBABILITIES): ("the same loss of the sigmoid", "sigmoid"),
    ("log_sigmoid", Expects.PROBABILITIES): ("the same loss of the exponential", "exp"),
}
"""The right loss in words, and the function that makes of the output what the loss expects."""


def conversion(scale: str, contract: Contract) -> tuple[str, str] | None:
    """What an output of a scale has to go through for a loss to be right, named; None where nothing would do."""
    if (contract.family, scale) in _OTHER_LABELS:
        return None
    return _CONVERSIONS.get((scale, contract.expects))

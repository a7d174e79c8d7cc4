"""PyTorch's losses, as classes and as functions: what each expects is in its name, and the prediction comes first."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Contract, Expects, Family
from flake8_logits.domain.scales import Scale
from flake8_logits.knowledge.rows import Form, Loss, Parameter

_INPUT = Parameter("input", 0)
_TARGET = Parameter("target", 1)

_TO_CATEGORICAL = Contract(Expects.LOGITS, Family.CATEGORICAL)
_TO_BINARY = Contract(Expects.LOGITS, Family.BINARY)
_OF_PROBABILITIES = Contract(Expects.PROBABILITIES, Family.BINARY)
_OF_LOGARITHMS = Contract(Expects.LOG_PROBABILITIES, Family.CATEGORICAL)

Twins = tuple[tuple[Scale, str], ...]


def _both(
    cls: str, function: str, contract: Contract, twins: Twins = (), refuses: bool = False, of_one_unit: str = ""
) -> tuple[Loss, Loss]:
    """A loss as a class and as the function that does the same; ``twins`` are given by the names of classes."""
    functions = tuple((scale, _FUNCTIONS[name]) for scale, name in twins)
    return (
        Loss(
            f"torch.nn.{cls}",
            Form.CLASS,
            contract,
            _INPUT,
            _TARGET,
            twins=twins,
            refuses=refuses,
            of_one_unit=of_one_unit,
        ),
        Loss(
            f"torch.nn.functional.{function}",
            Form.FUNCTION,
            contract,
            _INPUT,
            _TARGET,
            twins=functions,
            refuses=refuses,
            of_one_unit=_FUNCTIONS.get(of_one_unit, ""),
        ),
    )


_FUNCTIONS = {
    "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "CrossEntropyLoss": "cross_entropy",
    "NLLLoss": "nll_loss",
}

_ANYTHING = Contract(Expects.SCORES)
_OF_ANYTHING = (
    ("MSELoss", "mse_loss"),
    ("L1Loss", "l1_loss"),
    ("SmoothL1Loss", "smooth_l1_loss"),
    ("HuberLoss", "huber_loss"),
    ("HingeEmbeddingLoss", "hinge_embedding_loss"),
    ("MultiMarginLoss", "multi_margin_loss"),
    ("MultiLabelMarginLoss", "multilabel_margin_loss"),
    ("GaussianNLLLoss", "gaussian_nll_loss"),
)
"""Losses that measure a distance, a margin or the fit of a count: whatever the numbers, they are no probabilities."""

# Their parameters have names of their own.
_NAMED_OTHERWISE = (
    *(
        Loss(name, form, _OF_LOGARITHMS, Parameter("log_probs", 0), Parameter("targets", 1))
        for name, form in (("torch.nn.CTCLoss", Form.CLASS), ("torch.nn.functional.ctc_loss", Form.FUNCTION))
    ),
    Loss("torch.nn.PoissonNLLLoss", Form.CLASS, _ANYTHING, Parameter("log_input", 0), _TARGET),
    Loss("torch.nn.functional.poisson_nll_loss", Form.FUNCTION, _ANYTHING, _INPUT, _TARGET),
)

ROWS: tuple[Loss, ...] = (
    *_both("CrossEntropyLoss", "cross_entropy", _TO_CATEGORICAL, of_one_unit="BCEWithLogitsLoss"),
    *_both("NLLLoss", "nll_loss", _OF_LOGARITHMS, ((Scale.LOGITS, "CrossEntropyLoss"),)),
    *_both("BCELoss", "binary_cross_entropy", _OF_PROBABILITIES, ((Scale.LOGITS, "BCEWithLogitsLoss"),), refuses=True),
    *_both(
        "BCEWithLogitsLoss",
        "binary_cross_entropy_with_logits",
        _TO_BINARY,
        ((Scale.SIGMOID, "BCELoss"), (Scale.LOG_SOFTMAX, "CrossEntropyLoss")),
    ),
    *(
        replace(loss, log_target=Parameter("log_target", index, False))
        for loss, index in zip(
            _both("KLDivLoss", "kl_div", Contract(Expects.LOG_PROBABILITIES)),
            (3, 5),
            strict=True,
        )
    ),
    *_NAMED_OTHERWISE,
    # Cross-entropies of sigmoids by other names: the sum over several labels, and labels of minus one and one.
    *_both("MultiLabelSoftMarginLoss", "multilabel_soft_margin_loss", _TO_BINARY),
    *_both("SoftMarginLoss", "soft_margin_loss", _TO_BINARY),
    *(loss for cls, function in _OF_ANYTHING for loss in _both(cls, function, _ANYTHING)),
)

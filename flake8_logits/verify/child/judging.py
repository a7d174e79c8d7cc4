"""From numbers to an answer: is the output what was claimed, and is the loss that is computed the right one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flake8_logits.verify.child.numbers import Numbers

CONFIRMED, RESCUED, DISPUTED, INCONCLUSIVE = "confirmed", "rescued", "disputed", "inconclusive"

_HOLDS = {
    "logits": {"logits"},
    "softmax": {"softmax"},
    "sigmoid": {"unit_interval"},
    "log_softmax": {"log_softmax"},
    "log_sigmoid": {"non_positive"},
    "non_negative": {"non_negative"},
    "bounded": {"bounded"},
    "lower_bounded": {"lower_bounded", "bounded", "non_negative"},
    "unit_interval": {"unit_interval"},
}
"""For each claimed scale what its numbers look like."""
_WITHIN = {
    "logits": {"logits", "lower_bounded", "bounded", "non_negative", "non_positive", "unit_interval", "log_softmax"},
    "lower_bounded": {"unit_interval", "softmax"},
    "non_negative": {"unit_interval", "softmax"},
    "bounded": {"unit_interval", "softmax"},
    "log_sigmoid": {"log_softmax"},
    "sigmoid": {"softmax"},
    "unit_interval": {"softmax"},
}
"""For each claimed scale what its numbers could look like by chance: neither for nor against it."""
_PARTS = {"softmax": "unit_interval", "log_softmax": "non_positive"}
"""What has other sums than one where it is cut, laid in another form, or rounded to nothing, and how it looks then."""
_LINEAR = "linear"
"""The operation that says nothing of the numbers that it gives."""
_ONE_UNIT = 1


@dataclass(frozen=True)
class Judged:
    """An answer and its reason in words, without the place."""

    answer: str
    reason: str


def judge_output(claimed: list[str], numbers: Numbers, operation: str) -> Judged | None:
    """None where the output is what was claimed; else disputed or inconclusive, with the reason."""
    word = numbers.word
    if word == "unclear":
        return Judged(INCONCLUSIVE, "the output is not finite for most weights")
    if word == "constant":
        if "softmax" in claimed and numbers.rows.shape[-1] == _ONE_UNIT and abs(float(numbers.rows[0, 0]) - 1) < 1e-3:
            return None
        return Judged(INCONCLUSIVE, f"the output is {float(numbers.rows[0, 0]):.4g} whatever the weights and inputs")
    if any(word in _HOLDS.get(scale, ()) for scale in claimed):
        return _agreed(claimed, word, operation)
    if "softmax" in claimed and numbers.moved:
        return Judged(INCONCLUSIVE, "the output adds up to one along another axis than the last")
    if any(word in _WITHIN.get(scale, ()) for scale in claimed):
        if operation and not any(_same(scale, operation) for scale in claimed):
            return Judged(DISPUTED, f"{_range(numbers)}, and the last operation is {operation}")
        return Judged(INCONCLUSIVE, f"the numbers cannot tell: {_range(numbers)}")
    doubt = _doubt(claimed, numbers, operation)
    if doubt:
        return Judged(INCONCLUSIVE, f"{doubt}: {_range(numbers)}")
    return Judged(DISPUTED, _range(numbers))


def _doubt(claimed: list[str], numbers: Numbers, operation: str) -> str:
    """Why numbers that are not those of what is claimed may come of it all the same; empty where they cannot."""
    if operation != _LINEAR and numbers.word != "softmax" and decides(claimed, operation):
        return f"the last operation is {operation}, but not its numbers"
    if "softmax" in claimed and numbers.is_raised:
        return "it may be a distribution to which a number was added"
    if operation or all(numbers.word != _PARTS.get(scale) for scale in claimed):
        return ""
    return f"it may be {'what rounding left' if numbers.may_be_what_is_left else 'a part'} of a distribution"


def _agreed(claimed: list[str], word: str, operation: str) -> Judged | None:
    """What the graph says of numbers that agree: a sum of one is decisive, a range within [0, 1] is not."""
    if operation and not any(_same(scale, operation) for scale in claimed):
        if word in ("softmax", "logits"):
            # Numbers outweigh the graph here: no other output looks like this for every draw of weights.
            return None
        return Judged(INCONCLUSIVE, f"the numbers agree, but the last operation is {operation}")
    if word == "unit_interval" and not operation and "sigmoid" in claimed:
        return Judged(INCONCLUSIVE, "the numbers lie between 0 and 1, and nothing shows that a sigmoid gives them")
    return None


_OPERATIONS = {
    "logits": {"linear", "leaky_relu"},
    "softmax": {"softmax"},
    "sigmoid": {"sigmoid"},
    "log_softmax": {"log_softmax"},
    "log_sigmoid": {"softplus", "linear"},
    "non_negative": {"relu", "relu6", "softplus"},
    "bounded": {"tanh", "softsign"},
    "lower_bounded": {"elu", "selu"},
    "unit_interval": {"softmax", "sigmoid", "relu6"},
}


def _same(scale: str, operation: str) -> bool:
    return operation in _OPERATIONS.get(scale, ())


def decides(claimed: list[str], operation: str) -> bool:
    """Whether the last operation alone says that an output is what was claimed, whatever comes before it."""
    return any(_same(scale, operation) for scale in claimed)


def _range(numbers: Numbers) -> str:
    facts = numbers.facts()
    text = f"the output lies between {facts['low']:.4g} and {facts['high']:.4g}"
    if facts["units"] > 1:
        text += f", its sums between {facts['sum_low']:.4g} and {facts['sum_high']:.4g}"
    return text


def close(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two losses and the norms of their gradients are the same, up to rounding."""
    return _near(one[0], other[0], 2e-3) and (
        _near(one[1], other[1], 2e-2) or (math.isnan(one[1]) and math.isnan(other[1]))
    )


def _near(one: float, other: float, tolerance: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)):
        return False
    return abs(one - other) <= tolerance * max(abs(one), abs(other), 1e-3)

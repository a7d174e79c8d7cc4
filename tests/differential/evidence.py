"""What numbers say of a claim: that it holds, that it is refuted, or that they cannot tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from flake8_logits.domain.scales import Scale

Numbers = npt.NDArray[np.float64]

EPSILON = 2e-4
LOWEST = -1.8
"""Below what selu, the lowest of the functions with a lower bound, reaches."""


MOST_EMPTY = 0.02


class Verdict(Enum):
    HOLDS = "holds"
    LOOSE = "true, but less than could be said"
    UNCLEAR = "the numbers cannot tell"
    REFUTED = "refuted"


@dataclass(frozen=True)
class Evidence:
    """The outputs of one head under many weights and inputs: rows along the class axis, finite ones only.

    ``moved`` says that distributions lie along another axis than the last, or several in one row, as after a
    Flatten; whether that is still a softmax is a matter of words.
    """

    values: Numbers
    moved: bool
    why_unclear: str = ""
    single: bool = False
    """Whether each number is looked at by itself."""
    may_squash: bool = True
    """Whether the graph holds an operation that can be a sigmoid, for all that is known."""

    @property
    def sizes(self) -> frozenset[int]:
        """The sizes that the class axis may be said to have; none where there is none, or where nobody asks."""
        return frozenset({self.values.shape[-1]} if self.values.size and not self.single else ())

    def one_by_one(self) -> Evidence:
        """The same numbers, each of them by itself: some of a distribution are what they were in it."""
        return replace(self, values=self.values.reshape(-1, 1), moved=True, single=True)

    @property
    def label(self) -> str:
        """The narrowest word for these numbers."""
        values = self.values
        if self.why_unclear or not values.size:
            return "unclear"
        low, high, classes = float(values.min()), float(values.max()), values.shape[-1]
        if high - low < 1e-6:
            return "softmax" if classes == 1 and abs(low - 1) < EPSILON else "unclear"
        if low >= -EPSILON and high <= 1 + EPSILON:
            return "softmax" if classes > 1 and _all_one(values.sum(-1)) else "unit"
        if high <= EPSILON:
            return "log_softmax" if _all_one(np.exp(values).sum(-1)) else "log"
        if low >= -EPSILON:
            return "non_negative"
        if low >= -1 - EPSILON and high <= 1 + EPSILON:
            return "bounded"
        return "lower_bounded" if low >= LOWEST else "logits"

    def judge(self, scale: Scale) -> Verdict:
        """Whether a claim can be true of these numbers."""
        label = self.label
        if label == "unclear":
            return Verdict.UNCLEAR
        if scale is Scale.SOFTMAX and label == "unit" and self.moved:
            return Verdict.UNCLEAR
        if scale is Scale.UNIT_INTERVAL and label == "softmax" and self.moved:
            # A softmax along two rows of two that add up to one already: it does so along both axes.
            return Verdict.UNCLEAR
        if scale is Scale.LOG_SOFTMAX and label == "log" and self.moved:
            return Verdict.UNCLEAR
        if scale is Scale.SIGMOID and (label == "unit" or self.depend):
            return self._independent()
        if scale in _TRUE_OF_ONE and label == "softmax" and self.values.shape[-1] == 1:
            return Verdict.UNCLEAR
        if label in _MEANS[scale]:
            return Verdict.HOLDS
        return Verdict.LOOSE if label in _LOOSELY.get(scale, ()) else Verdict.REFUTED

    @property
    def depend(self) -> bool:
        """Whether probabilities always add up to one number, or never to more than one, as parts of a distribution do.

        So do sigmoids of numbers that depend on each other: without the graph this refutes nothing.  Of two, those of
        a number and of its opposite are even a softmax.
        """
        if self.label == "softmax" and self.values.shape[-1] == 2:
            return True
        if self.label != "unit" or self.values.shape[-1] == 1:
            return False
        sums = self.values.sum(-1)
        return float(sums.std()) < EPSILON or float(sums.max()) <= 1 + EPSILON

    def _independent(self) -> Verdict:
        if not self.depend:
            return Verdict.HOLDS
        return Verdict.UNCLEAR if self.may_squash else Verdict.REFUTED


_MEANS: dict[Scale, tuple[str, ...]] = {
    Scale.LOGITS: ("logits",),
    Scale.SOFTMAX: ("softmax",),
    Scale.SIGMOID: (),
    Scale.LOG_SOFTMAX: ("log_softmax",),
    Scale.LOG_SIGMOID: ("log",),
    Scale.NON_NEGATIVE: ("non_negative",),
    Scale.BOUNDED: ("bounded",),
    Scale.LOWER_BOUNDED: ("lower_bounded",),
    Scale.UNIT_INTERVAL: ("unit",),
}
_TRUE_OF_ONE = (Scale.SIGMOID, Scale.UNIT_INTERVAL, Scale.NON_NEGATIVE)
"""What is true of a number that is always 1, besides that it is a softmax over one unit."""
_LOOSELY: dict[Scale, tuple[str, ...]] = {
    # All that a contract says of the two is the same.
    Scale.LOG_SIGMOID: ("log_softmax",),
    Scale.LOWER_BOUNDED: ("bounded", "non_negative"),
}


def _all_one(sums: Numbers) -> bool:
    return bool(np.all(np.abs(sums - 1) < 1e-3))


def _moved(values: Numbers) -> bool:
    """Whether distributions lie along an axis that is not the last, or several beside each other along the last."""
    if any(_all_one(values.sum(axis)) for axis in range(1, values.ndim - 1)):
        return True
    size = values.shape[-1]
    parts = [size // count for count in range(2, size) if size % count == 0]
    rows = values.shape[:-1]
    return any(
        _all_one(values.reshape(*rows, -1, part).sum(-1)) or _all_one(values.reshape(*rows, part, -1).sum(-2))
        for part in parts
    )


def evidence_of(outputs: list[npt.NDArray[np.float64]]) -> Evidence:
    """Evidence from a head's outputs, one array for each set of weights."""
    arrays = [np.asarray(output, "float64") for output in outputs]
    if not arrays or any(array.ndim < 2 or not array.size for array in arrays):
        return Evidence(np.zeros((0, 1)), False, "the output has no class axis")
    with np.errstate(all="ignore"):
        finite = [array[np.isfinite(array).reshape(len(array), -1).all(-1)] for array in arrays]
        whole = np.concatenate(finite)
        if len(whole) < sum(len(array) for array in arrays) / 4:
            return Evidence(np.zeros((0, 1)), False, "most outputs are not finite")
        moved = _moved(whole) or _moved(np.exp(whole))
    return Evidence(_without_overflow(whole.reshape(-1, whole.shape[-1])), moved)


def _without_overflow(rows: Numbers) -> Numbers:
    """Rows without those few that hold nothing: numbers divided by a sum that is too large to be written."""
    filled = rows.any(-1)
    few = rows.shape[-1] > 1 and filled.sum() > (1 - MOST_EMPTY) * len(rows)
    return rows[filled] if few else rows

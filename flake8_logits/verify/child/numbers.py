"""What the numbers of an output are, in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
EPSILON = 2e-3
_CLIPPED, _WIDEST = 1e-3, 8.0
_AT_THE_END = 1e-6
"""How near to an end losses clip, and how far apart the numbers of an output may lie not to come near it."""
_ROUNDED, _ROUNDED_LOGS = 2e-2, 4e-2
"""How far from one the sum of a distribution of eight bits may lie, as in bfloat16, or of its logarithm."""
LOWEST = -1.8
"""Below what selu, the lowest of the functions with a lower bound, reaches."""
_ONE_SIDED = 1e-3
"""How far below zero, as a part of what is above, numbers reach that have a bound there which the program has set."""


@dataclass(frozen=True)
class Numbers:
    """The rows of an output along its class axis, over all draws, finite ones only."""

    rows: Array
    moved: bool
    draws: int

    @property
    def word(self) -> str:
        """The narrowest word for the numbers; ``unclear`` where there is none."""
        rows = self.rows
        if not rows.size:
            return "unclear"
        low, high, units = float(rows.min()), float(rows.max()), rows.shape[-1]
        if high - low < 1e-6:
            return "constant"
        if low >= -EPSILON and high <= 1 + EPSILON:
            return "softmax" if units > 1 and _all_one(rows.sum(-1)) else "unit_interval"
        if high <= EPSILON:
            return "log_softmax" if units > 1 and _all_one(np.exp(rows).sum(-1), _ROUNDED_LOGS) else "non_positive"
        if low >= -EPSILON:
            return "non_negative"
        if low >= -1 - EPSILON and high <= 1 + EPSILON:
            return "bounded"
        return "lower_bounded" if low >= LOWEST or -low < high * _ONE_SIDED else "logits"

    @property
    def may_be_what_is_left(self) -> bool:
        """Whether the rows are distributions, or logarithms of such, of which some have lost a part to rounding.

        No row has more than all, and some have all.
        """
        if self.word not in ("unit_interval", "non_positive") or self.rows.shape[-1] < 2:
            return False
        sums = (self.rows if self.word == "unit_interval" else np.exp(self.rows)).sum(-1)
        return float(np.abs(sums.max() - 1)) < _ROUNDED

    @property
    def is_raised(self) -> bool:
        """Whether the rows would be distributions if their smallest number were taken from each."""
        rows = self.rows
        return rows.shape[-1] > 1 and rows.size > 0 and bool(rows.min() > 0) and _all_one((rows - rows.min()).sum(-1))

    def facts(self) -> dict[str, Any]:
        """Range, sums and size, as the evidence that is printed."""
        if not self.rows.size:
            return {"looks_like": "unclear", "low": 0.0, "high": 0.0, "sum_low": 0.0, "sum_high": 0.0, "units": 0,
                    "draws": self.draws}  # fmt: skip
        sums = self.rows.sum(-1)
        return {
            "looks_like": self.word,
            "low": float(self.rows.min()),
            "high": float(self.rows.max()),
            "sum_low": float(sums.min()),
            "sum_high": float(sums.max()),
            "units": int(self.rows.shape[-1]),
            "draws": self.draws,
        }


def numbers_of(outputs: list[Any]) -> Numbers:
    """The numbers of an output, given once for each draw of weights."""
    arrays = [np.asarray(output, "float64") for output in outputs]
    if not arrays or any(array.ndim < 1 or not array.size for array in arrays):
        return Numbers(np.zeros((0, 1)), False, len(arrays))
    arrays = [array[:, None] if array.ndim == 1 else array for array in arrays]
    whole = [array.reshape(-1, array.shape[-1]) for array in arrays]
    moved = any(_elsewhere(array) for array in arrays[:1])
    with np.errstate(all="ignore"):
        finite = [rows[np.isfinite(rows).all(-1)] for rows in whole]
    rows = np.concatenate(finite)
    if len(rows) < sum(len(one) for one in whole) / 4:
        rows = np.zeros((0, 1))
    return Numbers(rows, moved, len(arrays))


def _elsewhere(array: Array) -> bool:
    """Whether probabilities add up to one along another axis than the last."""
    return any(_all_one(array.sum(axis)) for axis in range(1, array.ndim - 1))


def _all_one(sums: Array, apart: float = _ROUNDED) -> bool:
    return bool(np.all(np.abs(sums - 1) < apart))


def is_tame(values: Any) -> bool:
    """Whether the numbers of an output are far from the ends where losses are clipped."""
    low, high = float(values.min()), float(values.max())
    return low > _CLIPPED and high < 1 - _CLIPPED if low >= 0 and high <= 1 else high - low < _WIDEST


def is_clipped(values: Any) -> bool:
    """Whether some of them are probabilities so near to 0 or 1 that losses clip them."""
    low, high = float(values.min()), float(values.max())
    return low >= 0 and high <= 1 and (low < _AT_THE_END or high > 1 - _AT_THE_END)


def to_numpy(tensor: Any) -> Any:
    """A copy of a tensor that nothing hangs on."""
    import keras

    convert = getattr(getattr(keras, "ops", None), "convert_to_numpy", None)
    return convert(tensor) if convert is not None else tensor.numpy()

"""What several draws of weights, inputs and labels say of a loss: the middle one, and how far they lie apart."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import Any

from flake8_logits.verify.child.gradients import Pair

DRAWS, OF_LARGE, OF_LARGEST = 5, 3, 2
LARGE, LARGEST = 1_000_000, 30_000_000
"""From how many weights on a model is worth fewer draws."""


@dataclass(frozen=True)
class Drawn:
    """One draw: the loss that is computed and the right one, in a graph and eagerly, each with its gradient.

    "flipped" is the loss told the other way, of the output itself, where that of its numbers alone is the right one.
    ``narrow`` is that in a graph for labels without the last axis, where the loss takes these for the same.
    """

    in_graph: dict[str, Pair]
    eager: dict[str, Pair]
    on_copy: float
    narrow: dict[str, Pair] | None = None


def draws_for(weights: int) -> int:
    """How many draws a model with so many weights is worth."""
    return DRAWS if weights <= LARGE else OF_LARGE if weights <= LARGEST else OF_LARGEST


def facts_of(trains: list[dict[str, Pair]], drawn: list[Drawn], right_loss: str) -> dict[str, Any]:
    """The middle of each number over the draws, and the ratios of the gradients from the smallest to the largest."""
    pairs = [(one["computed"][1], one["right"][1]) for one in trains]
    ratios = sorted(computed / right for computed, right in pairs if right and math.isfinite(computed / right))
    return {
        "computed": _middle(one["computed"][0] for one in trains),
        "right": _middle(one["right"][0] for one in trains),
        "gradient": _middle(computed for computed, _ in pairs),
        "right_gradient": _middle(right for _, right in pairs),
        "eagerly": _middle(one.eager["computed"][0] for one in drawn),
        "on_copy": _middle(one.on_copy for one in drawn),
        "right_loss": right_loss,
        "ratios": ratios,
    }


def _middle(numbers: Any) -> float:
    found = list(numbers)
    finite = [one for one in found if math.isfinite(one)]
    return statistics.median_low(finite) if len(finite) * 2 > len(found) else math.nan


def wrong(facts: dict[str, Any], name: str) -> str:
    """Both losses and the ratio of their gradients, in words."""
    text = f"the loss is {facts['computed']:.4g}, right is {facts['right']:.4g} ({name})"
    ratios = facts["ratios"]
    if ratios:
        text += f"; the gradient is {statistics.median(ratios):.3g} times the right one"
        if f"{ratios[0]:.3g}" != f"{ratios[-1]:.3g}":
            text += f" ({ratios[0]:.3g} to {ratios[-1]:.3g} over {len(ratios)} draws)"
    return text

"""Labels: how the truth is written down that a loss compares an output with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from flake8_logits.domain.places import Place


class LabelKind(Enum):
    """How labels say which class it is; the values are how messages spell it."""

    ONE_HOT = "one-hot labels"
    NUMBERS = "class numbers"


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels whose kind is known: ``width`` is the size of the last axis of one-hot ones, where that is known.

    ``by`` is the short name of the function that made them, ``place`` where it was called.
    """

    kind: LabelKind
    width: int | None
    by: str = field(compare=False)
    place: Place = field(compare=False)

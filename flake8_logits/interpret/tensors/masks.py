"""Numbers that mask: so low that what has them is left out."""

from __future__ import annotations

from flake8_logits.interpret.abstract.values import Const, Library, Unknown, Value
from flake8_logits.knowledge.traits import is_infinite

_LOW = -100
"""A constant below this masks: no other reading, a relu's for one, has it."""


def masks(value: Value) -> bool:
    """Whether a value is a number so low that what has it is left out."""
    if isinstance(value, Const):
        return isinstance(value.value, (int, float)) and value.value < _LOW
    if isinstance(value, Library):
        return is_infinite(value.name)
    return isinstance(value, Unknown) and is_infinite(value.lost.library)

"""Has numpy look early for what its C takes out of modules when it first needs it.

It looks by the ``__import__`` of whoever asks, and a program has none: its mean of an array failed with a KeyError.
"""

from __future__ import annotations

import functools

import numpy as np

_REDUCING = ("all", "any", "max", "mean", "min", "prod", "std", "sum", "var")


@functools.cache
def look_early() -> None:
    """From now on, in this process, what arrays are asked for is there."""
    numbers = np.ones((2, 2))
    for name in _REDUCING:
        getattr(numbers, name)()
    numbers.clip(0, 1)
    numbers.take([0])
    repr(numbers)
    str(numbers)

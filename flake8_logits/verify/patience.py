"""How long the slices of a claim may take to be cut: nothing of a program runs yet, so nobody else limits that."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_OFTEN = 1024


def in_words(seconds: float) -> str:
    """A time as it is said."""
    return f"{seconds:g} second" if seconds == 1 else f"{seconds:g} seconds"


class TooLong(Exception):
    """The time is spent."""


class _Clock(threading.local):
    ends = math.inf
    steps = 0


_clock = _Clock()


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """Within, this thread computes for so many seconds at most; then ``tick`` raises TooLong."""
    before = _clock.ends
    _clock.ends = min(before, time.thread_time() + seconds)
    try:
        yield
    finally:
        _clock.ends = before


def tick() -> None:
    """Go on, if there is time left.  To be called wherever the work grows faster than a program.  Raises TooLong."""
    _clock.steps += 1
    if not _clock.steps % _OFTEN and time.thread_time() > _clock.ends:
        raise TooLong

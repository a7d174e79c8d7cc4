"""Python's garbage collector while a file is analysed: trees and states live long, and looking through them is dear."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLD = 50_000
"""Objects made, and not yet gone, before the youngest of them are looked through."""

UNTIL_IDLE = 500_000
"""The same in a process that looks for them itself, when it has nothing else to do: a dozen analyses' worth."""
YOUNG_TIMES = 10
"""So often only what is new is looked through, then everything once."""


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Within this, new objects are looked through rarely.

    They are not frozen: what a run leaves would count as old afterwards, and old objects are hardly ever looked at.
    The process may be somebody else's: whatever happens, its thresholds are afterwards as they were.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(max(THRESHOLD, thresholds[0]) if thresholds[0] else 0, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def collect_rarely() -> None:
    """Do so from now on, in a process that is ours; what was imported by now stays to its end."""
    gc.freeze()
    gc.set_threshold(THRESHOLD, *gc.get_threshold()[1:])


class IdleCollector:
    """Looks for what is gone when somebody says that there is nothing else to do, in a process that is ours."""

    def __init__(self) -> None:
        self._times = 0

    @staticmethod
    def take_over() -> None:
        """Have Python look by itself in need alone; what was imported by now stays to its end."""
        gc.freeze()
        gc.set_threshold(UNTIL_IDLE, *gc.get_threshold()[1:])

    def collect(self) -> None:
        """Look through what is new, and now and then through everything: what was kept between two analyses is old."""
        self._times += 1
        gc.collect(2 if self._times % YOUNG_TIMES == 0 else 1)

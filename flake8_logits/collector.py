"""Python's garbage collector while a file is analysed: trees and states live long, and looking through them is dear."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

from flake8_logits.turns import Turn

THRESHOLD = 50_000
"""Objects made, and not yet gone, before the youngest of them are looked through."""

UNTIL_IDLE = 500_000
"""The same in a process that looks for them itself, when it has nothing else to do: a dozen analyses' worth."""
OLDER = (2, 2)
"""After so many looks at the young the older are looked through: there are few looks, and much is old by then."""
YOUNG_TIMES = 10
"""So often only what is new is looked through, then everything once."""


class _Thresholds:
    """The thresholds of the process, raised while an analysis is going on in any thread, and then put back."""

    def __init__(self) -> None:
        self._turn = Turn()
        self._runs = 0
        self._before = (0, 0, 0)

    def rise(self) -> None:
        with self._turn:
            if not self._runs:
                self._before = youngest, *older = gc.get_threshold()
                gc.set_threshold(max(THRESHOLD, youngest) if youngest else 0, *older)
            self._runs += 1

    def fall(self) -> None:
        with self._turn:
            self._runs -= 1
            if not self._runs:
                gc.set_threshold(*self._before)

    def begin_alone(self) -> None:
        """Put them back in a forked process, where whoever raised them is not."""
        if self._runs:
            self._runs = 0
            gc.set_threshold(*self._before)


_THRESHOLDS = _Thresholds()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_THRESHOLDS.begin_alone)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Within this, new objects are looked through rarely.

    They are not frozen: what a run leaves would count as old afterwards, and old objects are hardly ever looked at.
    The process may be somebody else's: whatever happens, its thresholds are afterwards as they were.
    """
    _THRESHOLDS.rise()
    try:
        yield
    finally:
        _THRESHOLDS.fall()


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
        gc.set_threshold(UNTIL_IDLE, *OLDER)

    def collect(self) -> None:
        """Look through what is new, and now and then through everything: what was kept between two analyses is old."""
        self._times += 1
        gc.collect(2 if self._times % YOUNG_TIMES == 0 else 1)

"""Room on Python's stack: calls within calls of a program, and long chains, take more of it than Python allows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flake8_logits.turns import Turn

DEEPEST_FRAMES = 10_000 if sys.version_info >= (3, 11) else 4_000
"""Before 3.11 each frame takes some of the system's stack as well, of which a thread may have little."""


class _Limit:
    """Python's limit, raised while anything in this process needs it, and then put back."""

    def __init__(self) -> None:
        self._turn = Turn()
        self._runs = 0
        self._before = 0

    def rise(self) -> None:
        with self._turn:
            if not self._runs:
                self._before = sys.getrecursionlimit()
                sys.setrecursionlimit(max(self._before, DEEPEST_FRAMES))
            self._runs += 1

    def fall(self) -> None:
        with self._turn:
            self._runs -= 1
            if not self._runs:
                sys.setrecursionlimit(self._before)

    def begin_alone(self) -> None:
        """Put it back in a forked process, where whoever needed it is not."""
        if self._runs:
            self._runs = 0
            sys.setrecursionlimit(self._before)


_LIMIT = _Limit()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_LIMIT.begin_alone)


@contextmanager
def room_on_the_stack() -> Iterator[None]:
    """Within this, what recurses may go deeper than Python allows by itself.

    Threads that analyse at once are within it from first to last: Python ends the process where the limit sinks below
    what a thread has reached.
    """
    _LIMIT.rise()
    try:
        yield
    finally:
        _LIMIT.fall()

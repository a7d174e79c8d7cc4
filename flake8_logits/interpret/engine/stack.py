"""Room on Python's stack: calls within calls of a program, and long chains, take more of it than Python allows."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

DEEPEST_FRAMES = 10_000 if sys.version_info >= (3, 11) else 4_000
"""Before 3.11 each frame takes some of the system's stack as well, of which a thread may have little."""


class _Limit:
    """Python's limit, raised while anything in this process needs it, and then put back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs = 0
        self._before = 0

    def rise(self) -> None:
        with self._lock:
            if not self._runs:
                self._before = sys.getrecursionlimit()
                sys.setrecursionlimit(max(self._before, DEEPEST_FRAMES))
            self._runs += 1

    def fall(self) -> None:
        with self._lock:
            self._runs -= 1
            if not self._runs:
                sys.setrecursionlimit(self._before)


_LIMIT = _Limit()


@contextmanager
def room_on_the_stack() -> Iterator[None]:
    """Within this, what recurses may go deeper than Python allows by itself."""
    _LIMIT.rise()
    try:
        yield
    finally:
        _LIMIT.fall()

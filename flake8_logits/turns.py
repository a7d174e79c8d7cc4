"""Whose turn it is at what the whole process shares; a forked one has not the threads whose turn it was."""

from __future__ import annotations

import os
from threading import Lock
from types import TracebackType
from weakref import WeakSet


class Turn:
    """A lock that a forked process begins anew: nobody there would ever let go of it."""

    def __init__(self) -> None:
        self._begin()
        _TURNS.add(self)

    def _begin(self) -> None:
        self._lock = Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()


_TURNS: WeakSet[Turn] = WeakSet()


def _begin_anew() -> None:
    for turn in list(_TURNS):
        turn._begin()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)

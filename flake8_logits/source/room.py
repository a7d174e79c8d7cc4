"""Room for recursion.  How deep Python recurses is the whole process's affair, so threads take turns at changing it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

ROOM = 256 * 1024 * 1024
"""Bytes of stack for the rare file that needs them; the system hands them out as they are used."""
DEEPEST_FRAMES = 40_000

R = TypeVar("R")

_AS_USUAL: ContextVar[bool] = ContextVar("as_usual", default=False)


class _Turns:
    """Many threads may recurse as deep as usual at a time, or one deeper."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin with nobody inside, as in a forked process, where the other threads are gone."""
        self._changed = threading.Condition()
        self._usual = 0
        self._waiting = 0
        self._deep = False

    @property
    def somebody_waits(self) -> bool:
        """Whether a thread needs room and has none yet."""
        return self._waiting > 0

    @contextmanager
    def usual(self) -> Iterator[None]:
        """Within this, nobody recurses deeper than usual."""
        with self._changed:
            # Who needs room goes first: as long as new ones come, there would never be a moment without any.
            self._changed.wait_for(lambda: not self._deep and not self._waiting)
            self._usual += 1
        token = _AS_USUAL.set(True)
        try:
            yield
        finally:
            _AS_USUAL.reset(token)
            self._leave()

    @contextmanager
    def deep(self) -> Iterator[None]:
        """Within this, nobody else is in ``usual`` or here; who comes from ``usual`` goes back there."""
        inside = _AS_USUAL.get()
        with self._changed:
            self._usual -= inside
            self._waiting += 1
            self._changed.notify_all()
            try:
                self._changed.wait_for(lambda: not self._deep and not self._usual)
            except BaseException:
                # Whoever interrupts the waiting finds everything as it was, and nobody waits for it any more.
                self._usual += inside
                raise
            finally:
                self._waiting -= 1
                self._changed.notify_all()
            self._deep = True
        try:
            yield
        finally:
            with self._changed:
                self._deep = False
                self._usual += inside
                self._changed.notify_all()

    def _leave(self) -> None:
        with self._changed:
            self._usual -= 1
            self._changed.notify_all()


TURNS = _Turns()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TURNS.begin)


def usual_depth() -> contextlib.AbstractContextManager[None]:
    """Within this, no other thread's need for room changes how deep this one recurses.  Not to be nested."""
    return TURNS.usual()


def with_room(act: Callable[[], R]) -> R:
    """The result of something that recurses deeper than usual, from a thread with a stack for it.

    Raises RecursionError where even that is not enough.
    """
    found: list[R] = []

    def run() -> None:
        with contextlib.suppress(RecursionError):
            found.append(act())

    with TURNS.deep():
        limit, size = sys.getrecursionlimit(), threading.stack_size(ROOM)
        sys.setrecursionlimit(DEEPEST_FRAMES)
        try:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
        except RuntimeError as error:
            raise RecursionError from error
        finally:
            sys.setrecursionlimit(limit)
            threading.stack_size(size)
    if not found:
        raise RecursionError
    return found[0]

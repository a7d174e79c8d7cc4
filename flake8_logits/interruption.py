"""An analysis that nobody waits for any more: whoever began it asks it to end, and it heeds that at its next step."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ASKED: ContextVar[threading.Event | None] = ContextVar("asked", default=None)


class InterruptedAnalysisError(BaseException):
    """The analysis was asked to end.  It is no ``Exception``: nothing went wrong that a report should tell of."""


@contextmanager
def interruptible(asked: threading.Event) -> Iterator[None]:
    """Within this, an analysis raises InterruptedAnalysisError soon after the event is set, by whatever thread."""
    token = _ASKED.set(asked)
    try:
        yield
    finally:
        _ASKED.reset(token)


def heed() -> None:
    """Go on, unless the analysis was asked to end: then raise InterruptedAnalysisError."""
    asked = _ASKED.get()
    if asked is not None and asked.is_set():
        raise InterruptedAnalysisError

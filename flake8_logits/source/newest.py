"""A result for each file, for its newest content alone: an editor changes a file thousands of times."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

R = TypeVar("R")
MOST_FILES = 512


def for_the_newest(compute: Callable[[str, bytes], R]) -> Callable[[str, bytes], R]:
    """Keep what a function of a path and its content gave, until the content is another one."""
    kept: OrderedDict[str, tuple[bytes, R]] = OrderedDict()
    turn = Lock()  # between two steps of one thread another could forget the file

    @wraps(compute)
    def ask(path: str, data: bytes) -> R:
        with turn:
            known = kept.get(path)
            if known is not None and known[0] == data:
                kept.move_to_end(path)
                return known[1]
        result = compute(path, data)
        with turn:
            kept[path] = (data, result)
            kept.move_to_end(path)
            while len(kept) > MOST_FILES:
                kept.popitem(last=False)
        return result

    return ask

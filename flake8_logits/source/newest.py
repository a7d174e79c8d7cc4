"""A result for each file, for its newest content alone: an editor changes a file thousands of times."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from flake8_logits.turns import Turn

R = TypeVar("R")
MOST_FILES = 256
MOST_BYTES = 1_000_000
"""What the kept files may have together: what is made of a file takes thirty times as much room as its content."""

P = ParamSpec("P")


def for_the_newest(
    compute: Callable[Concatenate[str, bytes, P], R],
) -> Callable[Concatenate[str, bytes, P], R]:
    """Keep what a function of a path, its content and more gave, until the content is another one."""
    kept: OrderedDict[object, tuple[bytes, R]] = OrderedDict()
    held = 0
    turn = Turn()  # between two steps of one thread another could forget the file

    @wraps(compute)
    def ask(path: str, data: bytes, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (path, args, tuple(kwargs.items()))
        with turn:
            known = kept.get(key)
            if known is not None and known[0] == data:
                kept.move_to_end(key)
                return known[1]
        result = compute(path, data, *args, **kwargs)
        nonlocal held
        with turn:
            held += len(data) - len(kept.pop(key, (b"",))[0])
            kept[key] = (data, result)
            while len(kept) > MOST_FILES or held > MOST_BYTES:
                _, (forgotten, _) = kept.popitem(last=False)
                held -= len(forgotten)
        return result

    return ask

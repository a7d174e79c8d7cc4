"""Python's own parser: without the warnings that it has for what it reads, and by one thread at a time."""

from __future__ import annotations

import ast
import os
import re
import threading
import warnings
from typing import Any

_FILE = "<read by flake8-logits>"
_PATTERN = re.escape(_FILE)
FILTER = ("ignore", None, Warning, re.compile(_PATTERN), 0)
MOST_TRIES = 10


class _Turn:
    """Whose turn it is to parse.

    CPython counts how deep it is in a tree once for all threads, and raises SystemError where it lost count:
    https://github.com/python/cpython/issues/106905
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin with nobody's turn, as in a forked process, where the other threads are gone."""
        self.lock = threading.Lock()


_TURN = _Turn()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_TURN.begin)


def parse(text: str) -> ast.Module:
    """The tree of a program; raises what ``ast.parse`` raises."""
    tree: ast.Module = _parsed(text, "exec")
    return tree


def literal(text: str) -> Any:
    """The value of a literal; raises what ``ast.literal_eval`` raises."""
    return ast.literal_eval(_parsed(text.lstrip(" \t"), "eval"))


def _parsed(text: str, mode: str) -> Any:
    with _TURN.lock:
        _keep_quiet()
        for _ in range(MOST_TRIES):
            try:
                return ast.parse(text, _FILE, mode)
            except SystemError:
                pass  # a thread that is not ours was parsing at the same time
        return ast.parse(text, _FILE, mode)


def _keep_quiet() -> None:
    """Have a filter for this name of a file alone, which stays.

    To put all filters back afterwards, as ``catch_warnings`` does, would undo what other threads did to them meanwhile.
    """
    if not warnings.filters or warnings.filters[0] != FILTER:
        warnings.filterwarnings("ignore", module=_PATTERN)  # one that stands there already moves to the front

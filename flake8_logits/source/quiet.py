"""Python's own parser, without the warnings that it has for what it reads: those are for whoever runs the program."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

_FILE = "<read by flake8-logits>"
_PATTERN = re.escape(_FILE)
FILTER = ("ignore", None, Warning, re.compile(_PATTERN), 0)


def parse(text: str) -> ast.Module:
    """The tree of a program; raises what ``ast.parse`` raises."""
    _keep_quiet()
    return ast.parse(text, _FILE)


def literal(text: str) -> Any:
    """The value of a literal; raises what ``ast.literal_eval`` raises."""
    _keep_quiet()
    return ast.literal_eval(ast.parse(text, _FILE, "eval"))


def _keep_quiet() -> None:
    """Have a filter for this name of a file alone, which stays.

    To put all filters back afterwards, as ``catch_warnings`` does, would undo what other threads did to them meanwhile.
    """
    if not warnings.filters or warnings.filters[0] != FILTER:
        warnings.filterwarnings("ignore", module=_PATTERN)  # one that stands there already moves to the front

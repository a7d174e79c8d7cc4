"""Programs written by hand to lead the interpreter astray, and what they really do when Python runs them.

A program says ``reveal(x)`` where it asks.  ``F`` is a flag that nobody can know; programs that mention it run twice.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import flake8_logits
from flake8_logits.source.documents import python_document
from tests.interpret.revealed import revealed

FOLDER = Path(__file__).parents[2] / "fixtures" / "truths"
PRELUDE = """\
import contextlib, copy, dataclasses, functools, os
import numpy as np
import tensorflow as tf
import keras
from keras import layers
from flake8_logits import reveal
x = tf.random.normal((12, 4)) * 30
F = os.environ.get("F") == "1"
"""
PLAIN_PRELUDE = "".join(
    "\n" if re.search(r"\b(?:tf|keras|layers|np)\b", line) else line for line in PRELUDE.splitlines(keepends=True)
)
OF_FRAMEWORKS = frozenset({"tf", "keras", "layers", "np", "x"})
"""The names of the prelude that stand for more than Python's own."""
FILE = "written_program.py"
SEPARATOR = "#---\n"

_NOTHING_ELSE = {"non_negative", "bounded", "log_softmax"}
"""What a handful of real numbers may look like by chance."""


@dataclass(frozen=True)
class Written:
    """One program; its title is its first line."""

    title: str
    text: str

    @property
    def is_plain(self) -> bool:
        """Whether the program is about Python alone: it names nothing that a framework would have to make."""
        names = {node.id for node in ast.walk(ast.parse(self.text.removeprefix(PRELUDE))) if isinstance(node, ast.Name)}
        return names.isdisjoint(OF_FRAMEWORKS)


def programs() -> list[Written]:
    """All programs, by file and in order."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split(SEPARATOR):
            if part.strip():
                found.append(Written(f"{path.stem}: {part.splitlines()[0].lstrip('# ')}", PRELUDE + part))
    return found


def measured(program: Written, monkeypatch: pytest.MonkeyPatch) -> dict[int, set[str]]:
    """For each line with a ``reveal``, what was there, in the words of ``revealed``; raises what the program raises."""
    found: dict[int, set[str]] = {}
    monkeypatch.setattr(flake8_logits, "reveal", _noting(found), raising=False)
    for flag in ("0", "1") if "F" in program.text.removeprefix(PRELUDE).replace("False", "") else ("0",):
        monkeypatch.setenv("F", flag)
        if program.is_plain:
            # Without what it does not name, but on the same lines.
            text = program.text.replace(PRELUDE, PLAIN_PRELUDE)
        else:
            text = program.text
            importlib.import_module("keras").utils.set_random_seed(7)
        exec(compile(text, FILE, "exec", dont_inherit=True), {"__name__": "__main__"})
    return found


def _noting(found: dict[int, set[str]]) -> Callable[[Any], Any]:
    def reveal(value: Any) -> Any:
        found.setdefault(sys._getframe(1).f_lineno, set()).add(label(value))
        return value

    return reveal


def label(value: Any) -> str:
    """What a value is."""
    if hasattr(value, "numpy") or isinstance(value, np.ndarray):
        return _numbers(np.asarray(value, "float64"))
    if value is None or isinstance(value, (str, int, float, bool)):
        return repr(value)
    if isinstance(value, (tuple, list)):
        return f"({', '.join(label(item) for item in value)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {label(item)}" for key, item in value.items()) + "}"
    return type(value).__name__


def _numbers(values: Any) -> str:
    if values.min() >= 0 and values.max() <= 1:
        sums_to_one = values.shape[-1] > 1 and np.allclose(values.sum(-1), 1, atol=1e-3)
        return "softmax" if sums_to_one else "sigmoid"
    if values.min() >= 0:
        return "non_negative"
    if values.min() >= -1 and values.max() <= 1:
        return "bounded"
    return "log_softmax" if np.allclose(np.exp(values).sum(-1), 1, atol=1e-3) else "logits"


@cache
def claimed(program: Written) -> dict[int, set[str]]:
    """For each line with a ``reveal``, what the interpreter says can be there; empty where it does not know."""
    said = revealed(python_document(FILE, program.text.encode()))
    return {line: set() if "unknown" in words or "..." in words else _split(words) for line, words in said.items()}


def _split(words: str) -> set[str]:
    return set(words.split(" | "))


def contradiction(claims: set[str], truth: set[str]) -> bool:
    """Whether something was there that the interpreter rules out."""
    if not claims:
        return False
    allowed = set(claims)
    if "unit_interval" in claims:
        allowed.add("sigmoid")
    if "logits" in claims and "logits" in truth:
        allowed |= _NOTHING_ELSE
    return not truth <= allowed

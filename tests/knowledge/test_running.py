"""What runs a function that it is given, held against Python and PyTorch."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from flake8_logits.knowledge.running import RUNS, Runs


def _holds(row: Runs) -> None:
    module, _, name = row.name.rpartition(".")
    thing: Any = getattr(importlib.import_module(module), name)
    taken = [*inspect.signature(thing).parameters]
    for parameter in (row.function, row.args, row.keywords):
        if parameter is not None and parameter.index is not None:
            assert taken[parameter.index] == parameter.name


@pytest.mark.parametrize("row", [row for row in RUNS if not row.name.startswith("torch.")], ids=lambda row: row.name)
def test_of_python(row: Runs) -> None:
    _holds(row)


@pytest.mark.usefixtures("torch")
@pytest.mark.parametrize("row", [row for row in RUNS if row.name.startswith("torch.")], ids=lambda row: row.name)
def test_of_torch(row: Runs) -> None:
    _holds(row)

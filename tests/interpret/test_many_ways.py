"""What grows with a program costs what it adds, not what it could be combined to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from flake8_logits.analysis import examine
from flake8_logits.interpret.abstract import mro
from flake8_logits.source.documents import Document, documents_of

HEAD = "import keras\nfrom keras import layers\n"
TAIL = "model = keras.Sequential([layers.Dense(3)])\nmodel.compile(loss='categorical_crossentropy')\n"


def _document(text: str) -> Document:
    (document,) = documents_of("program.py", f"{HEAD}{text}{TAIL}".encode())
    return document


def _guarded(cases: int) -> str:
    return "match x:\n" + "".join(
        f"    case [a, *rest] if a > {number}:\n        y = {number}\n" for number in range(cases)
    )


def test_each_case_is_looked_at_once_though_its_guard_may_fail() -> None:
    few, many = (examine(_document(_guarded(cases))) for cases in (5, 40))
    assert len(few.report.diagnostics) == len(many.report.diagnostics) == 1
    assert many.steps < 8 * few.steps


def test_no_more_bases_are_put_in_order_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ordered: list[int] = []
    plain = mro._merged

    def merged(runs: list[Sequence[Any]]) -> list[Any]:
        ordered.append(len(runs))
        return plain(runs)

    monkeypatch.setattr(mro, "_merged", merged)
    bases = [f"B{number}" for number in range(200)]
    text = "".join(f"class {name}(keras.Model):\n    pass\n" for name in bases)
    examine(_document(f"{text}class Net({', '.join(bases)}):\n    pass\nNet().compile(loss='mse')\n"))
    assert ordered and max(ordered) <= mro.MOST_ANCESTORS + 2

"""Python's parser may say that there is nothing to report; whatever is reported rests on libcst."""

from __future__ import annotations

import ast

import pytest

from flake8_logits.analysis import examine
from flake8_logits.rules.registry import BY_CODE
from flake8_logits.service.checking import check_text
from flake8_logits.service.requests import Options
from flake8_logits.source import pieces
from flake8_logits.source.documents import python_document
from tests.frontends.programs import CLASHING, QUIET

OPTIONS = Options(frozenset(BY_CODE))


def test_the_same_is_reported_either_way() -> None:
    document = python_document("x.py", CLASHING.encode())
    quick, thorough = examine(document, quick=True), examine(document)
    assert quick.report == thorough.report
    assert quick.report.diagnostics
    assert (len(quick.trees), len(thorough.trees)) == (0, 1)


def test_a_tree_of_another_text_does_not_count() -> None:
    assert check_text("x.py", QUIET, OPTIONS, ast.parse(CLASHING)).report == check_text("x.py", QUIET, OPTIONS).report


@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError])
def test_what_libcst_says_counts_where_a_piece_cannot_be_read(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(text: str) -> pieces.Piece:
        raise error

    expected = check_text("x.py", CLASHING, OPTIONS).report
    monkeypatch.setattr(pieces, "piece_of", refuse)
    assert check_text("x.py", CLASHING, OPTIONS).report == expected


def test_unknown_losses_are_left_out_where_nobody_asks() -> None:
    text = b"import keras\ndef f(model): model.compile(loss='categorical_crossentropy')\n"
    document = python_document("x.py", text)
    assert examine(document, quick=True).report.unknowns
    assert not examine(document, quick=True, unknowns=False).report.unknowns


def test_an_edit_leaves_the_other_pieces_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    class Counted(pieces.Piece):
        def __init__(self, text: str) -> None:
            read.append(text)
            super().__init__(text)

    monkeypatch.setattr(pieces, "Piece", Counted)
    pieces.KEPT.clear()
    examine(python_document("x.py", CLASHING.encode()), quick=True)
    before = len(read)
    examine(python_document("x.py", f"{CLASHING}\n\nx = 1\n".encode()), quick=True)
    assert 0 < before <= len(read) <= before + 2


def test_only_the_pieces_are_read_in_which_something_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(text: str) -> pieces.Piece:
        read.append(text)
        return pieces.Piece(text)

    monkeypatch.setattr(pieces, "piece_of", reading)
    others = "".join(f"\n\ndef other_{number}():\n    return {number}\n" for number in range(20))
    (found,) = examine(python_document("x.py", (CLASHING + others).encode()), quick=True).report.diagnostics
    assert read
    assert found.span.line <= CLASHING.count("\n")
    assert not any("other" in text for text in read)

"""The two things that every edit passes through, whatever the edits."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_logits.domain.fixes import Edit
from flake8_logits.domain.places import Span
from flake8_logits.fixes.piece_table import PieceTable
from flake8_logits.fixes.program import Text
from flake8_logits.source.patching import PatchError, patched

Case = tuple[str, list[tuple[int, int, str]]]
LETTERS = st.text(st.sampled_from("ab \n\u00e4\U0001f600\"\\'"), max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> Case:
    """A text, and edits of it in order that do not overlap."""
    text = draw(LETTERS)
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [(start, end, draw(LETTERS)) for start, end in pairwise(marks)][::2]
    return text, edits


def _made(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts, position = [], 0
    for start, end, new in edits:
        parts += [text[position:start], new]
        position = end
    return "".join([*parts, text[position:]])


@given(edited(), st.data())
def test_edits_upon_edits_are_edits_of_the_original(case: Case, data: st.DataObject) -> None:
    text, edits = case
    table = PieceTable(text)
    table.apply(edits)
    assert table.text == _made(text, edits)
    for _ in range(3):
        now = table.text
        start = data.draw(st.integers(0, len(now)))
        end = data.draw(st.integers(start, len(now)))
        new = data.draw(LETTERS)
        table.apply([(start, end, new)])
        assert table.text == now[:start] + new + now[end:]
        assert _made(text, list(table.edits())) == table.text


@given(edited())
def test_characters_remember_where_they_stood(case: Case) -> None:
    text, edits = case
    table = PieceTable(text)
    table.apply(edits)
    origins = [table.origin(offset) for offset in range(len(table.text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] == len(text)


def _spans(text: str, edits: list[tuple[int, int, str]], cell: int | None) -> list[Edit]:
    whole = Text("x", cell, text)
    return [Edit(whole.span(start, end), new) for start, end, new in edits]


@given(edited(), st.sampled_from(["\n", "\r\n"]))
def test_python_files_change_where_they_are_edited(case: Case, newline: str) -> None:
    text, edits = case
    if "\n" not in text:
        newline = "\n"
    data = text.replace("\n", newline).encode()
    after = _made(text, edits).replace("\n", newline).encode()
    assert patched("x.py", data, _spans(text, edits, None)) == after


@given(edited(), st.booleans(), st.booleans(), st.sampled_from([None, 1]))
def test_notebooks_read_as_they_were_edited(case: Case, listed: bool, escaped: bool, indent: int | None) -> None:
    text, edits = case
    source = text.splitlines(keepends=True) if listed and text else text
    notebook = {"cells": [{"source": "x"}, {"source": source, "cell_type": "code"}], "nbformat": 4}
    data = json.dumps(notebook, ensure_ascii=escaped, indent=indent).encode()
    after = json.loads(patched("x.ipynb", data, _spans(text, edits, 1)))
    assert "".join(after["cells"][1]["source"]) == _made(text, edits)
    assert after["cells"][0] == {"source": "x"}
    assert not edits or listed or len(data.split(b'"cells"')) == 2
    assert patched("x.ipynb", data, []) == data


def test_edits_that_overlap_are_refused() -> None:
    edits = [Edit(Span("x.py", None, 1, 0, 1, 2), "a"), Edit(Span("x.py", None, 1, 1, 1, 3), "b")]
    with pytest.raises(PatchError, match="two edits overlap"):
        patched("x.py", b"abc\n", edits)


def test_characters_beyond_the_encoding_are_refused() -> None:
    edit = Edit(Span("x.py", None, 2, 0, 2, 0), "\u5c64")
    with pytest.raises(PatchError, match="cannot be written in iso-8859-1"):
        patched("x.py", b"# coding: latin-1\n\n", [edit])

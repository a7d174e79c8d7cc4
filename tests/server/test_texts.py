"""Columns in the client's units and in ours, and what it costs to convert them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product

import pytest
from lsprotocol import types

from flake8_logits.server.texts import Text

CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@pytest.mark.parametrize("encoding", list(CODECS))
def test_each_place_of_each_line_is_converted_and_back(encoding: str) -> None:
    for characters in product("a\u00e9\u4e00\U0001f600", repeat=4):
        line = "".join(characters)
        text = Text(f"x\n{line}\ny", encoding)
        for column in range(len(line) + 1):
            there = text.position(2, column)
            size = len(line[:column].encode(CODECS[encoding])) // WIDTHS[encoding]
            assert there == types.Position(1, size)
            assert text.place(there) == (2, column)


@pytest.mark.parametrize(("encoding", "size"), [("utf-8", 4), ("utf-16", 2)])
def test_the_middle_of_a_character_is_before_it(encoding: str, size: int) -> None:
    text = Text("a\U0001f600b", encoding)
    columns = [text.place(types.Position(0, unit))[1] for unit in range(size + 3)]
    assert columns == [0, *[1] * size, 2, 3]


@pytest.mark.parametrize("encoding", list(CODECS))
def test_a_place_far_into_a_long_line_costs_little(encoding: str) -> None:
    text = Text("\U0001f600" + "x" * 100_000, encoding)
    text.position(1, 1)
    there = text.position(1, 90_000)
    assert _calls(lambda: text.position(1, 90_000)) < 100
    assert _calls(lambda: text.offset(there)) < 100


def _calls(act: Callable[[], object]) -> int:
    """How many functions are called or resumed meanwhile."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return counted

"""A line is cut so that what is pointed at stays in sight, and carets stand below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flake8_logits.outputs.clipping import clip
from flake8_logits.outputs.visible import visible


def test_short_line_stays_whole() -> None:
    clipped = clip("loss = mse  ", 7, 10, 40)
    assert (clipped.text, clipped.offset, clipped.length) == ("loss = mse", 7, 3)


def test_tabs_are_as_wide_above_the_carets_as_in_them() -> None:
    clipped = clip("\tloss\t= mse", 8, 11, 40)
    assert clipped.text[clipped.offset : clipped.offset + clipped.length] == "mse"


def test_wide_characters_take_two_cells() -> None:
    clipped = clip("模型 = 'あ', mse", 10, 13, 40)
    assert (clipped.offset, clipped.length) == (13, 3)
    assert clip("x = 模型", 4, 6, 40).length == 4


def test_combining_characters_take_none() -> None:
    assert clip("cafe\u0301 = mse", 8, 11, 40).offset == 7


@pytest.mark.parametrize(("start", "end"), [(0, 3), (200, 203), (397, 400), (150, 380)])
def test_stretch_in_a_long_line_is_seen(start: int, end: int) -> None:
    line = "a" * start + "B" * (end - start) + "a" * (400 - end)
    clipped = clip(line, start, end, 60)
    marked = clipped.text[clipped.offset : clipped.offset + clipped.length]
    assert set(marked) == {"B"}
    assert cell_len(clipped.text) <= 60
    assert clipped.text.startswith("...") == (start > 60)
    assert clipped.text.endswith("...") == (end < 400)


def test_ellipsis_of_the_program_is_no_cut() -> None:
    assert clip("x = ...", 4, 7, 40).length == 3


@pytest.mark.parametrize(("start", "end"), [(90, 95), (3, 1), (-1, 2), (4, 4)])
def test_stretch_beside_the_line_is_moved_into_it(start: int, end: int) -> None:
    clipped = clip("loss", start, end, 40)
    assert 0 <= clipped.offset <= 4
    assert clipped.length >= 1


@given(st.text(max_size=200), st.integers(0, 210), st.integers(0, 210), st.integers(40, 120))
def test_never_wider_than_the_room(line: str, start: int, end: int, room: int) -> None:
    clipped = clip(line, start, end, room)
    assert cell_len(clipped.text) <= room
    assert clipped.offset + clipped.length <= room + 1
    assert "\n" not in clipped.text and "\x1b" not in clipped.text


def test_nothing_that_a_terminal_obeys_is_shown() -> None:
    assert visible("a\x1b[31mb\r\n\u202e\x85") == "a\u241b[31mb\u240d\u240a\ufffd\ufffd"

"""Which lines two texts have in common, and what it costs to find out."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from flake8_logits.source.unchanged import lines_in_common

LINES = 2_000


class _Line(str):
    """A line that counts how often lines are looked up."""

    __slots__ = ()
    looked_up = 0

    def __hash__(self) -> int:
        _Line.looked_up += 1
        return super().__hash__()

    __eq__ = str.__eq__


@pytest.mark.parametrize("alphabet", ["ab", "abcdefgh", "abcdefghijklmnopqrstuvwxyz"])
def test_what_is_in_common_is_in_both_and_in_order(alphabet: str) -> None:
    draw = random.Random(alphabet)
    for _ in range(500):
        before = [draw.choice(alphabet) for _ in range(draw.randrange(12))]
        after = [draw.choice(alphabet) for _ in range(draw.randrange(12))]
        found = lines_in_common(before, after)
        assert all(before[old] == after[new] for old, new in found)
        assert all(old < next_old and new < next_new for (old, new), (next_old, next_new) in pairwise(found))


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("abc", "abc", "abc"),
        ("abc", "xaybzcw", "abc"),
        ("axbxcx", "axbxcx", "axbxcx"),
        ("xxaxx", "xxaxxbxx", "xxaxx"),
        ("abc", "cab", "ab"),
        ("", "abc", ""),
        ("abc", "", ""),
    ],
)
def test_what_stayed_is_found(before: str, after: str, kept: str) -> None:
    assert "".join(after[new] for _, new in lines_in_common(before, after)) == kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([""] * LINES, ["", "#"] * LINES),
        (["", "#"] * LINES, ["#", ""] * LINES),
        ([str(number) for number in range(LINES)], [str(number) for number in reversed(range(LINES))]),
    ],
    ids=["alike", "by turns", "backwards"],
)
def test_each_line_is_looked_up_a_few_times(before: list[str], after: list[str]) -> None:
    _Line.looked_up = 0
    lines_in_common([_Line(line) for line in before], [_Line(line) for line in after])
    assert _Line.looked_up <= 10 * (len(before) + len(after))

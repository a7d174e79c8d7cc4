"""What is kept of texts that libcst has read."""

from __future__ import annotations

from flake8_logits.source.pieces import KEPT, MOST_CHARACTERS, piece_of


def test_a_text_is_read_once() -> None:
    assert piece_of("x = 1\n") is piece_of("x = 1\n")


def test_so_much_is_kept_and_no_more() -> None:
    for number in range(30):
        piece_of(f"x{number} = '{'y' * (MOST_CHARACTERS // 10)}'\n")
        assert KEPT.characters <= MOST_CHARACTERS
    assert KEPT.get(f"x29 = '{'y' * (MOST_CHARACTERS // 10)}'\n") is not None
    assert KEPT.get(f"x0 = '{'y' * (MOST_CHARACTERS // 10)}'\n") is None


def test_what_is_longer_than_all_that_is_kept_is_read_all_the_same() -> None:
    assert piece_of(f"x = '{'y' * MOST_CHARACTERS}'\n").statements == 1
    assert KEPT.characters == 0

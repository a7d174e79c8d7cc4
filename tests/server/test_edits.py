"""Many changes at once leave what they leave one after the other."""

from __future__ import annotations

import random
from functools import reduce

import pytest
from lsprotocol import types

from flake8_logits.server.edits import edited
from flake8_logits.server.texts import UTF8, UTF16, UTF32, Encoding, Text

PIECES = ("\n", "\r", "\r\n", "a", "\u00e9", "\U0001f600", "\x0c", "")
Change = types.TextDocumentContentChangeEvent


def _text(random: random.Random, most: int) -> str:
    return "".join(random.choice(PIECES) for _ in range(random.randrange(most)))


def _change(random: random.Random) -> Change:
    if not random.randrange(12):
        return types.TextDocumentContentChangeWholeDocument(_text(random, 12))
    start, end = (types.Position(random.randrange(8), random.randrange(6)) for _ in range(2))
    return types.TextDocumentContentChangePartial(types.Range(start, end), _text(random, 4))


@pytest.mark.parametrize("encoding", [UTF8, UTF16, UTF32])
def test_many_changes_are_as_one_after_the_other(encoding: Encoding) -> None:
    drawn = random.Random(5)
    for _ in range(400):
        text = Text(_text(drawn, 12), encoding)
        changes = [_change(drawn) for _ in range(drawn.randrange(5))]
        assert edited(text, changes).source == reduce(Text.changed, changes, text).source


def test_a_change_looks_at_the_lines_around_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    plain = Text.offset

    def offset(self: Text, position: types.Position) -> int:
        seen.append(len(self.source))
        return plain(self, position)

    monkeypatch.setattr(Text, "offset", offset)
    place = types.Position(500, 1)
    change = types.TextDocumentContentChangePartial(types.Range(place, place), "y")
    assert edited(Text("x = 1\n" * 1000), [change] * 3).source.splitlines()[500] == "xyyy = 1"
    assert max(seen) < 20

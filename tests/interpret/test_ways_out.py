"""Of very many ways out of a body or loop it is forgotten when each is taken: that would fill any memory."""

from __future__ import annotations

from flake8_logits.analysis import analyse
from flake8_logits.interpret.abstract.state import Branch, State
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.engine.frames import MOST_EXITS_TOLD_APART, way_out
from flake8_logits.source.documents import python_document

MANY = 3 * MOST_EXITS_TOLD_APART


def test_the_conditions_of_the_first_ways_out_are_kept() -> None:
    base, ways = State(), list[Branch]()
    state = State(base, {fresh_symbol(): True})
    for _ in range(MANY):
        way_out(ways, state, base)
    assert [bool(guards) for _, guards in ways] == [number < MOST_EXITS_TOLD_APART for number in range(MANY)]


def _codes(last: str) -> list[str]:
    ways = "".join(f"    if kind == {number}:\n        return F.softmax(layer(x), 1)\n" for number in range(MANY))
    text = f"from torch import nn\nimport torch.nn.functional as F\nlayer = nn.Linear(3, 3)\ndef f(x, kind):\n{ways}"
    text += f"    return {last}\ndef train(x, y, kind):\n    nn.CrossEntropyLoss()(f(x, kind), y)\n"
    return [found.code for found in analyse(python_document("many.py", text.encode())).diagnostics]


def test_every_way_out_counts() -> None:
    assert _codes("F.softmax(layer(x), 1)") == ["LGT103"]
    assert _codes("layer(x)") == []

"""Fixes are tried within bounds, however many findings a file has and however its names are bound."""

from __future__ import annotations

import pytest

from flake8_logits.fixes.mending import TOO_MANY, Mender
from flake8_logits.interpret.abstract.mro import MOST_ANCESTORS
from flake8_logits.source.rebinding import MOST_MEETINGS, is_rebound_too_often
from tests.fixes.mended import DEFAULT, declined, look, mend, spots, viewer

HEAD = "import keras\nfrom keras import layers\n"
TWO_WAYS = """
def made_{0}(end):
    return keras.Sequential([layers.Dense(3, activation=end)])


model_{0} = made_{0}(None)
model_{0}.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=False))
made_{0}("softmax").compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))
"""


@pytest.mark.parametrize(("most", "given_up"), [(1, 7), (10_000, 0)])
def test_findings_are_tried_until_the_steps_are_spent(
    most: int, given_up: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they do not all go at once; the first one is always tried."""
    monkeypatch.setattr(Mender, "_at_once", lambda *_: None)
    data = (HEAD + "".join(TWO_WAYS.format(number) for number in range(4))).encode()
    base = look("many.py", data)
    found = spots(base)
    assert len(found) == 8
    answers = Mender(viewer("many.py"), DEFAULT, False, most).proposals(base, found)
    assert sum(answer == TOO_MANY for answer in answers.values()) == given_up


def test_what_a_look_takes_does_not_depend_on_the_machine() -> None:
    data = (HEAD + TWO_WAYS.format(0)).encode()
    assert look("one.py", data).steps == look("one.py", data).steps > data.count(b"\n")


def test_a_long_line_counts_for_what_it_holds() -> None:
    short, long = (f"import keras\nkeras.losses.get('mse')\nx = {[0] * size}\n".encode() for size in (1, 10_000))
    assert look("line.py", long).steps > 100 * look("line.py", short).steps


def test_a_name_bound_thousands_of_times_is_not_asked_for() -> None:
    """The scopes of such a file take minutes."""
    turns = "x = layers.Softmax()(x)\n" * 2_000
    text = HEAD + "x = layers.Dense(3)(layers.Input((3,)))\n" + turns
    assert is_rebound_too_often(text)
    assert set(declined("turns.py", text.encode(), unsafe=True).values()) == {"a name of this file is bound too often"}


def test_a_name_bound_in_each_function_is_asked_for() -> None:
    text = "".join(f"def f{i}(x):\n    x = x + 1\n    return x\n" for i in range(400))
    assert len(text) * 400 > MOST_MEETINGS
    assert not is_rebound_too_often(text)


def test_heirs_of_heirs_are_mended_too() -> None:
    heirs = "".join(f"class Net{i}(Net{i - 1}):\n    pass\n\n\n" for i in range(1, MOST_ANCESTORS // 2))
    text = HEAD + "class Net0(keras.Sequential):\n    pass\n\n\n" + heirs
    text += f"model = Net{MOST_ANCESTORS // 2 - 1}([layers.Dense(3)])\nmodel.compile(loss='categorical_crossentropy')\n"
    assert b"from_logits=True" in mend("heirs.py", text.encode())

"""Programs written by hand, each full of one way in which Python surprises: what is said of them is what they do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.differential.written import Written, claimed, contradiction, measured, programs

PROGRAMS = programs()
PLAIN = [program for program in PROGRAMS if program.is_plain]
OTHERS = [program for program in PROGRAMS if not program.is_plain]
LEAST_KNOWN = 0.65


@pytest.mark.parametrize("program", PLAIN, ids=lambda program: program.title)
def test_what_is_said_is_what_python_does(program: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    _hold_to_the_truth(program, monkeypatch)


@pytest.mark.parametrize("program", OTHERS, ids=lambda program: program.title)
def test_what_is_said_is_what_happens(program: Written, monkeypatch: pytest.MonkeyPatch, keras: Any) -> None:
    _hold_to_the_truth(program, monkeypatch)


def _hold_to_the_truth(program: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = measured(program, monkeypatch)
    said = claimed(program)
    lines = program.text.splitlines()
    assert truth
    wrong = {
        lines[line - 1].strip(): (sorted(said.get(line, ())), sorted(found))
        for line, found in truth.items()
        if contradiction(said.get(line, set()), found)
    }
    assert wrong == {}


def test_most_of_it_is_known() -> None:
    """An interpreter that knows nothing contradicts nobody."""
    answers = [answer for program in PROGRAMS for answer in claimed(program).values()]
    known = [answer for answer in answers if answer]
    assert len(known) >= LEAST_KNOWN * len(answers)
    assert len({program.title for program in PROGRAMS}) == len(PROGRAMS)
    assert len(PLAIN) >= len(PROGRAMS) / 2


def test_the_harness_sees_a_contradiction() -> None:
    assert contradiction({"logits"}, {"softmax"})
    assert contradiction({"'a'"}, {"'a'", "None"})
    assert not contradiction({"'a'", "None"}, {"'a'"})
    assert not contradiction(set(), {"softmax"})
    assert not contradiction({"logits"}, {"logits", "bounded"})

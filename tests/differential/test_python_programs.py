"""Random programs in Python's own words, run as they are: the interpreter says what happens, or that it is lost.

They need no framework, as only the order in which Python does things is at stake.  ``DIFFERENTIAL_PYTHON_PROGRAMS``
sets the number of programs; seeds and parts are set as for Keras.
"""

from __future__ import annotations

import os

import pytest

from flake8_logits.domain.scales import Scale
from tests.differential.probe import Refused
from tests.differential.python.programs import PythonProgram, write
from tests.differential.python.running import compare, examine, measure, said_of
from tests.differential.reduction import smallest
from tests.differential.rounds import MOST_REFUSED, MOST_SHOWN, PARTS, chosen_for

PROGRAMS = int(os.environ.get("DIFFERENTIAL_PYTHON_PROGRAMS", "600"))
LEAST_KNOWN = 0.5
TEXT = """\
import torch
from torch import nn
head = nn.Linear(4, 3)
criterion = nn.CrossEntropyLoss()
part = nn.Softmax(dim=1)
for _ in range(2):
    criterion(part(head(torch.ones(2, 4))), torch.ones(2))
    part = nn.Identity()
"""
LINE = 7


def _contradicts(program: PythonProgram) -> bool:
    try:
        return bool(examine(program).contradictions)
    except Refused:
        return False


@pytest.mark.parametrize("part", range(PARTS))
def test_the_interpreter_never_contradicts_python(part: int) -> None:
    known = lost = refused = 0
    wrong: list[bytes] = []
    chosen = chosen_for(PROGRAMS)[part::PARTS]
    for choices in chosen:
        try:
            outcome = examine(write(choices))
        except Refused:
            refused += 1
            continue
        known, lost = known + outcome.known, lost + outcome.lost
        wrong += [choices] if outcome.contradictions else []
    shown = "\n\n".join(smallest(choices, _contradicts, write=write).text for choices in wrong[:MOST_SHOWN])
    assert not wrong, f"{len(wrong)} programs contradict, the first of them:\n\n{shown}"
    # A test that discards, or loses, everything would pass as well.
    assert refused <= MOST_REFUSED * len(chosen)
    assert known >= LEAST_KNOWN * (known + lost)


def test_every_run_of_a_line_counts() -> None:
    program = PythonProgram(TEXT, (), frozenset())
    seen = measure(program)
    assert seen == {LINE: {Scale.SOFTMAX, Scale.LOGITS}}
    assert compare(said_of(program), seen).contradictions == []


@pytest.mark.parametrize("told", [{Scale.SOFTMAX}, {Scale.LOG_SOFTMAX}, set()])
def test_a_wrong_answer_is_noticed(told: set[Scale]) -> None:
    seen = measure(PythonProgram(TEXT, (), frozenset()))
    assert compare({LINE: told}, seen).contradictions


def test_a_program_that_goes_on_for_ever_is_refused() -> None:
    forever = TEXT.replace("for _ in range(2):", "while True:")
    with pytest.raises(Refused):
        measure(PythonProgram(forever, (), frozenset()))

"""Random programs, built and measured with TensorFlow: the interpreter says what is true of them, or that it is lost.

``DIFFERENTIAL_PROGRAMS`` sets the number of programs, ``DIFFERENTIAL_SEED`` the first seed.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.differential.examination import Crashed, contradicts, examine
from tests.differential.grammar import choices, write
from tests.differential.probe import Refused
from tests.differential.reduction import smallest
from tests.differential.tally import Tally

PROGRAMS = int(os.environ.get("DIFFERENTIAL_PROGRAMS", "1000"))
FIRST_SEED = int(os.environ.get("DIFFERENTIAL_SEED", "0"))
BATCH = 1000
MOST_REFUSED = 0.10
MOST_SHOWN = 3

pytestmark = pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="needs TensorFlow")


def _batches() -> list[tuple[int, int]]:
    return [(FIRST_SEED + done // BATCH, min(BATCH, PROGRAMS - done)) for done in range(0, PROGRAMS, BATCH)]


def test_the_interpreter_never_contradicts_tensorflow(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for number, size in _batches():
        # The programs follow from the seed alone, on every machine.
        @seed(number)
        @settings(
            max_examples=size,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(choices())
        def run(chosen: bytes) -> None:
            program = write(chosen)
            if not tally.is_new(program):
                return
            if tally.programs % 200 == 0:
                gc.collect()
            try:
                tally.count(program, chosen, examine(program))
            except Refused as refusal:
                tally.refuse(refusal)
            except Crashed:
                tally.crash(program)

        run()
    with capsys.disabled():
        sys.stdout.write(tally.table())
    shown = "\n\n".join(smallest(chosen, contradicts).text for chosen in tally.contradicting[:MOST_SHOWN])
    assert not tally.contradicting, f"{len(tally.contradicting)} programs contradict, the first of them:\n\n{shown}"
    assert not tally.crashed, (
        f"the interpreter raised on {len(tally.crashed)} programs, the first:\n\n{tally.crashed[0]}"
    )
    # A test that discards, or loses, everything would pass as well.
    assert tally.refused <= MOST_REFUSED * tally.programs
    assert tally.confirmed >= tally.programs / 4

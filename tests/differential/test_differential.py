"""Random programs, built and measured with TensorFlow: the interpreter says what is true of them, or that it is lost.

``DIFFERENTIAL_PROGRAMS`` sets the number of programs, ``DIFFERENTIAL_SEED`` the first seed.  They are dealt out to
``DIFFERENTIAL_PARTS`` tests, which processes can share; one part, and ``-n 0``, prints one table of all of them.
"""

from __future__ import annotations

import gc
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
PARTS = int(os.environ.get("DIFFERENTIAL_PARTS", "8"))
BATCH = 1000
MOST_REFUSED = 0.10
MOST_SHOWN = 3


def _chosen() -> list[bytes]:
    """The choices that lead to each program; they follow from the seeds alone, on every machine and in every part."""
    found: list[bytes] = []
    for done in range(0, PROGRAMS, BATCH):

        @seed(FIRST_SEED + done // BATCH)
        @settings(
            max_examples=min(BATCH, PROGRAMS - done),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(choices())
        def collect(chosen: bytes) -> None:
            found.append(chosen)

        collect()
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("tensorflow")
def test_the_interpreter_never_contradicts_tensorflow(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for chosen in _chosen()[part::PARTS]:
        program = write(chosen)
        if not tally.is_new(program):
            continue
        if tally.programs % 200 == 0:
            gc.collect()
        try:
            tally.count(program, chosen, examine(program))
        except Refused as refusal:
            tally.refuse(refusal)
        except Crashed:
            tally.crash(program)
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

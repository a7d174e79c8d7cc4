"""Many programs one after the other: drawn from seeds, examined, counted, and what must hold of the count."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.differential.examination import Crashed, Measure, contradicts, examine
from tests.differential.grammar import Program, choices
from tests.differential.probe import Refused
from tests.differential.reduction import smallest
from tests.differential.tally import Tally

FIRST_SEED = int(os.environ.get("DIFFERENTIAL_SEED", "0"))
PARTS = int(os.environ.get("DIFFERENTIAL_PARTS", "8"))
BATCH = 1000
MOST_REFUSED = 0.10
LEAST_CONFIRMED = 0.25
MOST_SHOWN = 3


@dataclass(frozen=True)
class Language:
    """How programs for one framework are written and measured, and how many of them."""

    write: Callable[[bytes], Program]
    measure: Measure
    programs: int


def chosen_for(programs: int) -> list[bytes]:
    """The choices that lead to each program; they follow from the seeds alone, on every machine and in every part."""
    found: list[bytes] = []
    for done in range(0, programs, BATCH):

        @seed(FIRST_SEED + done // BATCH)
        @settings(
            max_examples=min(BATCH, programs - done),
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


def never_contradicted(language: Language, part: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Examine one part of the programs, print the table, and fail on a contradiction or on too little said."""
    tally = Tally()
    for chosen in chosen_for(language.programs)[part::PARTS]:
        program = language.write(chosen)
        if not tally.is_new(program):
            continue
        if tally.programs % 200 == 0:
            gc.collect()
        try:
            tally.count(program, chosen, examine(program, language.measure))
        except Refused as refusal:
            tally.refuse(refusal)
        except Crashed:
            tally.crash(program)
    with capsys.disabled():
        sys.stdout.write(tally.table())
    shows = partial(contradicts, measured_by=language.measure)
    shown = "\n\n".join(
        smallest(chosen, shows, write=language.write).text for chosen in tally.contradicting[:MOST_SHOWN]
    )
    assert not tally.contradicting, f"{len(tally.contradicting)} programs contradict, the first of them:\n\n{shown}"
    assert not tally.crashed, (
        f"the interpreter raised on {len(tally.crashed)} programs, the first:\n\n{tally.crashed[0]}"
    )
    # A test that discards, or loses, everything would pass as well.
    assert tally.refused <= MOST_REFUSED * tally.programs
    assert tally.confirmed >= LEAST_CONFIRMED * tally.programs

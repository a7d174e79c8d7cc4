"""Random programs, built and measured with TensorFlow: the interpreter says what is true of them, or that it is lost.

``DIFFERENTIAL_PROGRAMS`` sets the number of programs, ``DIFFERENTIAL_SEED`` the first seed.  They are dealt out to
``DIFFERENTIAL_PARTS`` tests, which processes can share; one part, and ``-n 0``, prints one table of all of them.
"""

from __future__ import annotations

import os

import pytest

from tests.differential.grammar import write
from tests.differential.probe import measure
from tests.differential.rounds import PARTS, Language, never_contradicted

KERAS = Language(write, measure, int(os.environ.get("DIFFERENTIAL_PROGRAMS", "1000")))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("tensorflow")
def test_the_interpreter_never_contradicts_tensorflow(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    never_contradicted(KERAS, part, capsys)

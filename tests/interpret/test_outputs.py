"""The interpreter asked directly: every ``reveal(x)  # output: ...`` of the fixtures holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interpret.revealed import believed, expected

FOLDER = Path(__file__).parents[2] / "fixtures" / "outputs"
FIXTURES = sorted(FOLDER.rglob("*.py"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_interpreter_believes_what_the_fixture_says(path: Path) -> None:
    assert believed(path) == expected(path)

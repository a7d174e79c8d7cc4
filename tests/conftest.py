"""What all tests share: snapshots of the output formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"
Snapshot = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the snapshots anew; read the difference")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Holds a text against the file of that name in tests/snapshots."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--accept"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"there is no snapshot {name}; look at the text, then run pytest --accept"
        assert text == path.read_text(encoding="utf-8")

    return compare

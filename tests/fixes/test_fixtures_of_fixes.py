"""Each program beside what becomes of it, and each that is left alone beside the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fixes.mended import codes, declined, mend

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "fixes"
PAIRS = sorted(path for kind in ("safe", "unsafe") for path in (FOLDER / kind).glob("*.before.py"))
DECLINED = sorted(path for kind in ("declined", "declined_unsafe") for path in (FOLDER / kind).glob("*.py"))
_REASON = re.compile(r"# declined: ?(?P<reason>.*)$")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name.partition('.')[0]}"


each_pair = pytest.mark.parametrize("before", PAIRS, ids=_name)


def _after(before: Path) -> Path:
    return before.with_name(before.name.replace(".before.", ".after."))


@each_pair
def test_program_becomes_the_one_beside_it(before: Path, request: pytest.FixtureRequest) -> None:
    after = _after(before)
    found = mend(before.name, before.read_bytes(), before.parent.name == "unsafe")
    if request.config.getoption("--accept"):
        after.write_bytes(found)
    assert found == after.read_bytes()


@each_pair
def test_nothing_is_left_to_find_or_to_mend(before: Path) -> None:
    data = _after(before).read_bytes()
    assert codes(before.name, before.read_bytes()) != codes(before.name, data) == {}
    assert mend(before.name, data, before.parent.name == "unsafe") == data


@pytest.mark.parametrize("path", [path for path in PAIRS if path.parent.name == "unsafe"], ids=lambda path: path.stem)
def test_what_changes_the_model_is_not_done_unasked(path: Path) -> None:
    assert mend(path.name, path.read_bytes()) == path.read_bytes()


@pytest.mark.parametrize("path", DECLINED, ids=lambda path: path.stem)
def test_program_is_left_alone_for_the_reason_stated(path: Path) -> None:
    data, unsafe = path.read_bytes(), path.parent.name == "declined_unsafe"
    stated = {}
    for number, line in enumerate(data.decode().split("\n"), 1):
        reason = _REASON.search(line)
        if reason is not None and reason["reason"]:
            stated[number] = reason["reason"]
    assert codes(path.name, data)
    assert declined(path.name, data, unsafe) == stated
    assert mend(path.name, data, unsafe) == data

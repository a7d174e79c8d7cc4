"""Of each file the newest content alone is kept."""

from __future__ import annotations

from pathlib import Path

from flake8_logits.source.newest import MOST_BYTES, MOST_FILES, for_the_newest
from flake8_logits.source.reading import read_bytes, seeing_unsaved


def test_what_was_computed_is_kept_until_the_content_changes() -> None:
    asked: list[tuple[str, bytes]] = []

    @for_the_newest
    def compute(path: str, data: bytes) -> int:
        asked.append((path, data))
        return len(asked)

    assert [compute("a", b"1"), compute("a", b"1"), compute("b", b"1"), compute("a", b"1")] == [1, 1, 2, 1]
    assert compute("a", b"2") == 3
    assert compute("a", b"1") == 4, "an older content is not kept"
    for number in range(MOST_FILES):
        compute(str(number), b"")
    assert compute("b", b"1") == len(asked), "nor are more files than these"


def test_what_an_editor_holds_is_read_in_the_place_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"saved")
    with seeing_unsaved({str(path): b"held"}):
        assert read_bytes(str(path), 100) == b"held"
    assert read_bytes(str(path), 100) == b"saved"


def test_long_files_are_forgotten_sooner() -> None:
    """What is kept is limited by the length of the files, not by their number alone."""
    asked: list[str] = []

    @for_the_newest
    def length(path: str, data: bytes) -> int:
        asked.append(path)
        return len(data)

    half = b"x" * (MOST_BYTES // 2)
    for path in ("a.py", "b.py", "a.py", "c.py", "a.py", "b.py"):
        assert length(path, half) == len(half)
    assert asked == ["a.py", "b.py", "c.py", "b.py"]
    assert length("d.py", half * 3) == 3 * len(half)
    assert length("d.py", b"") == 0
    assert length("d.py", b"") == 0
    assert asked[4:] == ["d.py", "d.py"]

"""What a model leaves in its folder is taken away, and counted while it runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flake8_logits.verify.child.sweeping import empty, used

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are opened as files")


def _nest(folder: Path, depth: int) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("deep", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)


@pytest.mark.parametrize("depth", [1, 1500, 5000])
def test_nested_folders_are_taken_away(tmp_path: Path, depth: int) -> None:
    _nest(tmp_path, depth)
    empty(str(tmp_path))
    assert os.listdir(tmp_path) == []


def test_locked_folders_and_taken_names_do_no_harm(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / "locked" / f".{number}" / "more").mkdir(parents=True)
        (tmp_path / f".{number}").write_text("taken")
    os.chmod(tmp_path / "locked" / ".1", 0)
    os.chmod(tmp_path / "locked", 0)
    empty(str(tmp_path))
    assert os.listdir(tmp_path) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept").write_text("kept")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    empty(str(tmp_path / "inside"))
    assert os.listdir(tmp_path / "inside") == [] and (tmp_path / "outside" / "kept").exists()
    (tmp_path / "inside").rmdir()
    (tmp_path / "inside").symlink_to(tmp_path / "outside")
    empty(str(tmp_path / "inside"))
    assert (tmp_path / "outside" / "kept").exists()


def test_what_is_written_is_counted_wherever_it_lies(tmp_path: Path) -> None:
    assert used(str(tmp_path), 1 << 20) == 0
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").write_bytes(bytes(range(256)) * 256)
    assert (1 << 16) <= used(str(tmp_path), 1 << 20) < (1 << 17)
    assert used(str(tmp_path), 1 << 13) >= 1 << 13
    (tmp_path / "b").mkdir()
    _nest(tmp_path / "b", 2500)  # too deep for a path to lead there
    assert used(str(tmp_path), 1 << 40) == 1 << 40
    empty(str(tmp_path))

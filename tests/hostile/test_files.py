"""Files of a stranger's checkout: devices, pipes, folders and giants in the place of what is read."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from flake8_logits.cache.store import FOLDER, Cache
from flake8_logits.cache.version import version_tag
from flake8_logits.configuration import finding
from flake8_logits.domain.diagnostics import Report
from flake8_logits.frontends import command
from flake8_logits.frontends.command import main
from flake8_logits.frontends.plugin import LogitsPlugin
from flake8_logits.service import fixing
from flake8_logits.source import reading
from flake8_logits.source.documents import read_document
from flake8_logits.source.ignoring import compile_patterns
from flake8_logits.source.lexemes import has_more_tokens
from flake8_logits.source.nesting import check_nesting
from flake8_logits.source.reading import UnreadableError, read_bytes
from flake8_logits.source.writing import RefusedError, replace_bytes
from tests.frontends.programs import CLASHING

unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and links of this kind are Unix's")
FOR_EVER = 300
"""Seconds after which a run counts as one without end; none of these takes a hundredth of it."""


def _giant(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


SPECIAL: dict[str, Callable[[Path], None]] = {
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a pipe": os.mkfifo if hasattr(os, "mkfifo") else Path.mkdir,
    "a folder": Path.mkdir,
    "a giant": _giant,
}


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8_logits", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=FOR_EVER,
        check=False,
    )


@unix
@pytest.mark.parametrize("name", ["pyproject.toml", ".gitignore", "models.py"])
@pytest.mark.parametrize("kind", SPECIAL)
def test_a_special_file_is_named_and_all_else_is_checked(tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    SPECIAL[kind](tmp_path / name)
    run = _run(tmp_path, "check", "--output-format", "concise", ".")
    assert "LGT101" in run.stdout
    assert "Traceback" not in run.stderr
    quiet = name == "models.py" and kind == "a folder"  # whatever it is called
    assert run.returncode == (1 if quiet else 2)
    assert quiet or run.stderr.startswith(f"{name}: cannot be ")


@unix
@pytest.mark.parametrize("option", ["--config", "--baseline"])
@pytest.mark.parametrize("kind", SPECIAL)
def test_a_special_file_that_is_asked_for_is_refused(tmp_path: Path, kind: str, option: str) -> None:
    SPECIAL[kind](tmp_path / "asked")
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    run = _run(tmp_path, "check", option, "asked", "train.py")
    assert run.returncode == 2
    assert "cannot be read: it is " in run.stderr and "Traceback" not in run.stderr


PATTERNS = (
    "*a" * 40 + "b",
    "**/" + "*a*/**/" * 40 + "b",
    "[a-z]*" * 60 + "!",
    "a" + " " * 4000 + "b",
    "*?" * 900 + "b",
)
PATHS = ("a" * 250, "/".join(["aaa"] * 300), "a" + " " * 240)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_backtracks(pattern: str) -> None:
    """With a backtracking matcher this test would not end."""
    assert [compile_patterns([pattern]).verdict(path, False) for path in PATHS] == [None] * len(PATHS)


QUOTES = ('\\"', "'''\n\\", '"""\n\\', "\\'", "'\\\n", "'''\\", "''\\'")


@pytest.mark.parametrize("piece", QUOTES)
def test_strings_that_never_close_are_read_once(piece: str) -> None:
    """Were each of them looked for to the end of the text, this test would not end."""
    text = piece * 300_000
    check_nesting(text)
    assert not has_more_tokens([text], len(text))


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "0," * 100_000 + "]\n", "a;" * 100_000, "\n" * 200_000, "x = 1\n" * 50_000,
        "x = f'" + "{a!r:>{b}}" * 20_000 + "'\n", "x = rF'''" + "{a.b(c)}" * 30_000 + "'''\n",
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_a_long_program_is_named_and_not_parsed(tmp_path: Path, text: str) -> None:
    (tmp_path / "long.py").write_text(CLASHING + text, encoding="utf-8")
    run = _run(tmp_path, "check", "long.py")
    assert run.returncode == 2
    assert "long.py: was not analysed: it has more than 150000 tokens; --max-tokens" in run.stderr


def test_how_long_a_program_may_be_is_the_callers_choice(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    assert _run(tmp_path, "check", "--max-tokens", "10", "train.py").returncode == 2
    assert _run(tmp_path, "check", "--max-tokens", "1000", "train.py").returncode == 1


def test_flake8_says_that_a_program_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LogitsPlugin, "max_tokens", 10)
    plugin = LogitsPlugin(ast.parse(CLASHING), "train.py", CLASHING.splitlines(keepends=True))
    (result,) = plugin.run()
    assert result[2].startswith("LGT000 was not analysed: it has more than 10 tokens")


# -- the cache ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["../elsewhere", "/elsewhere", "."])
def test_a_configuration_does_not_put_the_cache_outside(tmp_path: Path, place: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    place = str(tmp_path / "elsewhere") if place.startswith("/") else place
    (project / "pyproject.toml").write_text(f"[tool.flake8-logits]\ncache-dir = '{place}'\n", encoding="utf-8")
    (project / "train.py").write_text(CLASHING, encoding="utf-8")
    run = _run(project, "check", "train.py")
    assert run.returncode == 2 and "the cache would stand outside of the project" in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project"]
    assert sorted(path.name for path in project.iterdir()) == ["pyproject.toml", "train.py"]


@unix
def test_a_link_in_the_place_of_the_cache_is_refused(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (project / ".git").mkdir()
    (project / FOLDER).symlink_to(elsewhere)
    (project / "train.py").write_text(CLASHING, encoding="utf-8")
    run = _run(project, "check", "train.py")
    assert run.returncode == 2 and "the cache would stand outside of the project" in run.stderr
    assert list(elsewhere.iterdir()) == []


# -- what --fix writes -------------------------------------------------------------------------------------------------


@unix
def test_no_folder_is_made_behind_a_link_in_the_cache(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / FOLDER).mkdir(parents=True)
    (project / FOLDER / version_tag()).symlink_to(elsewhere)
    (project / "train.py").write_text(CLASHING)
    document = read_document(str(project / "train.py"))
    Cache(str(project / FOLDER)).save(document, None, (), Report(str(project / "train.py")))
    assert list(elsewhere.iterdir()) == []


@unix
def test_hard_links_are_not_parted(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"one")
    os.link(tmp_path / "a.py", tmp_path / "b.py")
    with pytest.raises(RefusedError, match="hard links"):
        replace_bytes(str(tmp_path / "a.py"), b"one", b"two")
    assert (tmp_path / "a.py").read_bytes() == b"one"


@unix
def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (tmp_path / "mine.py").write_text(CLASHING, encoding="utf-8")
    (project / "train.py").symlink_to(tmp_path / "mine.py")
    run = _run(project, "check", "--fix", "--no-cache", ".")
    assert run.returncode == 2 and "not written: it is a link that leads out of the project" in run.stderr
    assert (tmp_path / "mine.py").read_text(encoding="utf-8") == CLASHING


@unix
def test_mode_and_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"one")
    path.chmod(0o4750)
    kept = {}
    if sys.platform == "linux":
        try:
            os.setxattr(path, "user.note", b"mine")
            kept = {"user.note": b"mine"}
        except OSError:
            kept = {}  # the file system has none
    before = path.stat()
    replace_bytes(str(path), b"one", b"two")
    after = path.stat()
    assert path.read_bytes() == b"two"
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    if sys.platform == "linux":
        assert {name: os.getxattr(path, name) for name in kept} == kept


def test_what_cannot_be_kept_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"one")

    def refused(path: str, before: bytes, after: bytes) -> None:
        raise RefusedError("it belongs to someone else, and would be yours")

    monkeypatch.setattr(fixing, "replace_bytes", refused)
    assert fixing._write(str(path), b"one", b"two") == "not written: it belongs to someone else, and would be yours"


# -- folders -----------------------------------------------------------------------------------------------------------


def _forbid(monkeypatch: pytest.MonkeyPatch, error: type[OSError]) -> None:
    """Have folders named ``shut`` refuse to be listed, whoever asks: for the system's administrator none does."""
    scan, listed = os.scandir, os.listdir

    def refusing(act: Callable[[str], object]) -> Callable[[str], object]:
        def refuse(path: str) -> object:
            if os.path.basename(path) == "shut":
                raise error(5, "not to be listed")
            return act(path)

        return refuse

    monkeypatch.setattr(os, "scandir", refusing(scan))
    monkeypatch.setattr(os, "listdir", refusing(listed))


def test_a_folder_that_cannot_be_listed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Were it passed over, a run would call clean what it had not seen."""
    (tmp_path / "a" / "shut").mkdir(parents=True)
    (tmp_path / "a" / "right.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--no-cache", "."]) == 0
    _forbid(monkeypatch, PermissionError)
    assert main(["check", "--no-cache", "."]) == 2
    assert f"{os.path.join('a', 'shut')}: cannot be read: not to be listed" in capsys.readouterr().err
    assert main(["check", "--no-cache", "--exclude", "shut", "."]) == 0


def test_a_folder_that_is_gone_meanwhile_is_nothing_to_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "right.py").write_text("x = 1\n", encoding="utf-8")
    _forbid(monkeypatch, FileNotFoundError)
    assert main(["check", "--no-cache", str(tmp_path)]) == 0


def test_each_folder_is_asked_for_its_configuration_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders in folders, each with all above it, would cost the square of their number."""
    folder = tmp_path
    for _ in range(30):
        folder = folder / "d"
        folder.mkdir()
        (folder / "right.py").write_text("x = 1\n", encoding="utf-8")
    asked: list[str] = []
    has_table = finding._has_table

    def count(path: str) -> bool:
        asked.append(path)
        return has_table(path)

    monkeypatch.setattr(finding, "_has_table", count)
    assert main(["check", "--no-cache", str(tmp_path)]) == 0
    assert len(asked) == len(set(asked))


@pytest.mark.skipif(sys.platform != "linux", reason="files of Linux")
def test_a_file_that_has_readers_wait_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Waiting(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return cast("bytes", None)  # what Python makes of EAGAIN

    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(reading, "open", lambda descriptor, mode: Waiting(), raising=False)
    with pytest.raises(UnreadableError, match="nothing for now"):
        read_bytes(str(tmp_path / "a.py"), 100)


@unix
@pytest.mark.parametrize("option", ["--output-file", "--write-baseline"])
@pytest.mark.parametrize("name", ["report", "reports/new"])
def test_no_report_is_written_through_a_link_that_leads_out(tmp_path: Path, option: str, name: str) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    (project / ".git").mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine", encoding="utf-8")
    (project / "train.py").write_text(CLASHING, encoding="utf-8")
    (project / "report").symlink_to(elsewhere / "mine")
    (project / "reports").symlink_to(elsewhere)
    run = _run(project, "check", "--no-cache", option, name, "train.py")
    assert run.returncode == 2 and "a link there leads out of the project" in run.stderr
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]
    assert (elsewhere / "mine").read_text(encoding="utf-8") == "mine"
    # What you name yourself is written wherever it lies.
    assert _run(project, "check", "--no-cache", option, "../elsewhere/asked", "train.py").returncode in (0, 1)
    assert (elsewhere / "asked").exists()


@pytest.mark.parametrize("option", ["--output-file", "--write-baseline"])
def test_a_report_for_which_there_is_no_room_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    (tmp_path / "report").write_text("old", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        assert main(["check", "--no-cache", option, "report", "train.py"]) == 2
    assert (tmp_path / "report").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "train.py"]
    assert main(["check", "--no-cache", option, "report", "train.py"]) in (0, 1)
    assert "LGT101" in (tmp_path / "report").read_text(encoding="utf-8")


@unix
@pytest.mark.parametrize("option", ["--output-file", "--write-baseline"])
@pytest.mark.parametrize("link", [False, True])
def test_a_report_for_which_there_is_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, link: bool
) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    if link:
        (tmp_path / "report").symlink_to("target")
    before = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert main(["check", "--no-cache", option, "report", "train.py"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert main(["check", "--no-cache", option, "report", "train.py"]) in (0, 1)
    assert "LGT101" in (tmp_path / "report").read_text(encoding="utf-8")
    assert (tmp_path / "report").is_symlink() is link


def test_a_run_that_is_interrupted_leaves_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "check_files", interrupted)
    assert main(["check", "--no-cache", "--output-file", "report", "train.py"]) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["train.py"]


@unix
def test_a_report_to_a_stream_that_is_a_file_stays_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    log = tmp_path / "log"
    with log.open("a", encoding="utf-8") as file:
        run = [sys.executable, "-m", "flake8_logits", "check", "--no-cache", "--output-file", "/dev/stdout", "train.py"]
        subprocess.run(run, cwd=tmp_path, stdout=file, timeout=FOR_EVER, check=False)
        file.write("after")
    assert "LGT101" in log.read_text(encoding="utf-8") and "after" in log.read_text(encoding="utf-8")


@unix
def test_a_report_goes_to_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    assert "LGT101" in _run(tmp_path, "check", "--no-cache", "--output-file", "/dev/stdout", "train.py").stdout


@unix
@pytest.mark.parametrize("option", ["--output-file", "--write-baseline"])
def test_no_report_waits_for_somebody_to_read_it(tmp_path: Path, option: str) -> None:
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    run = _run(tmp_path, "check", "--no-cache", option, "pipe", "train.py")
    assert run.returncode == 2 and "it is not a regular file" in run.stderr


def test_json_that_takes_far_more_memory_than_bytes_is_named(tmp_path: Path) -> None:
    crowd = f"[{'{},' * reading.MOST_CONTAINERS}1]"
    (tmp_path / "a.ipynb").write_text(f'{{"nbformat": 4, "cells": [], "more": {crowd}}}', encoding="utf-8")
    (tmp_path / "known.json").write_text(f'{{"version": 1, "findings": {crowd}}}', encoding="utf-8")
    (tmp_path / "train.py").write_text(CLASHING, encoding="utf-8")
    run = _run(tmp_path, "check", "--no-cache", "a.ipynb", "train.py")
    assert run.returncode == 2 and "LGT101" in run.stdout
    assert run.stderr.startswith("a.ipynb: is not read: it holds more than 4000000 lists and objects")
    run = _run(tmp_path, "check", "--no-cache", "--baseline", "known.json", "train.py")
    assert run.returncode == 2 and "known.json cannot be read: it holds more than" in run.stderr


@unix
def test_what_cannot_be_read_is_named_wherever_it_is_found(tmp_path: Path) -> None:
    (tmp_path / "nowhere.py").symlink_to("gone.py")
    (tmp_path / "round.ipynb").symlink_to("round.ipynb")
    (tmp_path / ".#train.py").symlink_to("somebody@host.1234")  # Emacs tells other people that they edit train.py
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "train.py").write_text("x = 1\n", encoding="utf-8")
    run = _run(tmp_path, "check", "--no-cache", ".")
    assert run.returncode == 2
    assert [line.split(": ")[0] for line in run.stderr.splitlines()] == ["nowhere.py", "pipe.py", "round.ipynb"]


@unix
def test_a_long_name_of_long_letters_is_mended(tmp_path: Path) -> None:
    path = tmp_path / ("\N{GRINNING FACE}" * 62 + ".py")
    path.write_bytes(b"one")
    replace_bytes(str(path), b"one", b"two")
    assert path.read_bytes() == b"two"

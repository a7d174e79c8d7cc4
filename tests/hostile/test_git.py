"""``--diff-base`` in a repository whose configuration names programs: none of them runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_logits.service import git
from flake8_logits.service.changes import Changes, RevisionError, changes_since
from flake8_logits.service.checking import check_file
from flake8_logits.service.requests import Options
from tests.frontends.programs import CLASHING

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="the payloads are shell scripts"),
]

PATIENCE = 120
"""Seconds for a run that takes a few: a machine may be busy."""
PAYLOADS = {
    "monitor": "[core]\nfsmonitor = {payload}\n",
    "hooks": "[core]\nhooksPath = {folder}/hooks\n",
    "pager": "[core]\npager = {payload}\n[pager]\ncat-file = true\nrev-parse = true\nmerge-base = true\n",
    "diff": '[diff]\nexternal = {payload}\n[diff "x"]\ncommand = {payload}\ntextconv = {payload}\n',
    "filters": '[filter "x"]\nclean = {payload}\nsmudge = {payload}\nprocess = {payload}\nrequired = true\n',
    "ssh": "[core]\nsshCommand = {payload}\n" + '{lazy}[remote "origin"]\nurl = ssh://localhost/x\n',
    "upload pack": '{lazy}[remote "origin"]\nurl = {folder}\nuploadpack = {payload}\n',
    "ext": '{lazy}[protocol "ext"]\nallow = always\n[remote "origin"]\nurl = ext::{payload}\n',
    "helper": "[credential]\nhelper = !{payload}\n[core]\naskPass = {payload}\n",
    "include": "[include]\npath = {folder}/more\n",
    "alias": "[alias]\ncat-file = !{payload}\nrev-parse = !{payload}\n",
}
LAZY = (
    "[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n"
    '[remote "origin"]\npromisor = true\npartialclonefilter = blob:none\n'
)


def _repository(folder: Path) -> None:
    (folder / "train.py").write_text(CLASHING, encoding="utf-8")
    (folder / ".gitattributes").write_text("*.py filter=x diff=x\n", encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


def _lose_blobs(folder: Path) -> None:
    """Take the file's content out of the repository: a lazy clone would fetch it."""
    name = subprocess.check_output(["git", "-C", str(folder), "rev-parse", "HEAD:train.py"], text=True).strip()
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_payload_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)
    _repository(tmp_path)
    marker, payload = tmp_path / "marker", tmp_path / "payload"
    payload.write_text(f"#!/bin/sh\necho ran >> '{marker}'\n", encoding="utf-8")
    payload.chmod(0o755)
    text = PAYLOADS[kind].format(payload=payload, folder=tmp_path, lazy=LAZY)
    (tmp_path / "more").write_text(f"[core]\nfsmonitor = {payload}\n", encoding="utf-8")
    (tmp_path / "hooks").mkdir()
    shutil.copy(payload, tmp_path / "hooks" / "post-index-change")
    if "{lazy}" in PAYLOADS[kind]:
        _lose_blobs(tmp_path)
    with (tmp_path / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(text)
    run = subprocess.run(
        [sys.executable, "-m", "flake8_logits", "check", "--no-cache", "--diff-base", "HEAD", "train.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not marker.exists(), run.stdout + run.stderr
    assert "Traceback" not in run.stderr


def test_a_folder_that_is_a_repository_by_its_files_is_none(tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    assert git.ask(str(bare), "rev-parse", "--git-dir") is None


def test_git_that_waits_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _repository(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(f"[include]\npath = {tmp_path}/pipe\n")
    monkeypatch.setattr(git, "SECONDS", 1)
    with pytest.raises(RevisionError, match="git did not answer"):
        changes_since("HEAD")


def test_git_that_does_not_answer_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects can be pipes: a minute for each of a thousand files would be most of a day."""
    asked: list[str] = []

    def silent(folder: str, name: str) -> bytes | None:
        asked.append(name)
        raise git.GitTimeoutError

    monkeypatch.setattr(git, "blob", silent)
    changes = Changes("0" * 40)
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(CLASHING, encoding="utf-8")
        checked = check_file(str(tmp_path / name), Options(frozenset(["LGT101"])))
        assert changes.apply(checked.report, checked.sources).diagnostics
    assert len(asked) == 1


def test_lines_that_are_all_alike_are_compared_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "train.py"
    _repository(tmp_path)
    script.write_text("\n" * 20_000, encoding="utf-8")
    for command in (["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    script.write_text("\n#\n" * 20_000 + CLASHING, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "flake8_logits", "check", "--no-cache", "--diff-base", "HEAD", "train.py"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert "LGT101" in run.stdout and run.returncode == 1


def test_git_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "git").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}")
    assert git.executable() is None

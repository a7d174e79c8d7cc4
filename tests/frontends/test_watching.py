"""``check --watch``, as a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flake8_logits.frontends.command import main
from tests.frontends.programs import CLASHING, CONTRADICTING

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds for any answer: a machine may be busy."""


CALLED = """from torch import nn


def loss_of(scores, target):
    return nn.NLLLoss()(scores, target)
"""
CALLING = """from called import loss_of
from torch import nn

loss_of(nn.Linear(8, 10)(features), target)
"""

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interrupt to send")


class Watch:
    """A run of ``check --watch`` that is asked in turn what it shows."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        options = ["check", "--watch", "--output-format", "concise", "--no-cache", *arguments]
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        # Shells have what they start in the background ignore Ctrl+C, and so would all that it starts.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            self.run = subprocess.Popen(
                [sys.executable, "-m", "flake8_logits", *options], cwd=folder, text=True,
                env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
        finally:
            signal.signal(signal.SIGINT, before)
        self._over = threading.Timer(PATIENCE, self.run.kill)
        self._over.start()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.cancel()
        self.run.kill()
        self.run.communicate()

    def shown(self) -> list[str]:
        """What the next check shows: where something was found, and which rule; else the whole line."""
        assert self.run.stdout is not None
        lines: list[str] = []
        while not lines or "Ctrl+C ends it" not in lines[-1]:
            lines.append(self.run.stdout.readline())
            assert lines[-1], lines
        return [re.sub(r":\d+:\d+: (LGT\d+) .*", r" \1", line.strip()) for line in lines[:-1]]

    def interrupt(self) -> int:
        self.run.send_signal(signal.SIGINT)
        return self.run.wait(PATIENCE)


def _put(path: Path, text: str) -> None:
    """Write a file as many editors do: in one step."""
    aside = path.parent / "aside"
    aside.write_text(text)
    aside.replace(path)


@unix
def test_a_change_is_checked(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(CLASHING)
    with Watch(tmp_path, ".") as watch:
        assert watch.shown() == ["train.py LGT101"]
        _put(tmp_path / "notes.txt", "no concern of ours")
        _put(script, CONTRADICTING)
        assert watch.shown() == ["train.py LGT102"]
        _put(script, CLASHING)
        assert watch.shown() == ["train.py LGT101"]
        assert watch.interrupt() == 130


@unix
def test_a_named_file_is_watched_though_another_takes_its_place(tmp_path: Path) -> None:
    script = tmp_path / "train"
    script.write_text(f"#!/usr/bin/env python\n{CLASHING}")
    with Watch(tmp_path, "train") as watch:
        assert watch.shown() == ["train LGT101"]
        for text, code in ((CONTRADICTING, "LGT102"), (CLASHING, "LGT101")):
            _put(script, f"#!/usr/bin/env python\n{text}")
            assert watch.shown() == [f"train {code}"]


@unix
def test_folders_that_come_and_go(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "train.py").write_text(CLASHING)
    with Watch(tmp_path, "p") as watch:
        assert watch.shown() == ["p/train.py LGT101"]
        (tmp_path / "p").rename(tmp_path / "q")
        assert "p: cannot be read" in watch.shown()[0]
        (tmp_path / "q").rename(tmp_path / "p")
        assert watch.shown() == ["p/train.py LGT101"]
        (tmp_path / "new").mkdir()
        _put(tmp_path / "new" / "other.py", CONTRADICTING)
        (tmp_path / "new").rename(tmp_path / "p" / "new")
        assert watch.shown() == ["p/new/other.py LGT102", "p/train.py LGT101"]
        _put(tmp_path / "p" / "new" / "other.py", CLASHING)
        assert watch.shown() == ["p/new/other.py LGT101", "p/train.py LGT101"]


@unix
def test_nothing_behind_a_link_is_watched(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "p" / "link").symlink_to("../elsewhere")
    (tmp_path / "p" / "train.py").write_text(CLASHING)
    with Watch(tmp_path / "p", ".") as watch:
        assert watch.shown() == ["train.py LGT101"]
        threading.Event().wait(1)
        _put(tmp_path / "elsewhere" / "a.py", CLASHING)
        threading.Event().wait(2)
        _put(tmp_path / "p" / "train.py", CONTRADICTING)
        assert watch.shown() == ["train.py LGT102"]


@unix
def test_new_callers_are_seen(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "called.py").write_text(CALLED)
    with Watch(tmp_path, ".") as watch:
        assert watch.shown() == []
        _put(tmp_path / "calling.py", CALLING)
        assert watch.shown() == ["called.py LGT104"]


@unix
def test_a_configuration_that_is_half_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("")
    (tmp_path / "train.py").write_text(CLASHING)
    with Watch(tmp_path, "--config", "ours.toml", ".") as watch:
        assert watch.shown() == ["train.py LGT101"]
        _put(tmp_path / "ours.toml", "[tool.flake8-logits")
        assert "not valid TOML" in watch.shown()[0]
        _put(tmp_path / "ours.toml", "[tool.flake8-logits]\nignore = ['LGT101']")
        assert watch.shown() == []


def test_what_cannot_be_watched(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--watch", "-"]) == 2
    assert "--watch cannot be used with standard input" in capsys.readouterr().err
    assert main(["check", "--watch", "missing.py"]) == 2
    assert "there is no missing.py" in capsys.readouterr().err
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["check", "--watch", "."]) == 2
    assert "python -m pip install 'flake8-logits[watch]'" in capsys.readouterr().err

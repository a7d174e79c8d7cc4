"""``check --watch``, as a process."""

from __future__ import annotations

import os
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interrupt to send")
def test_a_change_is_checked(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(CLASHING)
    command = [
        sys.executable,
        "-m",
        "flake8_logits",
        "check",
        "--watch",
        "--output-format",
        "concise",
        "--no-cache",
        ".",
    ]
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    # Shells have what they start in the background ignore Ctrl+C, and so would all that it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run = subprocess.Popen(
            command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": paths}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        assert run.stdout is not None and run.stderr is not None
        assert "LGT101" in run.stdout.readline()
        assert run.stderr.readline() == "flake8-logits: watching .; Ctrl+C ends it\n"
        (tmp_path / "notes.txt").write_text("no concern of ours")
        writing = threading.Event()
        writer = threading.Thread(target=_write_until, args=(script, writing))
        writer.start()
        try:
            assert "LGT102" in run.stdout.readline()
        finally:
            writing.set()
            writer.join()
        run.send_signal(signal.SIGINT)
        assert run.wait(PATIENCE) == 130
    finally:
        run.kill()
        run.communicate()


def _write_until(script: Path, told: threading.Event) -> None:
    """Change a file again and again: whoever watches it may begin to do so after the first time."""
    number = 0
    while not told.is_set():
        number += 1
        script.write_text(f"{CONTRADICTING}# {number}\n")
        told.wait(0.5)


def test_what_cannot_be_watched(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--watch", "-"]) == 2
    assert "--watch cannot be used with standard input" in capsys.readouterr().err
    assert main(["check", "--watch", "missing.py"]) == 2
    assert "there is no missing.py" in capsys.readouterr().err
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["check", "--watch", "."]) == 2
    assert "python -m pip install 'flake8-logits[watch]'" in capsys.readouterr().err

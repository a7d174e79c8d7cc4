"""The child process seen from here: started when it is first needed, asked line by line, ended as a group."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Answer = dict[str, Any]
_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path[:] = sys.argv[2:]; from flake8_logits.verify.child.server import main; main(sys.argv[1])"
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "KERAS_BACKEND", "TF_USE_LEGACY_KERAS")
"""All that the child sees of the environment."""
_GRACE = 20
"""Seconds that the child may be late before it counts as hung."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one model may use: seconds, bytes of memory beyond the libraries', processes, bytes of a file."""

    seconds: int = 60
    memory: int = 4 << 30
    processes: int = 256
    file_size: int = 16 << 20
    start: int = 180


class NotInstalled(Exception):
    """There is no Keras to build models with; the message says why."""


class Worker:
    """One child process, started anew after it broke.  To be closed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.started: Answer = {}
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._folder = ""

    def ask(self, request: Answer) -> Answer:
        """The answer to a request; inconclusive where the child broke.  Raises NotInstalled."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        limits = self.limits
        within = {"seconds": limits.seconds, "memory": limits.memory, "processes": limits.processes,
                  "file_size": limits.file_size}  # fmt: skip
        try:
            self._process.stdin.write(json.dumps({**request, "limits": within}) + "\n")
            self._process.stdin.flush()
            answer = self._line(limits.seconds + _GRACE)
        except (OSError, ValueError):
            answer = None
        if answer is None:
            self.close()
            return {"answer": "inconclusive", "kind": "crash", "reason": "the process that built it broke"}
        if not self.started.get("forks"):
            self.close()
        return answer

    def close(self) -> None:
        """End the child and everything it started, and take its folder away."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                _end(process)
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError, ValueError):
                    if stream is not None:
                        stream.close()
            process.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""

    def _start(self) -> None:
        self.close()
        self._folder = tempfile.mkdtemp(prefix="flake8-logits-")
        _copy_settings(self._folder)
        paths = [_ROOT, *(path for path in sys.path if path and path != os.getcwd())]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, self._folder, *dict.fromkeys(paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env=_environment(self._folder),
            text=True,
            encoding="utf-8",
            start_new_session=os.name == "posix",
        )
        self._lines = queue.Queue()
        threading.Thread(target=_read, args=(self._process.stdout, self._lines), daemon=True).start()
        started = self._line(self.limits.start)
        if started is None or not started.get("ready"):
            self.close()
            raise NotInstalled((started or {}).get("reason", "the process that builds models did not start"))
        self.started = started

    def _line(self, seconds: float) -> Answer | None:
        try:
            found = json.loads(self._lines.get(timeout=seconds))
        except (queue.Empty, ValueError):
            return None
        return found if isinstance(found, dict) else None


def _read(stream: Any, lines: queue.Queue[str]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            lines.put(line)
    lines.put("")


def _end(process: subprocess.Popen[str]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "HOME": folder,
        "USERPROFILE": folder,
        "KERAS_HOME": os.path.join(folder, ".keras"),
        "TMPDIR": folder,
        "TEMP": folder,
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "JAX_PLATFORMS": "cpu",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _copy_settings(folder: str) -> None:
    """The user's choice of a backend, which Keras reads from a file."""
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    target = os.path.join(folder, ".keras")
    os.makedirs(target, exist_ok=True)
    with contextlib.suppress(OSError):
        shutil.copyfile(os.path.join(home, "keras.json"), os.path.join(target, "keras.json"))

"""The child process seen from here: started when it is first needed, asked line by line, ended as a group."""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import queue
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from flake8_logits.domain.walls import Walls, walls_of
from flake8_logits.verify.bait import Bait
from flake8_logits.verify.bubblewrap import bubblewrap, wrapped
from flake8_logits.verify.child.sweeping import empty
from flake8_logits.verify.places import PACKAGE, import_paths, library_paths, readable

Answer = dict[str, Any]
_START = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
place = sys.argv[1]
spec = spec_from_file_location("flake8_logits", place + "/__init__.py", submodule_search_locations=[place])
sys.modules["flake8_logits"] = module_from_spec(spec)
spec.loader.exec_module(sys.modules["flake8_logits"])
from flake8_logits.verify.child.server import main
main(sys.argv[2])
"""
_KEPT = ("SYSTEMROOT", "LANG", "LC_ALL", "KERAS_BACKEND", "TF_USE_LEGACY_KERAS")
"""All that the child sees of the environment as it is."""
_GRACE = 60
"""Seconds that the child may be late before it counts as hung."""
_LARGEST_SETTINGS = 1 << 16
_NOT_STARTED = "the process that builds models did not start"
_ENDED = "whoever asked for it has gone"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one model may use: seconds, bytes of memory beyond the libraries', processes, bytes of a file and of all."""

    seconds: int = 60
    memory: int = 4 << 30
    processes: int = 256
    file_size: int = 16 << 20
    disk: int = 64 << 20
    start: int = 180


class NotInstalled(Exception):
    """There is no Keras to build models with; the message says why."""


class WallsMissing(Exception):
    """Walls that were asked for do not stand, so that nothing is run; the message names them."""


class _FewerWalls(Exception):
    """A child that was started anew has fewer walls than were told of the first."""


class Worker:
    """One child process, started anew after it broke.  To be closed.

    ``walls`` says which walls stand around it once it was started; with ``walled`` it runs nothing unless all do.  What
    is started anew has the walls of the first, or nothing is run in it.
    """

    def __init__(self, limits: Limits, walled: bool = False) -> None:
        self.limits = limits
        self.walled = walled
        self.walls: Walls | None = None
        self.started: Answer = {}
        self._framework = ""
        self._ended = False
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._folder = ""

    def ask(self, request: Answer) -> Answer:
        """The answer to a request; inconclusive where the child broke.  Raises NotInstalled and WallsMissing."""
        try:
            self._load(request.get("framework", "keras"))
        except _FewerWalls:
            return {"answer": "inconclusive", "kind": "crash", "reason": "the walls did not stand a second time"}
        assert self._process is not None and self._process.stdin is not None
        try:
            self._say(json.dumps({**request, "limits": asdict(self.limits)}))
            begun, token = self._line(_GRACE), secrets.token_hex()
            self._say(token)
            answer = self._line(self.limits.seconds + _GRACE) if begun == {"begun": True} else None
        except (OSError, ValueError):
            answer = None
        if answer is None or not hmac.compare_digest(str(answer.pop("token", "")).encode(), token.encode()):
            self.close()
            return {"answer": "inconclusive", "kind": "crash", "reason": "the process that built it broke"}
        if not self.started.get("forks"):
            self.close()
        return answer

    def start(self) -> None:
        """Have a child, and know its walls.  Raises NotInstalled, and WallsMissing where walls are asked for."""
        if self._process is not None and self._process.poll() is None:
            return
        if self._ended:
            raise NotInstalled(_ENDED)
        first: Answer | None = None
        for program, mode in _ways():
            first = self._begin(program, mode)
            if first is not None:
                break
        walls = walls_of((first or {}).get("walls") or {}, sys.platform)
        if self.walls is not None and not set(walls.missing) <= set(self.walls.missing):
            self.close()
            raise _FewerWalls
        self.walls = walls
        if self.walled and self.walls.missing:
            self.close()
            raise WallsMissing(", ".join(self.walls.missing))
        if first is None:
            raise NotInstalled(_NOT_STARTED)

    def _load(self, framework: str) -> None:
        """Have a child that has imported a framework, one anew where it has another.  Raises as ``start``."""
        if self._framework not in ("", framework):
            self.close()
        self.start()
        if self._framework:
            return
        self._say(json.dumps({"framework": framework}))
        started = self._line(self.limits.start)
        if started is None or not started.get("ready"):
            self.close()
            raise NotInstalled((started or {}).get("reason", _NOT_STARTED))
        self.started, self._framework = started, framework

    def end(self) -> None:
        """End the child for good, from whichever thread, and start no other: who waits for an answer gets none."""
        self._ended = True
        process = self._process
        if process is not None and process.poll() is None:
            with contextlib.suppress(OSError):
                _end(process)

    def close(self) -> None:
        """End the child and everything it started, and take its folder away."""
        process, self._process = self._process, None
        self._framework = ""
        if process is not None:
            with contextlib.suppress(OSError):
                _end(process)
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError, ValueError):
                    if stream is not None:
                        stream.close()
            process.wait()
        if self._folder:
            empty(self._folder) if os.name == "posix" else shutil.rmtree(self._folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                os.rmdir(self._folder)
            self._folder = ""

    def _begin(self, program: str, mode: str) -> Answer | None:
        """Start a child in one way; the first that it says, None where it cannot be done in this way."""
        self.close()
        self._folder = os.path.realpath(tempfile.mkdtemp(prefix="flake8-logits-"))
        inside, seen = os.path.join(self._folder, "inside"), readable()
        os.mkdir(inside)
        bait = Bait(self._folder)
        settings = {
            "mode": mode, "folder": inside, "readable": seen, "paths": import_paths(), "baits": bait.places,
            "limits": asdict(self.limits), "keras": _keras_settings(),
        }  # fmt: skip
        executable = os.path.realpath(sys.executable) if program else sys.executable
        # Bytecode is for the libraries' folder, where nothing may be written. With -I the environment cannot say so.
        command = [executable, "-I", "-B", "-c", _START, PACKAGE, json.dumps(settings)]
        if program:
            command = wrapped(program, command, seen, inside, self.limits.disk)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=inside,
                env=_environment(inside),
                text=True,
                encoding="utf-8",
                start_new_session=os.name == "posix",
            )
            if self._ended:  # while it was started
                self.end()
            self._lines = queue.Queue()
            threading.Thread(target=_read, args=(self._process.stdout, self._lines), daemon=True).start()
            return self._line(self.limits.start)
        except OSError:
            return None
        finally:
            bait.close()

    def _say(self, line: str) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _line(self, seconds: float) -> Answer | None:
        try:
            found = json.loads(self._lines.get(timeout=seconds))
        except (queue.Empty, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


def _ways() -> Iterator[tuple[str, str]]:
    """The ways to start a child, best first: a program that wraps it, and what it does by itself."""
    if sys.platform.startswith("linux"):
        program = bubblewrap()
        if program is not None:
            yield program, "wrapped"
        yield "", "namespaces"
    yield "", "plain"


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
    if os.name == "nt":
        kept["PATH"] = os.environ.get("PATH", "")  # where its own libraries are found
    shared = library_paths(os.environ.get("LD_LIBRARY_PATH", ""))
    return {
        **kept,
        **({"LD_LIBRARY_PATH": os.pathsep.join(shared)} if shared else {}),
        "HOME": folder,
        "USERPROFILE": folder,
        "KERAS_HOME": os.path.join(folder, ".keras"),
        "TMPDIR": folder,
        "TEMP": folder,
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "JAX_PLATFORMS": "cpu",
    }


def _keras_settings() -> str:
    """The user's choice of a backend, which Keras reads from a file."""
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    with contextlib.suppress(OSError, ValueError), open(os.path.join(home, "keras.json"), encoding="utf-8") as file:
        return file.read(_LARGEST_SETTINGS)
    return ""

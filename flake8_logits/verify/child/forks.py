"""A fork of the server for each model: walled in, listened to until its time is over, ended with all that it left."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any

from flake8_logits.verify.child import privileges, probing
from flake8_logits.verify.child.sweeping import empty, end_all, used
from flake8_logits.verify.child.walls import DEVICES, Walls, close_all_but
from flake8_logits.verify.patience import in_words

Answer = dict[str, Any]
_MOST = 1 << 20
"""Bytes of an answer."""
_LOOK = 0.2
"""Seconds between two looks at what was written."""
_LAST = 2.0
"""Seconds that a fork has for ending once it said all that it will say."""


class Forks:
    """The forks of one server, one at a time."""

    def __init__(self, walls: Walls, folder: str) -> None:
        self.walls = walls
        self.folder = folder
        self.alone = os.getpid() == 1
        self._process = self._reading = 0
        self._limits: Mapping[str, Any] = {}
        privileges.inherit_orphans()

    def probe(self, baits: Mapping[str, Any], limits: Mapping[str, Any]) -> dict[str, bool]:
        """For each wall whether it stands around a fork."""
        foreign = [process for process in baits["processes"] if not (self.alone and process == os.getpid())]

        def act(own: str) -> Answer:
            probing.leave_behind()
            return dict(probing.probe({**baits, "processes": foreign}, own, [*self.walls.readable, *DEVICES], limits))

        self._fork(limits, act)
        found = self._line(self._limits["seconds"]) or {}
        gone = end_all(self.alone) and self._is_silent()
        self._clear()
        return {**{name: bool(stands) for name, stands in found.items()}, "leftovers": gone}

    def begin(self, request: Answer) -> None:
        """Start a fork that answers a request."""
        from flake8_logits.verify.child.answering import answer

        self._fork(request["limits"], lambda own: answer(request, own))

    def answer(self) -> Answer:
        """What the fork answers; nothing of it is left then."""
        found = self._read()
        status = 0 if found is not None else self._status()
        gone = end_all(self.alone)
        self._clear()
        if not gone:
            # What cannot be ended must not meet the next model.
            os._exit(1)
        return found or _without_answer(status)

    def _fork(self, limits: Mapping[str, Any], act: Callable[[str], Answer]) -> None:
        self._limits = limits
        own = os.path.join(self.folder, "own")
        with contextlib.suppress(FileExistsError):
            os.mkdir(own, 0o700)
        self._reading, writing = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(writing)
            return
        try:
            os.setsid()
            close_all_but(writing)
            self.walls.raise_around(own, limits)
            text = json.dumps(act(own)).encode()
            _write(writing, text[:_MOST] + b"\n")
        finally:
            # Whatever happened, nothing of the server may go on in here.
            os._exit(0)

    def _read(self) -> Answer | None:
        seconds = self._limits["seconds"]
        deadline = time.monotonic() + seconds
        text = bytearray()
        while len(text) <= _MOST:
            left = deadline - time.monotonic()
            if left <= 0:
                return _inconclusive("time", f"it took longer than {in_words(seconds)}")
            if used(self.folder, self._limits["disk"] + 1) > self._limits["disk"]:
                return _inconclusive("file", "it wrote more than it may")
            if not select.select([self._reading], [], [], min(left, _LOOK))[0]:
                continue
            part = os.read(self._reading, 1 << 16)
            if not part:
                break
            text += part
        return _parsed(text)

    def _line(self, seconds: float) -> Answer | None:
        """The first line of what the fork says, which may not have ended then."""
        text = bytearray()
        deadline = time.monotonic() + seconds
        while not text.endswith(b"\n") and len(text) <= _MOST:
            if not select.select([self._reading], [], [], max(deadline - time.monotonic(), 0))[0]:
                return None
            part = os.read(self._reading, 1 << 16)
            if not part:
                return None
            text += part
        return _parsed(text)

    def _is_silent(self) -> bool:
        """Whether nobody holds the other end of the pipe any more."""
        ready, _, _ = select.select([self._reading], [], [], 1)
        return bool(ready) and os.read(self._reading, 1) == b""

    def _status(self) -> int:
        deadline = time.monotonic() + _LAST
        while time.monotonic() < deadline:
            process, status = os.waitpid(self._process, os.WNOHANG)
            if process:
                return status
            time.sleep(0.001)
        return 0

    def _clear(self) -> None:
        os.close(self._reading)
        empty(self.folder)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _parsed(text: bytes | bytearray) -> Answer | None:
    """The object that a text of JSON is, None if it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _inconclusive(kind: str, reason: str) -> Answer:
    return {"answer": "inconclusive", "kind": kind, "reason": reason}


def _without_answer(status: int) -> Answer:
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGXCPU:
        return _inconclusive("time", "the time that it may take is spent")
    if number == signal.SIGXFSZ:
        return _inconclusive("file", "it wrote a file that is too large")
    known = {one.value: one.name for one in signal.Signals}
    how = f" by {known.get(number, f'signal {number}')}, as where memory is spent" if number else ""
    return _inconclusive("crash", f"the process that built it ended{how}")

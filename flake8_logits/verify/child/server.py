"""The child process: imports the libraries once, then answers one request after the other, each in a fork of its own.

Run as ``python -c "..." FOLDER``; a request is a line of JSON on standard input, an answer one on standard output.
Where a process cannot be forked it answers a single request itself, and ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
import warnings
from typing import Any

_MOST = 1 << 20
"""Bytes of an answer."""


def main(folder: str) -> None:
    """Serve until standard input ends; ``folder`` is where files may be written."""
    from flake8_logits.verify.child.walls import without_network

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    _silence()
    network = without_network()
    began = time.monotonic()
    try:
        _import()
    except Exception as error:
        _send(answers, {"ready": False, "reason": f"{type(error).__name__}: {error}"})
        return
    _send(answers, {"ready": True, "seconds": time.monotonic() - began, "network": not network, "forks": _forks()})
    for line in requests:
        request = json.loads(line)
        if not _forks():
            _send(answers, _answer(request, folder))
            return
        _send(answers, _in_fork(request, folder, requests.fileno(), answers.fileno()))
    # Whoever asked is gone, perhaps without a word.
    shutil.rmtree(folder, ignore_errors=True)


def _forks() -> bool:
    # Elsewhere than on Linux the libraries do not bear it.
    return hasattr(os, "fork") and sys.platform.startswith("linux")


def _silence() -> None:
    empty = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(empty, descriptor)
    warnings.simplefilter("ignore")


def _import() -> None:
    import keras

    if keras.__version__.startswith("2") or keras.backend.backend() == "tensorflow":
        import tensorflow
    else:
        with contextlib.suppress(ImportError):
            import tensorflow  # noqa: F401
    # Much of Keras is imported when it is first asked for: better once here than in every fork.
    from flake8_logits.verify.child import examining  # noqa: F401

    _ = (keras.layers, keras.losses, keras.applications, keras.utils)


def _send(stream: Any, answer: dict[str, Any]) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


def _answer(request: dict[str, Any], folder: str) -> dict[str, Any]:
    """The answer, with all walls up: after this nothing else can be done in the process."""
    from flake8_logits.verify.child.examining import examine
    from flake8_logits.verify.child.limits import Barrier, limit
    from flake8_logits.verify.child.walls import writing_only_in

    own = os.path.join(folder, f"{os.getpid()}")
    os.makedirs(own, exist_ok=True)
    os.chdir(own)
    tempfile.tempdir = own  # where TensorFlow writes down functions that it makes graphs of
    locked = writing_only_in([own, os.devnull])
    limits = request["limits"]
    limit(limits["memory"], limits["seconds"], limits["processes"], limits["file_size"])
    barrier = Barrier(own, [*sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix, "/usr", "/lib", "/lib64", "/opt"])
    barrier.raise_it()
    answer = examine(request)
    barrier.up = False
    return {**answer, "refused": barrier.tried, "locked": locked, "peak": _peak()}


def _peak() -> int:
    """The most memory that the process had, in bytes; 0 where it is not known."""
    with contextlib.suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return 0


def _in_fork(request: dict[str, Any], folder: str, *descriptors: int) -> dict[str, Any]:
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.setsid()
            for descriptor in (reading, *descriptors):
                os.close(descriptor)
            text = json.dumps(_answer(request, folder)).encode()
            os.write(writing, text[:_MOST])
        finally:
            # Whatever happened, nothing of the server may go on in here.
            os._exit(0)
    os.close(writing)
    answer: dict[str, Any] | None = None
    try:
        answer = _read(reading, request["limits"]["seconds"])
    finally:
        os.close(reading)
        status = _end(process, killing=answer is not None)
    return answer or _without_answer(status)


def _read(reading: int, seconds: float) -> dict[str, Any] | None:
    """The answer from a fork; None where it ended without one."""
    text = bytearray()
    deadline = time.monotonic() + seconds
    while len(text) < _MOST:
        ready, _, _ = select.select([reading], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return {"answer": "inconclusive", "kind": "time", "reason": f"it took longer than {seconds:g} seconds"}
        part = os.read(reading, 1 << 16)
        if not part:
            break
        text += part
    try:
        return dict(json.loads(text))
    except ValueError:
        return None


def _without_answer(status: int) -> dict[str, Any]:
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGXCPU:
        return {"answer": "inconclusive", "kind": "time", "reason": "the time that it may take is spent"}
    if number == signal.SIGXFSZ:
        return {"answer": "inconclusive", "kind": "file", "reason": "it wrote a file that is too large"}
    how = f" by {signal.Signals(number).name}, as where memory is spent" if number else ""
    return {"answer": "inconclusive", "kind": "crash", "reason": f"the process that built it ended{how}"}


def _end(process: int, killing: bool) -> int:
    """End a fork and all that it may have started; how it ended by itself, unless it is to be killed."""
    status = 0
    if not killing:
        _, status = os.waitpid(process, 0)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError, ProcessLookupError):
        if killing:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
    return status

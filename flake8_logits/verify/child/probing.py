"""Asks each wall for its truth, by trying what it should keep from happening."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import socket
import stat
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Baits = Mapping[str, Any]
_LONG = 60
"""Seconds that a process would be left for."""


def probe(baits: Baits, folder: str, readable: Sequence[str], limits: Mapping[str, Any]) -> dict[str, bool]:
    """For each wall whether it stands around this process, which has been closed in."""
    return {
        "files": not any(_changes(path) for path in (baits["file"], *readable)),
        "reading": not _succeeds(lambda: open(baits["file"], "rb").close()) and not _lists(baits["home"], readable),
        "network": not _connects(socket.AF_INET, ("127.0.0.1", baits["port"])),
        "sockets": not any(_connects(socket.AF_UNIX, address) for address in baits["sockets"]),
        "signals": not any(_signals(process) for process in baits["processes"]),
        "system calls": not _succeeds(_unshare_nothing),
        "disk": _is_bounded(folder, limits["disk"]),
        "memory": not _succeeds(lambda: mmap.mmap(-1, limits["memory"] + (1 << 20)).close()),
        "processes": not _starts_more(),
    }


def _succeeds(act: Callable[[], object]) -> bool:
    try:
        act()
    except (OSError, ValueError, RuntimeError, MemoryError):
        return False
    return True


def _changes(path: str) -> bool:
    """Whether a file could be changed, or one made in a folder, or the mode of either."""
    if not os.path.exists(path):
        return False
    mode = os.stat(path).st_mode
    if _succeeds(lambda: os.chmod(path, mode & 0o7777)):
        return True
    if not stat.S_ISDIR(mode):
        # What is written to a device changes nothing.
        return stat.S_ISREG(mode) and _succeeds(lambda: os.close(os.open(path, os.O_WRONLY)))
    inside = os.path.join(path, f".flake8-logits-{os.getpid()}")
    made = _succeeds(lambda: os.mkdir(inside))
    if made:
        with contextlib.suppress(OSError):
            os.rmdir(inside)
    return made


def _lists(home: str, readable: Sequence[str]) -> bool:
    if any(home == path or home.startswith(f"{path}{os.sep}") for path in readable):
        return False
    try:
        found = set(os.listdir(home))
    except OSError:
        return False
    # In a system of its own it is there only as far as libraries lie in it.
    inside = [path.removeprefix(home + os.sep) for path in readable if path.startswith(home + os.sep)]
    return not found <= {path.partition(os.sep)[0] for path in inside}


def _connects(family: int, address: Any) -> bool:
    if isinstance(address, str) and address.startswith("@"):
        address = f"\0{address[1:]}"

    def act() -> None:
        with socket.socket(family, socket.SOCK_STREAM) as made:
            made.settimeout(1)
            made.connect(address)

    return _succeeds(act)


def _signals(process: int) -> bool:
    return _succeeds(lambda: os.kill(process, 0))


def _unshare_nothing() -> None:
    """Ask for new namespaces of no kind, which every system grants."""
    if ctypes.CDLL(None, use_errno=True).unshare(0) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def _is_bounded(folder: str, size: int) -> bool:
    """Whether the file system of a folder has no more room than was granted."""
    found = os.statvfs(folder)
    return 0 < found.f_blocks * found.f_frsize <= size + found.f_frsize


def leave_behind() -> None:
    """Try to leave a process that outlives this one, out of its session and of its family."""
    with contextlib.suppress(OSError):
        if os.fork():
            return
        os.setsid()
        if not os.fork():
            time.sleep(_LONG)
        os._exit(0)


def _starts_more() -> bool:
    """Whether processes can be started without a bound."""
    if _succeeds(_fork):
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        return _succeeds(_fork)
    return False


def _fork() -> None:
    process = os.fork()
    if not process:
        os._exit(0)
    os.waitpid(process, 0)

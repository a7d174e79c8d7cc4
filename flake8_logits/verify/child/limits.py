"""What a process may use of the machine, as the system counts it (rlimits)."""

from __future__ import annotations

import contextlib
import os
from typing import Any

resource: Any
try:
    import resource
except ImportError:  # not a Unix
    resource = None

_DESCRIPTORS = 256


def limit(memory: int, seconds: int, processes: int, file_size: int) -> None:
    """Set hard limits on this process: bytes beyond what it has now, seconds of CPU, processes, bytes of a file."""
    if resource is None:
        return
    _set("RLIMIT_AS", _size_now() + memory)
    _set("RLIMIT_CPU", int(_cpu_now()) + seconds * (os.cpu_count() or 1) + 1)
    _set("RLIMIT_FSIZE", file_size)
    _set("RLIMIT_CORE", 0)
    _set("RLIMIT_NPROC", _tasks_now() + processes)
    _set("RLIMIT_NOFILE", _DESCRIPTORS)
    _set("RLIMIT_MSGQUEUE", 0)


def _set(name: str, value: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def _cpu_now() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return float(used.ru_utime + used.ru_stime)


def _size_now() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * int(resource.getpagesize())
    except (OSError, ValueError):
        return 8 << 30


def _tasks_now() -> int:
    """The threads that this user has now, which is what the limit counts."""
    count = 0
    for name in _entries("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                if os.stat(f"/proc/{name}").st_uid == os.getuid():
                    count += len(os.listdir(f"/proc/{name}/task"))
    return count


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []

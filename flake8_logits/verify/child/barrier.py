"""What Python reports before doing it, and is told not to do.

A help for whoever reads the answer: it names what was tried. It holds no promise, as Python code can undo it.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.spawn", "os.posix_spawn", "os.remove", "os.rename",
    "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill", "os.startfile",
    "os.setxattr", "os.removexattr", "os.putenv", "os.unsetenv", "os.chflags", "os.lockf", "os.killpg", "os.forkpty",
    "shutil.", "ftplib.", "http.", "smtplib.", "telnetlib.", "urllib.", "imaplib.", "poplib.", "nntplib.", "pty.",
    "webbrowser.", "winreg.", "ctypes.dlopen", "ctypes.dlsym", "syslog.", "tempfile.", "sqlite3.", "mmap.", "signal.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Barrier:
    """Refuses what Python reports before doing it: writing outside of the folder, the network, other processes.

    It cannot be taken away again.  ``tried`` holds what was refused.
    """

    def __init__(self, folder: str, readable: list[str]) -> None:
        self.folder = os.path.realpath(folder) + os.sep
        self.readable = [os.path.realpath(path) + os.sep for path in readable if path]
        self.tried: list[str] = []
        self.up = False

    def raise_it(self) -> None:
        """From now on, for the rest of the process's life."""
        sys.addaudithook(self._heard)
        self.up = True

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.up:
            return
        if event == "open":
            self._opened(*args[:3])
        elif event.startswith(_REFUSED) and not self._inside(event, args):
            self._refuse(event)

    def _inside(self, event: str, args: tuple[Any, ...]) -> bool:
        """Whether it is about the process's own folder, where it may do as it likes with files."""
        if not event.startswith(("os.remove", "os.rename", "os.rmdir", "os.mkdir", "tempfile.", "shutil.")):
            return False
        paths = [one for one in args[: 2 if "rename" in event else 1] if isinstance(one, str)]
        return bool(paths) and all(self._within(path, [self.folder]) for path in paths)

    def _opened(self, path: Any, mode: Any, flags: Any) -> None:
        if not isinstance(path, (str, bytes)):
            return  # a descriptor that is open already
        path = os.fsdecode(path)
        writes = (isinstance(flags, int) and flags & _WRITING) or (isinstance(mode, str) and set(mode) & set("wax+"))
        if writes:
            if not self._within(path, [self.folder, "/dev/null"]):
                self._refuse(f"writing to {path}")
        elif not self._within(path, [self.folder, *self.readable, "/proc/", "/sys/", "/dev/", "/etc/"]):
            self._refuse(f"reading {path}")

    @staticmethod
    def _within(path: str, places: list[str]) -> bool:
        real = os.path.realpath(path)
        return any(f"{real}{os.sep}".startswith(place) or real == place for place in places)

    def _refuse(self, what: str) -> None:
        self.tried.append(what)
        raise PermissionError(f"refused: {what}")

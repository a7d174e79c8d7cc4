"""The one place that opens files to read them: regular files alone, and no more of them than was agreed.

A checkout may hold a link to a device that never ends, a pipe that nobody writes to, or a file of many gigabytes
without a single block on the disk.  Imported for every run of flake8, so it imports nothing that costs time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

MEBIBYTE = 1 << 20
LARGEST_CONFIGURATION = MEBIBYTE
"""Bytes of a file that people write by hand: a configuration, patterns to ignore."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)

MOST_CONTAINERS = 4_000_000
"""Lists and objects of a JSON text: an empty one of two bytes becomes seventy."""

_UNSAVED: ContextVar[Mapping[str, bytes] | None] = ContextVar("unsaved", default=None)


@contextmanager
def seeing_unsaved(held: Mapping[str, bytes]) -> Iterator[None]:
    """Within this, what an editor holds of a file (by absolute path) is read in the place of what is on the disk."""
    token = _UNSAVED.set(held)
    try:
        yield
    finally:
        _UNSAVED.reset(token)


class UnreadableError(ValueError):
    """The file is none that is read; the message says why, in a few words."""


def read_bytes(path: str, most: int) -> bytes:
    """Return the bytes of a regular file.

    Raises OSError when they cannot be had, and UnreadableError for anything but a regular file, for one of more than
    ``most`` bytes, and for a path that no file can have.
    """
    if "\0" in path:
        raise UnreadableError("it has a null character in its name")
    held = unsaved(path)
    if held is not None:
        return _within(held, most)
    # Asked before opening: to open a device may already do something.
    _check(os.stat(path), path, most)
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb") as file:
        # Asked once more of what was opened: a path can come to mean something else.
        _check(os.fstat(descriptor), path, most)
        data: bytes | None = file.read(most + 1)
        if data is None:
            raise UnreadableError("it gives nothing for now")  # files of /proc may have readers wait
        return _within(data, most)


def refuse_crowded(data: bytes) -> None:
    """Raise UnreadableError for JSON that would take far more memory than it has bytes."""
    if data.count(b"[") + data.count(b"{") > MOST_CONTAINERS:
        raise UnreadableError(f"it holds more than {MOST_CONTAINERS} lists and objects")


def unsaved(path: str) -> bytes | None:
    """Return what an editor holds of a file; None where none does, or nobody asked to see it."""
    held = _UNSAVED.get()
    return None if held is None else held.get(os.path.abspath(path))


def reason(error: Exception) -> str:
    """Return why a file could not be read, in a few words."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split())


def in_words(size: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{size // MEBIBYTE} MiB" if size >= MEBIBYTE else f"{size // 1024} KiB"


def _check(status: os.stat_result, path: str, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        os.listdir(path)  # a folder that may not be read says so itself
        raise UnreadableError("it is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("it is not a regular file")
    if status.st_size > most:
        raise UnreadableError(f"it is larger than {in_words(most)}")


def _within(data: bytes, most: int) -> bytes:
    """The data; files of some file systems are larger than they say."""
    if len(data) > most:
        raise UnreadableError(f"it is larger than {in_words(most)}")
    return data

"""What is done after each model: every process that it left is ended, and its files are taken away."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import stat
import time

_PATIENCE = 5.0
"""Seconds after which processes that cannot be ended are left alone."""
_BLOCK, _UNIT = 4096, 512


def end_all(alone: bool) -> bool:
    """End every process that came from this one; whether none is left.

    ``alone`` says that this process is the first of a namespace of processes, so that all others there are meant.
    """
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if alone:
            with contextlib.suppress(OSError):
                os.kill(-1, signal.SIGKILL)
        else:
            for process in _children():
                with contextlib.suppress(OSError):
                    os.kill(process, signal.SIGKILL)
        try:
            # Each that ends hands its own children to us: again, until there are none.
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return True
        time.sleep(0.001)
    return False


def _children() -> list[int]:
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError), open(f"/proc/{name}/stat", encoding="utf-8") as file:
                if int(file.read().rpartition(")")[2].split()[1]) == os.getpid():
                    found.append(int(name))
    return found


def empty(folder: str) -> None:
    """Take away all that is in a folder, however deep it is nested and whatever modes it was given."""
    with contextlib.suppress(OSError):
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            _empty(root)
        finally:
            os.close(root)


def _empty(root: int) -> None:
    """Flatten: what is in a folder of the root moves up into the root, until nothing is left that is nested."""
    number = 0
    while names := os.listdir(root):
        removed = 0
        for name in names:
            if _remove(name, root):
                removed += 1
                continue
            with contextlib.suppress(OSError):
                number = _lift(root, name, number)
                os.rmdir(name, dir_fd=root)
                removed += 1
        if not removed:
            return


def _remove(name: str, folder: int) -> bool:
    """Whether an entry was no folder, and is gone."""
    with contextlib.suppress(OSError):
        if not stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            os.unlink(name, dir_fd=folder)
            return True
    return False


def _lift(root: int, name: str, number: int) -> int:
    """Move the folders in a folder of the root up to the root, and remove its files; the next free number."""
    _open_up(root, name)
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=root)
    try:
        for entry in os.listdir(inner):
            if _remove(entry, inner):
                continue
            _open_up(inner, entry)
            while True:
                number += 1
                free = f".{number}"
                if not _exists(free, root):
                    break
            os.rename(entry, free, src_dir_fd=inner, dst_dir_fd=root)
    finally:
        os.close(inner)
    return number


def _open_up(folder: int, name: str) -> None:
    with contextlib.suppress(OSError, NotImplementedError):
        if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            os.chmod(name, stat.S_IRWXU, dir_fd=folder)


def _exists(name: str, folder: int) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def used(folder: str, most: int) -> int:
    """The bytes that the files of a folder hold, each entry at least a block; counted until there are ``most``."""
    total, waiting = 0, [folder]
    while waiting and total < most:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in itertools.islice(entries, most // _BLOCK):
                    total += _BLOCK + _size(entry, waiting)
        except (FileNotFoundError, NotADirectoryError):
            continue  # it was taken away meanwhile
        except OSError:
            return most  # what cannot be looked into could hold anything
    return total


def _size(entry: os.DirEntry[str], folders: list[str]) -> int:
    """The bytes that an entry holds; a folder is put on the list of those to be looked into."""
    with contextlib.suppress(FileNotFoundError):
        found = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(found.st_mode):
            folders.append(entry.path)
        return found.st_blocks * _UNIT
    return 0

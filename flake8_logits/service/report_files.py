"""Files for reports and baselines: where they may be written, and how."""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from flake8_logits.source.project import leads_into, root_of
from flake8_logits.source.writing import put_in_place

_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")


def claim(path: str) -> None:
    """Make sure that a report can be written there; nothing is there afterwards that was not before.

    Raises PermissionError where a path in the project of the current folder leads out of it, and OSError where nothing
    can be written, or nobody may ever take it: of what is no file, only the system's own (/dev/null) and the streams
    that we were given (/dev/stdout) are written to.  Reports and baselines have names that a stranger can guess, and a
    checkout can hold a link of that name.
    """
    root = os.path.join(root_of(os.getcwd()), "")
    if os.path.abspath(path).startswith(root) and not leads_into(path, root):
        raise PermissionError(errno.EPERM, "a link there leads out of the project")
    if not _takes_reports(path):
        raise OSError(errno.EINVAL, "it is not a regular file")
    if os.path.exists(path):
        with open(path, "ab"):
            pass
    else:
        _make(path)
        os.unlink(os.path.realpath(path))


def _make(path: str) -> None:
    """Make an empty file where there is none, or where a link leads to none."""
    with open(os.path.realpath(path), "xb"):
        pass


def _takes_reports(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return True
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        return os.path.abspath(path).startswith(_STREAMS)
    return not stat.S_ISBLK(mode)


def fill(path: str, data: bytes) -> None:
    """Write a report to a path that was claimed: what stood there stays where there is no room for all of it.

    A stream that we were given, what is no plain file, has other names (hard links) or stands in a folder that takes no
    other file is written in place.  Raises OSError.
    """
    made = not os.path.exists(path)
    if made:
        _make(path)
    try:
        _put(path, data)
    except BaseException:
        if made:
            # Half a report, or an empty one, could be taken for one that found nothing.
            with contextlib.suppress(OSError):
                os.unlink(os.path.realpath(path))
        raise


def _put(path: str, data: bytes) -> None:
    target = os.path.realpath(path)
    status = os.stat(path)
    folder = os.path.dirname(target)
    given = os.path.abspath(path).startswith(_STREAMS)
    if stat.S_ISREG(status.st_mode) and status.st_nlink == 1 and not given and os.access(folder, os.W_OK):
        put_in_place(target, data, lambda temporary: os.chmod(temporary, stat.S_IMODE(status.st_mode)))
        return
    with open(path, "wb") as file:
        file.write(data)

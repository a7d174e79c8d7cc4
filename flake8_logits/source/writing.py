"""The one place that writes a file of the user's: whole or not at all, and only if it is still what was read."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile


class ChangedError(Exception):
    """The file is no longer what was read."""


def replace_bytes(path: str, before: bytes, after: bytes) -> None:
    """Give the file at ``path`` new bytes in one step; its mode stays, and so does a symbolic link that leads there.

    Raises ChangedError when it does not hold ``before`` any more, and OSError when it cannot be written; then it is
    as it was.
    """
    target = os.path.realpath(path)
    if not os.access(target, os.W_OK):
        raise PermissionError(f"{path} is read-only")
    folder, name = os.path.split(target)
    handle, temporary = tempfile.mkstemp(prefix=f".{name[:64]}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, temporary)
        _keep_owner(target, temporary)
        with open(target, "rb") as file:
            if file.read() != before:
                raise ChangedError
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _keep_owner(target: str, temporary: str) -> None:
    if not hasattr(os, "chown"):
        return
    status = os.stat(target)
    with contextlib.suppress(OSError):
        os.chown(temporary, status.st_uid, status.st_gid)

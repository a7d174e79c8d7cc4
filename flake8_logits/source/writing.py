"""The one place that writes a file of the user's: whole or not at all, and only if it is still what was read.

What takes a file's place is a new file.  It is given all that the old one had besides its bytes; where that cannot be
done, or the old one is known by other names, too, nothing is written.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable

from flake8_logits.source.project import leads_into, root_of
from flake8_logits.source.reading import UnreadableError, read_bytes

Attributes = dict[str, bytes]


class ChangedError(Exception):
    """The file is no longer what was read."""


class RefusedError(Exception):
    """The file could not be replaced without a loss; the message says of what, in a few words."""


def replace_bytes(path: str, before: bytes, after: bytes) -> None:
    """Give the file at ``path`` new bytes in one step.

    Its mode, owner and extended attributes stay, and so does a symbolic link that leads there.  Raises ChangedError
    when it does not hold ``before`` any more, RefusedError when something would be lost or the link leads out of the
    project, and OSError when it cannot be written; then it is as it was.
    """
    target = os.path.realpath(path)
    status = os.stat(target)
    _refuse(path, target, status)

    def prepare(temporary: str) -> None:
        _make_alike(target, temporary, status)
        if not _holds(target, before):
            raise ChangedError

    put_in_place(target, after, prepare)


def put_in_place(target: str, data: bytes, prepare: Callable[[str], None]) -> None:
    """Write a new file beside ``target``, have it prepared under the name it has there, and let it take that place.

    Raises what ``prepare`` raises, and OSError when it cannot be written; then nothing is left behind.
    """
    folder, name = os.path.split(os.path.abspath(target))
    handle, temporary = tempfile.mkstemp(prefix=f".{name[:16]}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        prepare(temporary)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _refuse(path: str, target: str, status: os.stat_result) -> None:
    if not leads_into(target, root_of(os.path.dirname(os.path.abspath(path)))):
        raise RefusedError("it is a link that leads out of the project")
    if not os.access(target, os.W_OK):
        raise PermissionError(f"{path} is read-only")
    if status.st_nlink > 1:
        raise RefusedError(f"it has {status.st_nlink} names (hard links), which would become different files")


def _holds(target: str, data: bytes) -> bool:
    try:
        return read_bytes(target, len(data)) == data
    except UnreadableError:
        return False


def _make_alike(target: str, temporary: str, status: os.stat_result) -> None:
    """Give a file the owner, attributes and mode of another, in this order: a new owner takes bits of the mode away."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)
    _copy_attributes(target, temporary)
    os.chmod(temporary, stat.S_IMODE(status.st_mode))
    made = os.stat(temporary)
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        raise RefusedError("it belongs to someone else, and would be yours")
    if stat.S_IMODE(made.st_mode) != stat.S_IMODE(status.st_mode):
        raise RefusedError(f"its mode {stat.S_IMODE(status.st_mode):o} cannot be kept")


def _copy_attributes(target: str, temporary: str) -> None:
    wanted = _attributes(target)
    for name, value in wanted.items():
        if _attributes(temporary).get(name) != value:
            _set_attribute(temporary, name, value)


def _attributes(path: str) -> Attributes:
    """The extended attributes of a file, access control lists among them; none where Python cannot ask for them."""
    if sys.platform != "linux":
        return {}
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path)}
    except OSError:
        return {}  # the file system has none


def _set_attribute(path: str, name: str, value: bytes) -> None:
    if sys.platform == "linux":
        try:
            os.setxattr(path, name, value)
        except OSError:
            raise RefusedError(f"its extended attribute {name} cannot be kept") from None

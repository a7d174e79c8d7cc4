"""Calls of the Linux kernel that Python has no name for; each raises OSError where the kernel says no."""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache

_MOUNT_SETATTR, _PIVOT_ROOT = 442, {"x86_64": 155}
_OTHERS_PIVOT_ROOT = 41
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
READ_ONLY, NO_SET_ID, NO_DEVICES = 1, 2, 4
_BIND, _RECURSIVE, _PRIVATE, _DETACH = 0x1000, 0x4000, 1 << 18, 2


@lru_cache(maxsize=1)
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """A result of the C library.  Raises OSError if it says that the call failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def system_call(number: int, *args: int | bytes | None) -> int:
    """Make a system call by its number, the same on every machine unless said otherwise."""
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in args]
    return checked(_libc().syscall(ctypes.c_long(number), *given))


def unshare(flags: int) -> None:
    """Leave the namespaces that are named by flags for new ones."""
    checked(_libc().unshare(ctypes.c_int(flags)))


def prctl(option: int, value: int = 0, other: int = 0) -> int:
    """Set or ask an attribute of this process."""
    numbers = (ctypes.c_ulong(one) for one in (value, other, 0, 0))
    return checked(_libc().prctl(ctypes.c_int(option), *numbers))


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system of a kind."""
    given = [os.fsencode(one) for one in (source, target, kind)]
    checked(_libc().mount(*given, ctypes.c_ulong(flags), os.fsencode(options)))


def bind(source: str, target: str) -> None:
    """Have a file or folder appear in a second place, with all that is mounted in it."""
    checked(_libc().mount(os.fsencode(source), os.fsencode(target), None, ctypes.c_ulong(_BIND | _RECURSIVE), None))


def keep_mounts_private() -> None:
    """Nothing that is mounted from now on is seen outside."""
    checked(_libc().mount(None, b"/", None, ctypes.c_ulong(_RECURSIVE | _PRIVATE), None))


def restrict_mount(target: str, attributes: int, recursive: bool = True) -> None:
    """Add attributes to a mount, and to all mounts in it."""
    wanted = attributes.to_bytes(8, "little") + bytes(24)
    flags = _AT_RECURSIVE if recursive else 0
    system_call(_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(target), flags, wanted, len(wanted))


def change_root(folder: str) -> None:
    """Make a mounted folder the root; what was the root before is gone."""
    os.chdir(folder)
    system_call(_PIVOT_ROOT.get(os.uname().machine, _OTHERS_PIVOT_ROOT), b".", b".")
    checked(_libc().umount2(b".", _DETACH))
    os.chdir("/")


def set_capabilities(header: bytes, sets: bytes) -> None:
    """Set the capabilities of this process."""
    checked(_libc().capset(ctypes.create_string_buffer(header), ctypes.create_string_buffer(sets)))

"""What Linux can enforce without being asked by Python: no network, no writing outside of one folder."""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_VERSION = 1
_NO_NEW_PRIVILEGES = 38
# From <linux/landlock.h>: write a file, remove and make entries of each kind; later versions add refer and truncate.
_WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14


def without_network() -> bool:
    """Leave the network for an empty one of our own; whether the system allowed it.  For processes of one thread."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        return bool(_libc().unshare(_NEW_USER | _NEW_NETWORK) == 0)
    return False


def writing_only_in(folders: list[str]) -> bool:
    """Forbid this process, for ever, to change files outside of the folders; whether the system can."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        return _landlock(_libc(), folders)
    return False


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _landlock(libc: ctypes.CDLL, folders: list[str]) -> bool:
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    if version < 1:
        return False
    handled = _WRITES | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    attributes = struct.pack("=Q", handled)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            is_folder = os.path.isdir(folder)
            descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            allowed = handled if is_folder else handled & ((1 << 1) | _TRUNCATE)
            rule = struct.pack("=Qi", allowed, descriptor)
            libc.syscall(_ADD_RULE, ruleset, ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
            os.close(descriptor)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0)
    finally:
        os.close(ruleset)

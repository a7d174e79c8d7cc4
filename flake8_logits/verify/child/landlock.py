"""Landlock: what a process and all that it starts may still do with files, ports and other processes, for ever."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterable

from flake8_logits.verify.child import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_VERSION = 1
# From <linux/landlock.h>: the rights over files by bit, then the versions that added some.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_ALL_RIGHTS = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL, _RESOLVE_SOCKET = 1 << 13, 1 << 14, 1 << 15, 1 << 16
_ADDED = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL, 9: _RESOLVE_SOCKET}
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_READING = _READ_FILE | _READ_DIR | _EXECUTE
_TCP, _SCOPES = 0b11, 0b11
_WITH_TCP, _WITH_SCOPES = 4, 6


def restrict(writable: Iterable[str], readable: Iterable[str]) -> bool:
    """Forbid all but reading and writing in some folders, and reading in others; whether the system can.

    Newer systems also forbid TCP, and signals and abstract sockets of processes outside.
    """
    try:
        version = kernel.system_call(_CREATE_RULESET, None, 0, _VERSION)
        rights = _ALL_RIGHTS | sum(right for since, right in _ADDED.items() if version >= since)
        attributes = struct.pack("=QQQ", rights, _TCP, _SCOPES if version >= _WITH_SCOPES else 0)
        size = 24 if version >= _WITH_SCOPES else 16 if version >= _WITH_TCP else 8
        ruleset = kernel.system_call(_CREATE_RULESET, attributes[:size], size, 0)
    except OSError:
        return False
    try:
        for path in writable:
            _allow(ruleset, path, rights & ~(_IOCTL | _RESOLVE_SOCKET))
        for path in readable:
            _allow(ruleset, path, _READING)
        kernel.system_call(_RESTRICT_SELF, ruleset, 0)
    except OSError:
        return False
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, path: str, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            allowed = rights if os.path.isdir(path) else rights & _OF_FILES
            kernel.system_call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", allowed, descriptor), 0)
        finally:
            os.close(descriptor)

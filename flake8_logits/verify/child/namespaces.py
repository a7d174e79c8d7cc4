"""A system of its own for the server: users, processes, network and files of which it sees what it needs alone.

What bubblewrap does, where that is not installed: a new root on a file system in memory, the libraries bound into it
read-only, and one folder of limited size to write in.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from flake8_logits.verify.child import kernel, privileges

_USER, _PROCESSES, _MOUNTS, _NETWORK = 0x10000000, 0x20000000, 0x00020000, 0x40000000
_MESSAGES, _NAMES, _GROUPS = 0x08000000, 0x04000000, 0x02000000
_ALL = _USER | _PROCESSES | _MOUNTS | _NETWORK | _MESSAGES | _NAMES | _GROUPS
_QUIET = kernel.NO_SET_ID | kernel.NO_DEVICES
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_INODES = 1 << 14


def enter(readable: Sequence[str], folder: str, size: int) -> None:
    """Go on as the first process of new namespaces, where ``folder`` alone can be written, up to a size.

    Returns there; the process that called waits for it and ends.  Raises OSError where the system does not allow it.
    """
    user, group = os.getuid(), os.getgid()
    kernel.unshare(_ALL)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    process = os.fork()
    if process:
        _wait_for(process)
    privileges.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _change_root(readable, folder, size)
    privileges.give_up()


def _wait_for(process: int) -> None:
    for descriptor in (0, 1):
        os.close(descriptor)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    _, status = os.waitpid(process, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _change_root(readable: Sequence[str], folder: str, size: int) -> None:
    kernel.keep_mounts_private()
    root = os.path.join(os.path.dirname(folder), "root")
    os.makedirs(root, exist_ok=True)
    kernel.mount("none", root, "tmpfs", _QUIET, "size=1m,mode=755")
    for path in readable:
        _show(root, path)
        kernel.restrict_mount(root + path, kernel.READ_ONLY | _QUIET)
    for path in DEVICES:
        _show(root, path)
        kernel.restrict_mount(root + path, kernel.READ_ONLY | kernel.NO_SET_ID)  # of its mode, not of what it takes
    os.makedirs(f"{root}/proc")
    kernel.mount("proc", f"{root}/proc", "proc", _QUIET)
    _write(f"{root}/proc/sys/user/max_user_namespaces", "0")
    kernel.restrict_mount(f"{root}/proc", kernel.READ_ONLY)
    os.makedirs(root + folder, exist_ok=True)
    kernel.mount("none", root + folder, "tmpfs", _QUIET, f"size={size},nr_inodes={_INODES},mode=700")
    kernel.change_root(root)
    kernel.restrict_mount("/", kernel.READ_ONLY, recursive=False)
    os.chdir(folder)


def _show(root: str, path: str) -> None:
    """Have a file or folder of the system appear at the same place of the new root."""
    target = root + path
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    kernel.bind(path, target)


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)

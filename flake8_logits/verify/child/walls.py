"""What the kernel holds around one model, whatever Python runs there: raised in its fork, never taken down."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from flake8_logits.verify.child import landlock, privileges, system_calls
from flake8_logits.verify.child.limits import limit

_SYSTEM = ("/sys/devices/system", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/self", "/proc/filesystems",
           "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/osrelease")  # fmt: skip
"""What the libraries read of the system."""
DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
_SOURCES_OF_CHANCE = ("/dev/random", "/dev/urandom")


class Walls:
    """What is known outside of the fork: the folders that may be read, the library that limits system calls."""

    def __init__(self, readable: Sequence[str]) -> None:
        self.readable = [*readable, *_SYSTEM, *_SOURCES_OF_CHANCE]
        self.seccomp = system_calls.library()

    def raise_around(self, folder: str, limits: Mapping[str, Any]) -> None:
        """Close this process in: it may write in a folder, and use so much of the machine."""
        privileges.hide(False)
        privileges.give_up()
        limit(limits["memory"], limits["seconds"], limits["processes"], limits["file_size"])
        landlock.restrict([folder, *DEVICES], self.readable)
        system_calls.restrict(self.seccomp)


def close_all_but(descriptor: int) -> None:
    """Close every descriptor of this process but one, and those of the empty standard streams."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, max(os.sysconf("SC_OPEN_MAX"), descriptor + 2))

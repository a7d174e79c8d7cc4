"""What a process gives up, whoever its user is: its capabilities, ways to get them, what others may see of it."""

from __future__ import annotations

import contextlib
import struct

from flake8_logits.verify.child import kernel

_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _DROP_BOUND, _CHILD_SUBREAPER, _NO_NEW_PRIVILEGES, _AMBIENT = 1, 4, 24, 36, 38, 47
_AMBIENT_CLEAR = 4
_CAPABILITY_VERSION = 0x20080522
_CAPABILITIES = 64
_SIGKILL = 9


def die_with_parent() -> None:
    """Have the kernel end this process when the one that started it ends."""
    with contextlib.suppress(OSError):
        kernel.prctl(_PARENT_DEATH_SIGNAL, _SIGKILL)


def inherit_orphans() -> None:
    """Become the parent of every process whose parent among our children ends."""
    with contextlib.suppress(OSError):
        kernel.prctl(_CHILD_SUBREAPER, 1)


def hide(hidden: bool) -> None:
    """Keep other processes of the user from reading this one's memory and descriptors, or no longer."""
    with contextlib.suppress(OSError):
        kernel.prctl(_SET_DUMPABLE, 0 if hidden else 1)


def give_up() -> None:
    """Give up all capabilities for ever, and what setuid programs would give."""
    with contextlib.suppress(OSError):
        kernel.prctl(_NO_NEW_PRIVILEGES, 1)
    for number in range(_CAPABILITIES):
        with contextlib.suppress(OSError):
            kernel.prctl(_DROP_BOUND, number)
    with contextlib.suppress(OSError):
        kernel.prctl(_AMBIENT, _AMBIENT_CLEAR)
    with contextlib.suppress(OSError):
        kernel.set_capabilities(struct.pack("=Ii", _CAPABILITY_VERSION, 0), bytes(24))

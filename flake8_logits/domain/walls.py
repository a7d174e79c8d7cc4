"""The walls around code that the verifier runs: what the kernel holds, whatever that code is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WALLS = {
    "files": "nothing outside of its own folder can be changed: not a file, not a mode",
    "reading": "nothing can be read but the libraries, the system's own and its folder",
    "network": "no connection can be made",
    "sockets": "no Unix socket can be reached",
    "signals": "no process outside can be signalled",
    "leftovers": "no process outlives the model",
    "processes": "the number of processes has a bound",
    "memory": "the memory has a bound",
    "disk": "what is written has a bound, in all",
    "system calls": "the kernel refuses the calls that computing does not need",
}
"""Each wall by name, and what holds where it stands."""


@dataclass(frozen=True, slots=True)
class Walls:
    """Which walls stand, and which do not; each was tried.  ``system`` is the name of the operating system."""

    stand: tuple[str, ...] = ()
    missing: tuple[str, ...] = tuple(WALLS)
    system: str = ""


def walls_of(found: Mapping[str, object], system: str) -> Walls:
    """The walls, given for each whether it stands; one that nothing is known of does not."""
    stand = tuple(name for name in WALLS if found.get(name) is True)
    return Walls(stand, tuple(name for name in WALLS if name not in stand), system)

"""What a caller asks of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from flake8_logits.cache.store import Cache
from flake8_logits.knowledge.settings import PLAIN, Settings
from flake8_logits.service.restriction import UNRESTRICTED, Restriction


class FixMode(Enum):
    """What to do with fixes."""

    OFF = auto()
    """None is looked for."""
    PROPOSE = auto()
    """Each finding carries its own."""
    APPLY = auto()
    """All are written to the file."""
    RETURN = auto()
    """All are made, and the result holds the fixed bytes."""
    DIFF = auto()
    """All are made in memory, and the result holds the difference."""
    SUPPRESS = auto()
    """None is made; each finding gets a ``# noqa`` comment in the file."""

    @property
    def keeps_source(self) -> bool:
        """Whether the source stays as it is and the report is that of the source."""
        return self in (FixMode.OFF, FixMode.PROPOSE)


@dataclass(frozen=True, slots=True)
class Fixing:
    """What to do with fixes, and whether unsafe ones are included."""

    mode: FixMode = FixMode.PROPOSE
    unsafe: bool = False


PROPOSE = Fixing()


@dataclass(frozen=True, slots=True)
class Options:
    """What to report, fix and leave out.

    ``codes`` are the rules that are selected; ``noqa`` tells whether ``# noqa`` comments count; ``follow_imports`` lets
    an analysis read the other modules of the project that a file imports, ``follow_callers`` those that import the
    file; ``settings`` hold the user's own vocabulary and the target; ``cache`` is where results are kept, None for
    nowhere.
    """

    codes: frozenset[str]
    noqa: bool = True
    follow_imports: bool = True
    follow_callers: bool = True
    settings: Settings = PLAIN
    fixing: Fixing = PROPOSE
    restriction: Restriction = UNRESTRICTED
    cache: Cache | None = None


@dataclass(frozen=True, slots=True)
class Verifying:
    """What to do with the verifier: the limits of one model in seconds, MiB and numbers, and what it looks at.

    ``trust`` also runs what is not allow-listed; ``walled`` runs nothing unless all walls stand; ``every`` also
    verifies pairings without a finding.
    """

    seconds: int = 60
    memory: int = 4096
    processes: int = 256
    file_size: int = 16
    disk: int = 64
    trust: bool = False
    walled: bool = False
    every: bool = False

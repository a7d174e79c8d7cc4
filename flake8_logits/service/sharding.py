"""One run's share of the files, where several machines share them out without talking to each other."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass, field

from flake8_logits.source.project import root_of


@dataclass
class Shard:
    """The share with this number (from 1) of so many.

    Each file is in exactly one, by its path from the project's root alone: other files may come and go, machines
    may keep their checkouts wherever they like, and a share finds in its cache what it found there before.
    """

    number: int
    count: int
    left_out: int = 0
    """Of the files that were asked for, so many were in other shares."""
    _root: str = field(default_factory=lambda: root_of(os.getcwd()))

    def holds(self, path: str) -> bool:
        """Whether a file is in this share."""
        mine = self._bucket(path) == self.number - 1
        self.left_out += not mine
        return mine

    def _bucket(self, path: str) -> int:
        with contextlib.suppress(OSError, ValueError):  # on another drive, say: then as it is written
            path = os.path.relpath(path, self._root)
        name = path.replace(os.sep, "/").encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") % self.count

"""One run's share of the files, where several machines share them out without talking to each other."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from flake8_logits.service.caching import check
from flake8_logits.service.policy import Policy
from flake8_logits.service.requests import Fixing, FixMode
from flake8_logits.service.results import Checked
from flake8_logits.source.project import root_of


@dataclass
class Shard:
    """The share with this number (from 1) of so many.

    Each file is in exactly one, by its path from the project's root alone: other files may come and go, machines
    may keep their checkouts wherever they like, and a share finds in its cache what it found there before.
    """

    number: int
    count: int
    _others: dict[str, str] = field(default_factory=dict)
    _root: str = field(default_factory=lambda: root_of(os.getcwd()))

    def of(self, paths: Iterable[str]) -> list[str]:
        """Those of the files that are in this share; the others are remembered."""
        mine = []
        for path in paths:
            if self._bucket(path) == self.number - 1:
                mine.append(path)
            else:
                self._others[_absolute(path)] = path
        return mine

    @property
    def leaves_out(self) -> bool:
        """Whether files that were asked for are in other shares."""
        return bool(self._others)

    def elsewhere(self, policy: Policy, path: str) -> Checked | None:
        """What another share finds in a file that it was given; None for any other file.  Nothing is written."""
        given = self._others.get(_absolute(path))
        if given is None:
            return None
        return check(given, replace(policy.options(given), fixing=Fixing(FixMode.OFF)))

    def _bucket(self, path: str) -> int:
        with contextlib.suppress(OSError, ValueError):  # on another drive, say: then as it is written
            path = os.path.relpath(path, self._root)
        name = path.replace(os.sep, "/").encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") % self.count


def _absolute(path: str) -> str:
    return os.path.abspath(path) if "\0" not in path else path

"""Parts of a text that stay as they are when it is edited, with all that was made of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Generic, TypeVar

P = TypeVar("P")


class KeptParts(Generic[P]):
    """The parts of the last reading of a program, by their text; each is given once to the next one."""

    def __init__(self) -> None:
        self._before: defaultdict[str, list[P]] = defaultdict(list)
        self._now: list[tuple[str, P]] = []

    def take(self, text: str) -> P | None:
        """A part with this text that nobody has taken yet; of several the first."""
        found = self._before.get(text)
        return found.pop(0) if found else None

    def keep(self, text: str, part: P) -> None:
        """Keep a part for the next reading."""
        self._now.append((text, part))

    def turn(self) -> None:
        """A reading has ended: what it had is what the next one may take."""
        self._before = defaultdict(list)
        for text, part in self._now:
            self._before[text].append(part)
        self._now = []

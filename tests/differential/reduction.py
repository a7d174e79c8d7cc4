"""From a program that shows something to the smallest one that still shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from tests.differential.grammar import MOST_CHOICES


class Text(Protocol):
    """A program that can be read."""

    @property
    def text(self) -> str:
        """The program, as the linter reads it."""


P = TypeVar("P", bound=Text)


def smallest(choices: bytes, shows: Callable[[P], bool], write: Callable[[bytes], P], most: int = 60) -> P:
    """Leave out choices, then set them to the first option, as long as the program still shows it.

    ``most`` is the number of programs to try.
    """
    best, tries = choices.rstrip(b"\0"), 0
    seen = {write(best).text}

    def better(candidate: bytes) -> bool:
        nonlocal tries
        program = write(candidate)
        if program.text in seen or len(program.text) > len(write(best).text) or tries >= most:
            return False
        seen.add(program.text)
        tries += 1
        return shows(program)

    size = 64
    while size and tries < most:
        place, changed = 0, False
        while place < len(best):
            for candidate in (best[:place] + best[place + size :], best[:place] + bytes(size) + best[place + size :]):
                if better(candidate[:MOST_CHOICES]):
                    best, changed = candidate[:MOST_CHOICES].rstrip(b"\0"), True
                    break
            else:
                place += size
        if not changed or size > 1:
            size //= 2
    return write(best)

"""The pen for these programs: where an activation may be kept, and what can be called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.differential.grammar.writer import Writer

ACTIVATIONS = ("nn.Identity()", "nn.Softmax(dim=1)", "nn.LogSoftmax(dim=1)")
DEEPEST = 4


@dataclass
class Pen(Writer):
    """Writes one program.

    ``places`` are where activations are kept, ``actions`` what can be called without an argument, ``iterables`` what
    runs something when it is walked, ``level`` how many bodies stand around what is being written, ``late`` how many
    of them go on after a ``yield``: what a loss reads there may have changed meanwhile, which is not followed.
    """

    places: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    iterables: list[str] = field(default_factory=list)
    level: int = 0
    late: int = 0
    _set: list[set[str]] = field(default_factory=list)

    def place(self) -> str:
        """Somewhere an activation is kept."""
        return self.pick(self.places)

    def activation(self) -> str:
        """An activation: a new one, or what is kept somewhere."""
        return self.place() if self.chance(30) else self.pick(ACTIVATIONS)

    def put(self, place: str, value: str) -> None:
        """Keep an activation."""
        self.sets(place)
        self.line(f"{place} = {value}")

    def sets(self, place: str) -> None:
        """What is written next sets this place, wherever it stands."""
        if self._set and place.isidentifier():
            self._set[-1].add(place)

    @contextmanager
    def body_of(self, header: str) -> Iterator[None]:
        """The body of a function; the names of the module that it sets are declared."""
        self._set.append(set())
        self.level += 1
        with self.block(header):
            start = len(self.lines)
            yield
            names = sorted(self._set.pop())
            if names:
                self.lines.insert(start, "    " * self.depth + f"global {', '.join(names)}")
        self.level -= 1

    def leave(self) -> None:
        """Perhaps a way out of the function around."""
        if self._set and self.chance(15):
            self.line(self.pick(("return", "raise ValueError")))

    @contextmanager
    def part(self, header: str) -> Iterator[None]:
        """The body of a statement."""
        self.level += 1
        with self.block(header):
            yield
        self.level -= 1

"""The method resolution order: in which order Python looks an attribute up among a class and its ancestors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import islice

from flake8_logits.interpret.abstract.values import Class, Library, Value

DEEPEST_MRO = 64


def mro(cls: Class) -> list[Value]:
    """The classes that attributes are looked up in, nearest first; libraries' and unknown ones included.

    As in Python (C3): no class stands before one derived from it, and bases stand in the order they are written in.
    """
    return _linear(cls, 0)


def _linear(cls: Value, depth: int) -> list[Value]:
    if not isinstance(cls, Class) or depth > DEEPEST_MRO or cls in cls.bases:
        return [cls]
    if len(cls.bases) < 2:
        return [cls, *(_linear(cls.bases[0], depth + 1) if cls.bases else [])]
    runs = [_linear(base, depth + 1) for base in cls.bases]
    return [cls, *_merged([*runs, list(cls.bases)])]


def _merged(runs: list[list[Value]]) -> list[Value]:
    found: list[Value] = []
    left = [run for run in runs if run]
    while left:
        # Where Python would refuse the order, the first one is taken.
        head = next(
            (run[0] for run in left if not any(run[0] in other[1:] for other in left)),
            left[0][0],
        )
        found.append(head)
        left = [rest for run in left if (rest := [item for item in run if item != head])]
    return found


def library_bases(cls: Class) -> list[str]:
    """The canonical names of the library classes among a class's ancestors."""
    return [base.name for base in mro(cls) if isinstance(base, Library)]


class Derived:
    """Which of some classes derive from which; a class is looked at once."""

    def __init__(self) -> None:
        self._seen = 0
        self._found: defaultdict[int, list[Class]] = defaultdict(list)

    def of(self, owner: Class, classes: Collection[Class]) -> list[Class]:
        """The classes that derive from one, of all that there are: they only ever become more."""
        for cls in islice(classes, self._seen, None):
            for base in mro(cls):
                if base is not cls and isinstance(base, Class):
                    self._found[id(base)].append(cls)
        self._seen = len(classes)
        return self._found[id(owner)]

"""The method resolution order: in which order Python looks an attribute up among a class and its ancestors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import islice

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Class, Library, Unknown, Value

MOST_ANCESTORS = 64
"""What stands behind so many classes is not known."""


def mro(cls: Class) -> Sequence[Value]:
    """The classes that attributes are looked up in, nearest first; libraries' and unknown ones included.

    As in Python (C3): no class stands before one derived from it, and bases stand in the order they are written in.
    Found once: a class keeps it.
    """
    if not cls.order:
        bases = cls.bases[: MOST_ANCESTORS + 1]  # more need not be put in order
        runs: list[Sequence[Value]] = [mro(base) if isinstance(base, Class) else (base,) for base in bases]
        ancestors = list(runs[0]) if len(runs) == 1 else _merged([*runs, bases])
        if len(ancestors) > MOST_ANCESTORS:
            ancestors[MOST_ANCESTORS:] = [Unknown(Lost(Reason.ANCESTORS, cls.node))]
        cls.order.extend([cls, *ancestors])
    return cls.order


def _merged(runs: list[Sequence[Value]]) -> list[Value]:
    found: list[Value] = []
    left = [list(run) for run in runs if run]
    while left and len(found) <= MOST_ANCESTORS:
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

"""Python between a value and its use: every way in which a program can get hold of what it already has."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.grammar import by_container, by_function, by_object, by_statement
from tests.differential.grammar.writer import Writer

Make = Callable[[], str]

STATEMENTS = (*by_statement.FORMS, *by_function.FORMS, *by_container.CHANGED, *by_object.FORMS)


def obscure(w: Writer, make: Make, other: Make, percent: int = 30, stem: str = "value") -> str:
    """What ``make`` writes, reached in some roundabout way; ``other`` writes a different thing of the same kind."""
    if w.effort <= 0 or not w.chance(percent):
        return make()
    w.effort -= 1
    forms = by_container.INLINE if w.inline else (*STATEMENTS, *by_container.INLINE)
    form = w.pick(forms)
    w.tag(f"python: {form.__name__.strip('_')}")

    def again() -> str:
        return obscure(w, make, other, percent // 2, stem)

    return form(w, again, other)

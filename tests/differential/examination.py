"""One program from beginning to end: asked, measured, compared, and looked at again where the two disagree."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.answer import Comparison, answer, compare
from tests.differential.grammar import Program
from tests.differential.probe import Measured, Refused, measure

Measure = Callable[[Program, int], list[Measured]]

CLOSER = 12
"""How many times as many weights a contradiction has to survive: what was never seen may only have been unlikely."""


class Crashed(Exception):
    """The interpreter raised, which it never may."""


def examine(program: Program, measured_by: Measure = measure) -> Comparison:
    """What came of a program.  Raises Refused where the framework does, Crashed where the interpreter does."""
    measured = measured_by(program, 1)
    try:
        said = answer(program.text, program.kinds, program.lines)
    except Exception as error:
        raise Crashed(f"{type(error).__name__}: {error}") from error
    result = compare(program, said, measured)
    if not result.contradictions:
        return result
    closer = compare(program, said, measured_by(program, CLOSER))
    if not closer.contradictions:
        closer.unclear.append("a contradiction that more weights did not confirm")
    return closer


def contradicts(program: Program, measured_by: Measure = measure) -> bool:
    """Whether the interpreter is wrong about a program."""
    try:
        return bool(examine(program, measured_by).contradictions)
    except (Refused, Crashed):
        return False

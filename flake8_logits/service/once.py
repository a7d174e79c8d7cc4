"""A fault of a project is said once: where it is mended, and not again at the call that leads there."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span
from flake8_logits.service.results import Checked

_Fault = tuple[str, str, int | None, int, int]
Elsewhere = Callable[[str], "Checked | None"]
"""What another run finds in a file at an absolute path; None where none looks at it."""


def nowhere(path: str) -> Checked | None:
    """No other run looks at any file."""
    return None


def said_once(results: Iterable[Checked], paths: Sequence[str], elsewhere: Elsewhere = nowhere) -> Iterator[Checked]:
    """Yield the results in their order, without findings at calls whose fault another result tells at its own place.

    ``paths`` are the files that are checked, in the order of the results: one is held back until those that it calls
    have been checked.  Where another run tells it, ``elsewhere`` says so.
    """
    ours = {os.path.abspath(path) for path in paths if "\0" not in path}
    asked: set[str] = set()
    coming = set(ours)
    told: set[_Fault] = set()
    held: deque[Checked] = deque()
    for checked in results:
        coming.discard(os.path.abspath(checked.report.path))
        told.update(_told(checked))
        for path in _leads_to(checked) - ours - asked:
            asked.add(path)
            other = elsewhere(path)
            told.update(_told(other) if other is not None else ())
        held.append(checked)
        while held and not coming & _leads_to(held[0]):
            yield _without(held.popleft(), told)
    for checked in held:
        yield _without(checked, told)


def _told(checked: Checked) -> Iterator[_Fault]:
    """The faults that a result tells, or told before they were fixed, each at the place where the ends meet."""
    for found in (*checked.report.diagnostics, *checked.before):
        if found.claim is not None:
            yield _fault(found, found.claim.span)


def _leads_to(checked: Checked) -> set[str]:
    """The files in which the ends meet that findings at calls speak of."""
    return {os.path.abspath(there.path) for found in checked.report.diagnostics if (there := _there(found)) is not None}


def _without(checked: Checked, told: set[_Fault]) -> Checked:
    found = checked.report.diagnostics
    dropped = {one for one in found if (there := _there(one)) is not None and _fault(one, there) in told}
    if not dropped:
        return checked
    report = replace(checked.report, diagnostics=tuple(one for one in found if one not in dropped))
    spots = {(one.code, one.span) for one in dropped}
    left = tuple(one for one in checked.not_fixed if (one.code, one.span) not in spots)
    return replace(checked, report=report, not_fixed=left)


def _there(found: Diagnostic) -> Span | None:
    return None if found.claim is None else found.claim.there


def _fault(found: Diagnostic, met: Span) -> _Fault:
    """What tells a fault from others: its code, and the place where the ends meet."""
    return found.code, os.path.abspath(met.path), met.cell, met.line, met.column

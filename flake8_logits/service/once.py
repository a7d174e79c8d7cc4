"""A fault of a project is said once: where it is mended, and not again at the call that leads there."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span
from flake8_logits.service.results import Checked

_Fault = tuple[str, str, int | None, int, int]


def said_once(results: Iterable[Checked], paths: Sequence[str]) -> Iterator[Checked]:
    """Yield the results in their order, without findings at calls whose fault another result tells at its own place.

    ``paths`` are the files that are checked, in the order of the results: one is held back until those that it calls
    have been checked.
    """
    coming = {os.path.abspath(path) for path in paths if "\0" not in path}
    told: set[_Fault] = set()
    held: deque[Checked] = deque()
    for checked in results:
        coming.discard(os.path.abspath(checked.report.path))
        told.update(_fault(found, found.claim.span) for found in checked.report.diagnostics if found.claim is not None)
        held.append(checked)
        while held and not coming & _leads_to(held[0]):
            yield _without(held.popleft(), told)
    for checked in held:
        yield _without(checked, told)


def _leads_to(checked: Checked) -> set[str]:
    """The files in which the ends meet that findings at calls speak of."""
    return {os.path.abspath(there.path) for found in checked.report.diagnostics if (there := _there(found)) is not None}


def _without(checked: Checked, told: set[_Fault]) -> Checked:
    kept = tuple(
        found
        for found in checked.report.diagnostics
        if (there := _there(found)) is None or _fault(found, there) not in told
    )
    if len(kept) == len(checked.report.diagnostics):
        return checked
    return replace(checked, report=replace(checked.report, diagnostics=kept))


def _there(found: Diagnostic) -> Span | None:
    return None if found.claim is None else found.claim.there


def _fault(found: Diagnostic, met: Span) -> _Fault:
    """What tells a fault from others: its code, and the place where the ends meet."""
    return found.code, os.path.abspath(met.path), met.cell, met.line, met.column

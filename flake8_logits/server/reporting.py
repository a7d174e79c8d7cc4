"""All that a client is told of a program, text by text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.server.diagnostics import Locator, as_diagnostic, as_note, as_problem
from flake8_logits.server.knowledge import Known
from flake8_logits.server.programs import Part


def reported(
    known: Known, findings: Iterable[Diagnostic], parts: Sequence[Part], current: bool, locate: Locator, related: bool
) -> dict[str, list[types.Diagnostic]]:
    """What there is to say of a program, by the addresses of its texts.

    ``findings`` are what is found by its place in these texts; ``current`` says that all that is known holds for them.
    """
    said: dict[str, list[types.Diagnostic]] = {part.uri: [] for part in parts}
    for finding in findings:
        where = locate(finding.span)
        if where is not None:
            said[where.uri].append(as_diagnostic(finding, locate, related))
    for note in known.revealed if current else ():
        where = locate(note.span)
        if where is not None:
            said[where.uri].append(as_note(note.text, where.range))
    for problem in known.other_problems if parts else ():
        said[parts[0].uri].append(as_problem(problem))
    return said

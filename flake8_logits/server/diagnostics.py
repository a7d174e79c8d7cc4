"""Findings as the protocol says them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from lsprotocol import types

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Related, Severity
from flake8_logits.domain.links import rule_url
from flake8_logits.domain.places import Span

SOURCE = "flake8-logits"
REVEALED = "reveal_output"
PROBLEM = "LGT000"
"""As in flake8: the code for what is not a finding."""

_SEVERITIES = {
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.ADVICE: types.DiagnosticSeverity.Information,
}


class Locator(Protocol):
    """Finds the client's address and range of a span, in any file; None where there is none."""

    def __call__(self, span: Span) -> types.Location | None: ...


def as_diagnostic(found: Diagnostic, locate: Locator, related: bool) -> types.Diagnostic:
    """A finding as the client is told of it; ``related`` says that it shows further places."""
    here = locate(found.span)
    assert here is not None
    return types.Diagnostic(
        range=here.range,
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=types.CodeDescription(href=rule_url(found.rule)),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if found.superfluous else None,
        related_information=list(_places(found.related, locate)) if related else None,
        data={"rule": found.rule},
    )


def as_note(message: str, where: types.Range) -> types.Diagnostic:
    """What a ``reveal_output`` reveals."""
    return types.Diagnostic(where, message, types.DiagnosticSeverity.Information, REVEALED, source=SOURCE)


def as_problem(problem: Problem) -> types.Diagnostic:
    """What kept a file from being analysed, at its first line."""
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    return types.Diagnostic(start, problem.message, types.DiagnosticSeverity.Warning, PROBLEM, source=SOURCE)


def _places(related: Iterable[Related], locate: Locator) -> Iterable[types.DiagnosticRelatedInformation]:
    for one in related:
        where = locate(one.span)
        if where is not None:
            yield types.DiagnosticRelatedInformation(where, one.note)

"""One line for each finding: ``path:line:col: CODE message``."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.domain.diagnostics import Problem, Report
from flake8_logits.outputs.locations import location, span_location
from flake8_logits.outputs.verifications import settled_line, tag
from flake8_logits.outputs.visible import visible


def finding_lines(report: Report) -> Iterator[str]:
    """Yield a line for each finding of the report, then what the verifier says beside them."""
    for diagnostic in report.diagnostics:
        told = "" if diagnostic.verification is None else f" {tag(diagnostic.verification)}"
        place = span_location(diagnostic.span)
        yield f"{place}: {diagnostic.code} {diagnostic.mark}{visible(diagnostic.message)}{told}"
    yield from beside_lines(report)


def beside_lines(report: Report) -> Iterator[str]:
    """Yield a line for each pairing that was settled without a finding."""
    for claim, verification in report.settled:
        yield settled_line(claim, verification)


def problem_line(problem: Problem) -> str:
    """Return the line that names what could not be read."""
    return f"{location(problem.path, problem.cell, problem.line, problem.column)}: {visible(problem.message)}"

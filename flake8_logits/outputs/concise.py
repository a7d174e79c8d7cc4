"""One line for each finding: ``path:line:col: CODE message``."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.domain.diagnostics import Problem, Report
from flake8_logits.outputs.locations import location, span_location
from flake8_logits.outputs.visible import visible


def finding_lines(report: Report) -> Iterator[str]:
    """Yield a line for each finding of the report."""
    for diagnostic in report.diagnostics:
        yield f"{span_location(diagnostic.span)}: {diagnostic.code} {diagnostic.mark}{visible(diagnostic.message)}"


def problem_line(problem: Problem) -> str:
    """Return the line that names what could not be read."""
    return f"{location(problem.path, problem.cell, problem.line, problem.column)}: {visible(problem.message)}"

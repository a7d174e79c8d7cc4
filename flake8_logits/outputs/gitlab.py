"""GitLab's code quality report: a JSON array in the terms of Code Climate."""

from __future__ import annotations

import json
from collections.abc import Iterable

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report, Severity
from flake8_logits.outputs.fingerprints import LineOf, digest, fingerprints, portable

Object = dict[str, object]


def render(reports: Iterable[tuple[Report, LineOf]]) -> str:
    """Return the reports as the text of one JSON array; whatever paths hold, it is ASCII."""
    entries: list[Object] = []
    for report, line_of in reports:
        marks = fingerprints(report, line_of)
        entries += [_finding(found, mark) for found, mark in zip(report.diagnostics, marks, strict=True)]
        entries += [_problem(problem) for problem in report.problems]
    return json.dumps(entries, indent=2)


SEVERITIES = {Severity.WARNING: "major", Severity.ADVICE: "info"}


def _finding(diagnostic: Diagnostic, fingerprint: str) -> Object:
    span = diagnostic.span
    # Every entry needs a line; those of a cell are none of the file's.
    cell = "" if span.cell is None else f"cell {span.cell}, line {span.line}: "
    begin, end = (span.line, span.end_line) if span.cell is None else (1, 1)
    more = f". {diagnostic.consequence}" if diagnostic.consequence else ""
    return {
        "description": f"{cell}{diagnostic.code} {diagnostic.message}{more}",
        "check_name": diagnostic.code,
        "content": {"body": f"[{diagnostic.code} {diagnostic.rule}]({diagnostic.url})"},
        "fingerprint": fingerprint,
        "severity": SEVERITIES[diagnostic.severity],
        "location": {"path": portable(span.path), "lines": {"begin": begin, "end": end}},
    }


def _problem(problem: Problem) -> Object:
    path = portable(problem.path)
    line = 1 if problem.cell is not None or problem.line is None else problem.line
    return {
        "description": problem.message,
        "check_name": problem.kind.value,
        "fingerprint": digest(problem.kind.value, path, problem.message, str(problem.cell)),
        "severity": "critical",
        "location": {"path": path, "lines": {"begin": line, "end": line}},
    }

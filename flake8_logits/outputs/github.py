"""Workflow commands, which GitHub shows beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report, Severity
from flake8_logits.outputs.fingerprints import portable
from flake8_logits.outputs.visible import visible

COMMANDS = {Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def lines(report: Report) -> Iterator[str]:
    """Yield a command for each finding and each problem of a report."""
    for diagnostic in report.diagnostics:
        yield _finding(diagnostic)
    for problem in report.problems:
        yield _problem(problem)


def _finding(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties: dict[str, object] = {"file": portable(span.path)}
    message = f"{diagnostic.code} {diagnostic.message}"
    if span.cell is None:
        properties |= {"line": span.line, "endLine": span.end_line, "col": span.column + 1}
        if span.end_line == span.line:
            properties["endColumn"] = span.end_column + 1
    else:
        # Its lines are not those of the file.
        message = f"cell {span.cell}, line {span.line}: {message}"
    properties["title"] = f"{diagnostic.code} {diagnostic.rule}"
    return _command(COMMANDS[diagnostic.severity], properties, message)


def _problem(problem: Problem) -> str:
    properties: dict[str, object] = {"file": portable(problem.path)}
    message = problem.message
    if problem.cell is not None:
        message = f"cell {problem.cell}: {message}"
    elif problem.line is not None:
        properties["line"] = problem.line
    properties["title"] = "flake8-logits"
    return _command("error", properties, message)


def _command(name: str, properties: dict[str, object], message: str) -> str:
    stated = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {stated}::{_data(message)}"


def _data(text: str) -> str:
    lines = (visible(line) for line in text.split("\n"))
    return "\n".join(lines).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""SARIF 2.1.0, which code hosts and editors read: findings with both places, the rules with their pages."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import quote

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report, Severity
from flake8_logits.domain.fixes import Applicability, Fix
from flake8_logits.domain.links import REPOSITORY, rule_url, with_absolute_links
from flake8_logits.domain.places import Span
from flake8_logits.outputs.fingerprints import LineOf, fingerprints, portable

Object = dict[str, object]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "flake8Logits/v1"
"""The name of our fingerprints; the number changes with how they are made."""
ROOT = "%SRCROOT%"
"""What relative addresses are relative to: the reader knows where the project lies."""
LEVELS = {Severity.WARNING: "warning", Severity.ADVICE: "note"}
UNSAFE = "unsafe: it changes the model, or what the program computes from its output"
"""What is added to the description of a fix that is not safe: viewers apply any fix that they are given."""


class RulePage(Protocol):
    """What is told of a rule."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def page(self) -> str: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def default(self) -> bool: ...


def render(reports: Iterable[tuple[Report, LineOf]], rules: Sequence[RulePage], version: str) -> str:
    """Return the log as the text of one JSON object; whatever paths hold, it is ASCII.

    A cell of a notebook is a logical place there, because SARIF has no other word for it.
    """
    reports = tuple(reports)
    places = {rule.code: index for index, rule in enumerate(rules)}
    problems = [problem for report, _ in reports for problem in report.problems]
    run: Object = {
        "tool": {
            "driver": {
                "name": "flake8-logits",
                "version": version,
                "semanticVersion": version,
                "informationUri": REPOSITORY,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": not problems, "toolExecutionNotifications": [_notice(it) for it in problems]}
        ],
        "results": [
            _result(diagnostic, fingerprint, places)
            for report, line_of in reports
            for diagnostic, fingerprint in zip(report.diagnostics, fingerprints(report, line_of), strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: RulePage) -> Object:
    page = with_absolute_links(rule.page.strip())
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": f"{rule.summary}."},
        "help": {"text": page, "markdown": page},
        "helpUri": rule_url(rule.name),
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": ["keras", "tensorflow", rule.name]},
    }


def _result(diagnostic: Diagnostic, fingerprint: str, places: dict[str, int]) -> Object:
    result: Object = {
        "ruleId": diagnostic.code,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": _plain(_told(diagnostic))},
        "locations": [_location(diagnostic.span)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if diagnostic.consequence:
        result["properties"] = {"consequence": diagnostic.consequence}
    if diagnostic.code in places:
        result["ruleIndex"] = places[diagnostic.code]
    if diagnostic.fix is not None and all(edit.span.cell is None for edit in diagnostic.fix.edits):
        result["fixes"] = [_fix(diagnostic.fix)]
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": _plain(related.note)}, **_location(related.span)}
            for number, related in enumerate(diagnostic.related, 1)
        ]
    return result


def _told(diagnostic: Diagnostic) -> str:
    """The message, as a sentence that may stand alone where there is little room, and what comes of it."""
    return f"{diagnostic.message}. {diagnostic.consequence}" if diagnostic.consequence else diagnostic.message


def _plain(text: str) -> str:
    """Return the text without what viewers make links of: ``[words](address)``."""
    return text.replace("](", "] (")


def _fix(fix: Fix) -> Object:
    replacements: dict[str, list[Object]] = {}
    for edit in fix.edits:
        replacement: Object = {"deletedRegion": region(edit.span), "insertedContent": {"text": edit.text}}
        replacements.setdefault(edit.span.path, []).append(replacement)
    changes = [{"artifactLocation": artifact(path), "replacements": found} for path, found in replacements.items()]
    description = fix.description if fix.applicability is Applicability.SAFE else f"{fix.description} ({UNSAFE})"
    return {
        "description": {"text": description},
        "artifactChanges": changes,
        "properties": {"applicability": fix.applicability.value},
    }


def _location(span: Span) -> Object:
    place: Object = {"artifactLocation": artifact(span.path)}
    if span.cell is not None:
        # Lines count within the cell; as lines of the file they would point anywhere.
        return {"physicalLocation": place, "logicalLocations": [_cell(span.cell, span.line)]}
    return {"physicalLocation": {**place, "region": region(span)}}


def _cell(cell: int, line: int) -> Object:
    return {"name": f"cell {cell}", "fullyQualifiedName": f"cell {cell}, line {line}", "kind": "cell"}


def region(span: Span) -> Object:
    """Return the stretch, lines and columns from 1, the end exclusive."""
    return {
        "startLine": span.line,
        "startColumn": span.column + 1,
        "endLine": span.end_line,
        "endColumn": span.end_column + 1,
    }


def artifact(path: str) -> Object:
    """Return the address of a file: relative where the file lies below the current folder."""
    shown = portable(path)
    if os.path.isabs(path) and os.path.isabs(shown.replace("/", os.sep)):
        return {"uri": pathlib.Path(path).as_uri()}
    return {"uri": quote(os.fsencode(shown), safe="/"), "uriBaseId": ROOT}


def _notice(problem: Problem) -> Object:
    place: Object = {"artifactLocation": artifact(problem.path)}
    location: Object = {"physicalLocation": place}
    if problem.cell is not None:
        location["logicalLocations"] = [_cell(problem.cell, problem.line or 1)]
    elif problem.line is not None:
        column = {} if problem.column is None else {"startColumn": problem.column + 1}
        place["region"] = {"startLine": problem.line, **column}
    return {"level": "error", "message": {"text": _plain(problem.message)}, "locations": [location]}

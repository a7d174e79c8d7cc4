"""Reports for programs: one JSON object, or one on each line; lines and columns from 1, ends exclusive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report, UnknownSite
from flake8_logits.domain.fixes import Fix
from flake8_logits.domain.places import Span
from flake8_logits.domain.verification import Claim, Verification
from flake8_logits.outputs.verifications import as_object, walls_object

Object = dict[str, object]


def render(reports: Iterable[Report], unknown: bool = False) -> str:
    """Return the reports as the text of one JSON object, with the key ``unknown`` when asked for.

    Whatever paths hold, the text is ASCII.
    """
    reports = tuple(reports)
    whole: Object = {"findings": [_finding(found) for report in reports for found in report.diagnostics]}
    if unknown:
        whole["unknown"] = [_unknown(site) for report in reports for site in report.unknowns]
    settled = [pair for report in reports for pair in report.settled]
    if settled:
        whole["pairings"] = [_settled(claim, verification) for claim, verification in settled]
    walls = next((report.walls for report in reports if report.walls is not None), None)
    if walls is not None:
        whole["walls"] = walls_object(walls)
    whole["problems"] = [_problem(problem) for report in reports for problem in report.problems]
    return json.dumps(whole, indent=2)


def lines(report: Report, unknown: bool = False) -> Iterator[str]:
    """Yield a JSON object on a line of its own for all that is in a report; the key ``kind`` tells what it is."""
    for diagnostic in report.diagnostics:
        yield json.dumps({"kind": "finding", **_finding(diagnostic)})
    for claim, verification in report.settled:
        yield json.dumps({"kind": "pairing", **_settled(claim, verification)})
    if report.walls is not None:
        yield json.dumps({"kind": "walls", **walls_object(report.walls)})
    for site in report.unknowns if unknown else ():
        yield json.dumps({"kind": "unknown", **_unknown(site)})
    for problem in report.problems:
        yield json.dumps({"kind": "problem", **_problem(problem)})


def _settled(claim: Claim, verification: Verification) -> Object:
    return {
        **_place(claim.span),
        "scales": list(claim.scales),
        "loss": claim.reader,
        "verification": as_object(verification),
    }


def _finding(diagnostic: Diagnostic) -> Object:
    verification = diagnostic.verification
    return {
        **_place(diagnostic.span),
        "code": diagnostic.code,
        "rule": diagnostic.rule,
        "url": diagnostic.url,
        "message": diagnostic.message,
        "consequence": diagnostic.consequence or None,
        "related": [{**_place(related.span), "message": related.note} for related in diagnostic.related],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
        "fix_declined": diagnostic.declined or None,
        **({} if verification is None else {"verification": as_object(verification)}),
    }


def _fix(fix: Fix) -> Object:
    return {
        "applicability": fix.applicability.value,
        "message": fix.description,
        "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits],
    }


def _unknown(site: UnknownSite) -> Object:
    return {
        **_place(site.span),
        "loss": site.loss,
        "end": site.end.name.lower(),
        "reason": site.reason.name.lower().replace("_", "-"),
        "message": site.reason.value,
        "detail": site.detail,
        "lost_at": None if site.lost_at is None else _place(site.lost_at),
    }


def _problem(problem: Problem) -> Object:
    return {
        "path": problem.path,
        "cell": problem.cell,
        "line": problem.line,
        "column": None if problem.column is None else problem.column + 1,
        "message": problem.message,
    }


def _place(span: Span) -> Object:
    return {
        "path": span.path,
        "cell": span.cell,
        "line": span.line,
        "column": span.column + 1,
        "end_line": span.end_line,
        "end_column": span.end_column + 1,
    }

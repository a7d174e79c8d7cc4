"""JUnit's XML, which every build server can show: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from flake8_logits.domain.diagnostics import Diagnostic, Problem, Report
from flake8_logits.outputs.concise import problem_line
from flake8_logits.outputs.fingerprints import portable
from flake8_logits.outputs.locations import span_location
from flake8_logits.outputs.visible import visible


def render(reports: Iterable[Report]) -> str:
    """Return the reports as XML, without the characters that XML has no place for."""
    root = ElementTree.Element("testsuites", name="flake8-logits")
    totals = [0, 0, 0]
    for report in reports:
        suite = ElementTree.SubElement(root, "testsuite", name=_text(portable(report.path)))
        for diagnostic in report.diagnostics:
            _finding(suite, report.path, diagnostic)
        for problem in report.problems:
            _problem(suite, report.path, problem)
        if not len(suite):
            ElementTree.SubElement(suite, "testcase", name="flake8-logits", classname=_text(portable(report.path)))
        counts = [len(suite), len(report.diagnostics), len(report.problems)]
        _count(suite, counts)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    _count(root, totals)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}'


def _count(element: ElementTree.Element, counts: list[int]) -> None:
    for name, count in zip(("tests", "failures", "errors"), counts, strict=True):
        element.set(name, str(count))


def _finding(suite: ElementTree.Element, path: str, diagnostic: Diagnostic) -> None:
    span = diagnostic.span
    place = f"line {span.line}" if span.cell is None else f"cell {span.cell}, line {span.line}"
    case = ElementTree.SubElement(
        suite, "testcase", name=f"{diagnostic.code} {diagnostic.rule} ({place})", classname=_text(portable(path))
    )
    case.set("file", _text(portable(span.path)))
    if span.cell is None:
        case.set("line", str(span.line))
    message = _text(diagnostic.message)
    failure = ElementTree.SubElement(case, "failure", type=diagnostic.code, message=message)
    lines = [f"{span_location(span, spoken=True)}: {diagnostic.code} {message}"]
    lines += [diagnostic.consequence] if diagnostic.consequence else []
    lines += [f"{span_location(there.span, spoken=True)}: {there.note}" for there in diagnostic.related]
    lines.append(diagnostic.url)
    failure.text = "\n".join(_text(line) for line in lines)


def _problem(suite: ElementTree.Element, path: str, problem: Problem) -> None:
    case = ElementTree.SubElement(suite, "testcase", name="readable", classname=_text(portable(path)))
    error = ElementTree.SubElement(case, "error", type=problem.kind.value, message=_text(problem.message))
    error.text = _text(problem_line(problem))


def _text(text: str) -> str:
    """Return the text without what XML cannot hold: controls are shown, halves of characters are not characters."""
    lines = (visible(line) for line in text.split("\n"))
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8")

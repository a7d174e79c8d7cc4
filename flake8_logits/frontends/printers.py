"""The printers for people, and what every printer does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.unknown import Reason
from flake8_logits.frontends.sinks import Sink
from flake8_logits.outputs.concise import beside_lines, finding_lines
from flake8_logits.outputs.json import render
from flake8_logits.outputs.unknowns import reason_lines, unknown_line
from flake8_logits.outputs.verifications import counted
from flake8_logits.service.results import Checked

Write = Callable[[str], None]


class Printer(Protocol):
    """Takes each file's result as soon as there is one, then the end."""

    def show(self, checked: Checked) -> None:
        """Write what can be written of one file."""

    def end(self) -> None:
        """Write what needed all files."""


class ConcisePrinter:
    """A line for each finding, nothing else unless it is asked for."""

    def __init__(self, write: Write, unknown: bool) -> None:
        self._write = write
        self._unknown = unknown
        self._reasons: list[Reason] = []

    def show(self, checked: Checked) -> None:
        for line in finding_lines(checked.report):
            self._write(line)
        for site in checked.report.unknowns if self._unknown else ():
            self._write(unknown_line(site))
            self._reasons.append(site.reason)

    def end(self) -> None:
        for line in reason_lines(self._reasons):
            self._write(line)


class JsonPrinter:
    """One JSON object at the end."""

    def __init__(self, write: Write, unknown: bool) -> None:
        self._write = write
        self._unknown = unknown
        self._reports: list[Report] = []

    def show(self, checked: Checked) -> None:
        self._reports.append(checked.report)

    def end(self) -> None:
        self._write(render(self._reports, self._unknown))


class TextPrinter:
    """Code frames, and a last line that counts."""

    def __init__(self, unknown: bool, sink: Sink) -> None:
        self._console = sink.console()
        self._wrap = sink.terminal
        # A file or a pipe has no width; what is read there is often a log or a review, not much wider than this.
        self._width = self._console.width if self._wrap else 120
        self._unknown = unknown
        self._reports: list[Report] = []

    def show(self, checked: Checked) -> None:
        # Here, because rich is slow to import and formats for programs do not need it.
        from flake8_logits.outputs.text import finding

        for diagnostic in checked.report.diagnostics:
            for line in finding(diagnostic, checked.sources.line, self._width, self._wrap):
                self._console.print(line, soft_wrap=True)
        for told in beside_lines(checked.report):
            self._print(told)
        for site in checked.report.unknowns if self._unknown else ():
            self._print(unknown_line(site, spoken=True))
        self._reports.append(checked.report)

    def end(self) -> None:
        # Here, because rich is slow to import and formats for programs do not need it.
        from flake8_logits.outputs.text import summary

        reports = self._reports
        every = [found for report in reports for found in report.diagnostics]
        reasons = [site.reason for report in reports for site in report.unknowns]
        for line in reason_lines(reasons) if self._unknown else ():
            self._print(line)
        self._print(
            summary(
                findings=sum(len(report.diagnostics) for report in reports),
                files_with=sum(bool(report.diagnostics) for report in reports),
                files=len(reports),
                undecided=0 if self._unknown else len(reasons),
                problems=sum(len(report.problems) for report in reports),
                fixable=sum(bool(found.mark) for report in reports for found in report.diagnostics),
                verified=counted([found.verification for found in every if found.verification is not None]),
            )
        )

    def _print(self, line: str) -> None:
        self._console.print(line, soft_wrap=True)

"""The printers for programs, and the choice among all printers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from flake8_logits import __version__
from flake8_logits.domain.diagnostics import Report
from flake8_logits.frontends.printers import ConcisePrinter, JsonPrinter, Printer, TextPrinter, Write
from flake8_logits.frontends.sinks import Sink
from flake8_logits.outputs import github, gitlab, json, junit, sarif
from flake8_logits.outputs.statistics import statistics_lines
from flake8_logits.rules.registry import RULES
from flake8_logits.service.results import Checked


class LinesPrinter:
    """Lines for each file as soon as it is checked."""

    def __init__(self, write: Write, lines: Callable[[Report], Iterable[str]]) -> None:
        self._write = write
        self._lines = lines

    def show(self, checked: Checked) -> None:
        for line in self._lines(checked.report):
            self._write(line)

    def end(self) -> None:
        """Everything was written."""


class WholePrinter:
    """One text for all files, at the end."""

    def __init__(self, write: Write, render: Callable[[Sequence[Checked]], str]) -> None:
        self._write = write
        self._render = render
        self._checked: list[Checked] = []

    def show(self, checked: Checked) -> None:
        self._checked.append(checked)

    def end(self) -> None:
        self._write(self._render(self._checked))


class StatisticsPrinter:
    """Another printer, and then how often each rule was found."""

    def __init__(self, write: Write, inner: Printer) -> None:
        self._write = write
        self._inner = inner
        self._reports: list[Report] = []

    def show(self, checked: Checked) -> None:
        self._inner.show(checked)
        self._reports.append(checked.report)

    def end(self) -> None:
        for line in statistics_lines(self._reports):
            self._write(line)
        self._inner.end()


def make_printer(form: str, sink: Sink, show_unknown: bool, statistics: bool) -> Printer:
    """Return the printer of a format; ``statistics`` is for the two that people read."""
    if form == "text":
        printer: Printer = TextPrinter(show_unknown, sink)
    elif form == "concise":
        printer = ConcisePrinter(sink.write, show_unknown)
    elif form == "json":
        return JsonPrinter(sink.write, show_unknown)
    else:
        return _for_programs(form, sink, show_unknown)
    return StatisticsPrinter(sink.write, printer) if statistics else printer


def _for_programs(form: str, sink: Sink, show_unknown: bool) -> Printer:
    write = sink.write
    if form == "jsonl":
        return LinesPrinter(write, lambda report: json.lines(report, show_unknown))
    if form == "github":
        return LinesPrinter(partial(sink.write, commands=True), github.lines)
    if form == "gitlab":
        return WholePrinter(write, lambda files: gitlab.render(_sourced(files)))
    if form == "junit":
        return WholePrinter(write, lambda files: junit.render(checked.report for checked in files))
    return WholePrinter(write, lambda files: sarif.render(_sourced(files), RULES, __version__))


def _sourced(files: Iterable[Checked]) -> Iterable[tuple[Report, Callable[..., str | None]]]:
    return ((checked.report, checked.sources.line) for checked in files)

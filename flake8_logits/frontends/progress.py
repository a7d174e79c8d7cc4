"""A bar for long runs, for a person at a terminal alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_logits.frontends.checking import Checked

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds before a run is long."""


def follow(results: Iterator[Checked], total: int) -> Iterator[Checked]:
    """Yield the results; meanwhile, once it takes long, standard error shows how many of how many there are.

    The bar is gone whenever something else is to be written.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    started = time.monotonic()
    bar: Progress | None = None
    try:
        for done, checked in enumerate(results, 1):
            if bar is None and done < total and time.monotonic() - started > PATIENCE:
                bar = _bar(total)
                bar.start()
            if bar is None:
                yield checked
                continue
            bar.update(bar.task_ids[0], completed=done)
            if _speaks(checked):
                bar.stop()
                yield checked
                bar.start()
            else:
                yield checked
    finally:
        if bar is not None:
            bar.stop()


def _speaks(checked: Checked) -> bool:
    report = checked.report
    return bool(report.diagnostics or report.problems or report.unknowns)


def _bar(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("checking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=total)
    return bar

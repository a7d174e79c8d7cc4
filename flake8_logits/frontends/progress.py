"""A bar for long runs, for a person at a terminal alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flake8_logits.service.results import Checked

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

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


@contextmanager
def building(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while models are built, if a person is looking; gives what moves it on."""
    # Here, because rich is slow to import and few runs need it.
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("building models"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _progress(columns, disable=total == 0 or not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _bar(total: int) -> Progress:
    # Here, because rich is slow to import and few runs need it.
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn

    bar = _progress(("checking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()))
    bar.add_task("", total=total)
    return bar


def _progress(columns: Sequence[str | ProgressColumn], disable: bool = False) -> Progress:
    # Here, because rich is slow to import and few runs need it.
    from rich.console import Console
    from rich.progress import Progress

    return Progress(*columns, console=Console(stderr=True), transient=True, disable=disable)

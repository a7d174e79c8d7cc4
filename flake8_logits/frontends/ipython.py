"""``%load_ext flake8_logits``: after a cell has run, what it brought into the session is shown below it.

The session's history is read, as the program that it is.  Nothing is executed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.links import rule_url
from flake8_logits.domain.places import Span
from flake8_logits.outputs.visible import visible
from flake8_logits.service.editing import Cell, cells_buffer, examine_buffer
from flake8_logits.service.policy import Overrides, Policy

MOST_LINES = 5_000
"""Of the history that is looked at; what is older is taken as unknown."""
_FILE = "session.ipynb"


class Events(Protocol):
    """Where IPython tells what happens."""

    def register(self, event: str, function: Callable[..., Any]) -> None:
        """Call the function at an event."""

    def unregister(self, event: str, function: Callable[..., Any]) -> None:
        """Call it no longer."""


class History(Protocol):
    """What was typed: one text for each number of an input, from 1 on."""

    input_hist_raw: Sequence[str]


class Shell(Protocol):
    """What we need of IPython's shell."""

    events: Events
    history_manager: History


class Watcher:
    """Tells of what is new in one session."""

    def __init__(self, shell: Shell, write: Callable[[str], object]) -> None:
        self._shell = shell
        self._write = write
        self._seen: set[tuple[str, Span]] = set()
        self._read: list[str] = []

    def after_cell(self, result: object) -> None:
        """Show what the last cell brought: called by IPython when it has run."""
        inputs = list(self._shell.history_manager.input_hist_raw)
        if inputs == self._read:
            return
        self._read = inputs
        found = self._found(inputs)
        new = [one for one in found if _identity(one) not in self._seen]
        self._seen = {_identity(one) for one in found}
        for one in new:
            self._write("".join(f"{line}\n" for line in lines_of(one)))

    def _found(self, inputs: Sequence[str]) -> Sequence[Diagnostic]:
        path = os.path.join(_here(), _FILE)
        # The number of an input is that of its cell, so what is left out leaves its place.
        cells = [Cell(text, "python") for text in _latest(inputs)]
        options = Policy(Overrides(no_cache=True)).options(path)
        return examine_buffer(cells_buffer(path, cells), options).checked.report.diagnostics


def lines_of(found: Diagnostic) -> Iterator[str]:
    """Yield the lines that tell of a finding, with its places as the session counts them."""
    yield f"{_place(found.span)}: {found.code} {visible(found.message)}"
    for there in found.related:
        yield f"    {_place(there.span)}: {visible(there.note)}"
    if found.consequence:
        yield f"    {visible(found.consequence)}"
    yield f"    {rule_url(found.rule)}"


def _here() -> str:
    """The current folder; where that is gone, the one above all others, as something must say whose settings count."""
    try:
        return os.getcwd()
    except OSError:
        return os.path.abspath(os.sep)


def watch(shell: Shell) -> None:
    """Begin to tell of what each cell brings; what is there already is told after this one."""
    unwatch(shell)
    # Standard output is looked up each time: IPython puts another one in its place.
    watcher = Watcher(shell, lambda text: sys.stdout.write(text))
    _WATCHERS[id(shell)] = watcher
    shell.events.register("post_run_cell", watcher.after_cell)


def unwatch(shell: Shell) -> None:
    """Tell no more."""
    watcher = _WATCHERS.pop(id(shell), None)
    if watcher is not None:
        shell.events.unregister("post_run_cell", watcher.after_cell)


_WATCHERS: dict[int, Watcher] = {}


def _latest(inputs: Sequence[str]) -> list[str]:
    lines = 0
    kept: list[str] = []
    for text in reversed(inputs):
        lines += text.count("\n") + 1
        kept.append(text if lines <= MOST_LINES else "")
    return kept[::-1]


def _identity(found: Diagnostic) -> tuple[str, Span]:
    return found.code, found.span


def _place(span: Span) -> str:
    """Where a span begins: in an input of the session, or in a file."""
    where = f"In [{span.cell}]" if span.cell is not None else visible(os.path.relpath(span.path))
    return f"{where}, line {span.line}"

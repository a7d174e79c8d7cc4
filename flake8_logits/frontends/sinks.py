"""Where a report goes: standard output, or a file."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Protocol

from flake8_logits.frontends.terminal import complain, is_terminal, make_console, use_color, write
from flake8_logits.outputs.visible import shown
from flake8_logits.service.report_files import claim, fill

if TYPE_CHECKING:
    from rich.console import Console


class Sink(Protocol):
    """Takes the lines of a report."""

    @property
    def terminal(self) -> bool:
        """Whether a person reads it as it is written."""

    def write(self, line: str, commands: bool = False) -> None:
        """Take one line, or a text of several, and see that it may be shown; ``commands`` as in ``shown``."""

    def console(self) -> Console:
        """A console that writes here."""

    def close(self) -> None:
        """Bring what was taken to its place; raises OSError where that cannot be done."""


class Output:
    """Standard output, at once; ``color`` is always, never or auto."""

    def __init__(self, color: str) -> None:
        self._color = color
        self.terminal = is_terminal()

    def write(self, line: str, commands: bool = False) -> None:
        write(line, commands)

    def console(self) -> Console:
        return make_console(use_color(self._color))

    def close(self) -> None:
        """Nothing is left to do."""


class ErrorOutput:
    """Standard error, at once."""

    def __init__(self, color: str) -> None:
        self._color = color
        self.terminal = sys.stderr.isatty()

    def write(self, line: str, commands: bool = False) -> None:
        complain(line)

    def console(self) -> Console:
        return make_console(use_color(self._color, sys.stderr), sys.stderr)

    def close(self) -> None:
        """Nothing is left to do."""


class OutputFile:
    """A file, written when everything is known; colours only when ``color`` is always."""

    terminal = False

    def __init__(self, path: str, color: str) -> None:
        """Raise OSError at once where the file cannot be written in the end."""
        self.path = path
        self._color = color == "always"
        self._text = io.StringIO()
        claim(path)

    def write(self, line: str, commands: bool = False) -> None:
        self._text.write(f"{shown(line, commands=commands)}\n")

    def console(self) -> Console:
        return make_console(self._color, self._text)

    def close(self) -> None:
        fill(self.path, self._text.getvalue().encode("utf-8", "backslashreplace"))

"""What the streams can show; the one place that makes a rich console."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from rich.console import Console


def open_streams() -> None:
    """Make every later write possible.

    A closed stream swallows what it is given, and characters that the terminal's encoding has no place for come out
    as escapes instead of as an error.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def read_input() -> bytes:
    """Return all of standard input; raise OSError when it is closed or cannot be read."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def write(line: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{line}\n")


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(data.decode("utf-8", "backslashreplace"))
    else:
        binary.write(data)


def complain(line: str) -> None:
    """Write a line to standard error."""
    sys.stdout.flush()  # both often go to the same screen
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def is_terminal() -> bool:
    """Return whether standard output is read by a person."""
    return sys.stdout.isatty()


def use_color(choice: str, stream: IO[str] | None = None) -> bool:
    """Return whether to colour for ``always``, ``never`` or ``auto``, which looks at the terminal and environment.

    ``stream`` is where it goes, standard output unless given.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


def make_console(color: bool, file: IO[str] | None = None) -> Console:
    """Return a console on a file (None: standard output) which changes nothing of what it is given but its colours."""
    # Here, because rich is slow to import and formats for programs do not need it.
    from rich.console import Console

    return Console(
        file=file,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
    )

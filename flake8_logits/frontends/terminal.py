"""What the streams can show; the one place that makes a rich console."""

from __future__ import annotations

import io
import os
import sys
from typing import cast

from flake8_logits.domain.sizes import MOST_BYTES
from flake8_logits.outputs.visible import shown
from flake8_logits.source.reading import in_words

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
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(f"it is larger than {in_words(MOST_BYTES)}")
    return data


def write(line: str, commands: bool = False) -> None:
    """Write a line, or a text of several, to standard output as it may be shown; ``commands`` as in ``shown``."""
    sys.stdout.write(f"{shown(line, commands=commands)}\n")


def write_patch(text: str) -> None:
    """Write a patch: as it is for a program that applies it, as it may be shown for a person."""
    if is_terminal():
        write(text.removesuffix("\n"))
    else:
        sys.stdout.write(text)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(data.decode("utf-8", "backslashreplace"))
    else:
        binary.write(data)


def complain(line: str) -> None:
    """Write a line to standard error as it may be shown."""
    sys.stdout.flush()  # both often go to the same screen
    sys.stderr.write(f"{shown(line)}\n")
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


class Door(io.TextIOBase):
    """A stream that passes on what may be shown, a line at a time; the colours in it are ours."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(shown(text, coloured=True))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(self._stream, "encoding", None) or "utf-8"


def make_console(color: bool, file: IO[str] | None = None) -> Console:
    """Return a console on a file (None: standard output) which changes nothing that may be shown but its colours."""
    # Here, because rich is slow to import and formats for programs do not need it.
    from rich.console import Console

    return Console(
        file=cast("IO[str]", Door(sys.stdout if file is None else file)),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
    )

"""The picture in the README: what ``check`` prints on a terminal for the example.

``python -m flake8_logits.frontends.picture [FILE]`` draws it again; run from the root of the project.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console

from flake8_logits.frontends.printers import TextPrinter
from flake8_logits.service.checking import check_file
from flake8_logits.service.policy import Overrides, Policy
from flake8_logits.source.discovery import find_files

FILE = "docs/images/check.svg"
SHOWN = "examples/"
COMMAND = f"flake8-logits check {SHOWN}"
WIDTH = 108

# The picture stands in a page: it must not ask other servers for a font.
_FONTS = re.compile(r"\s*@font-face \{[^}]*\}")


class Canvas:
    """A sink that records what a terminal would show."""

    terminal = True

    def __init__(self) -> None:
        self._console = Console(
            record=True, width=WIDTH, file=io.StringIO(), color_system="truecolor", force_terminal=True,
            highlight=False, markup=False, emoji=False,
        )  # fmt: skip

    def write(self, line: str, commands: bool = False) -> None:
        self._console.print(line)

    def console(self) -> Console:
        return self._console

    def close(self) -> None:
        """Nothing is left to do."""


def draw() -> str:
    """Return the picture as SVG."""
    canvas = Canvas()
    printer = TextPrinter(False, canvas)
    policy = Policy(Overrides(isolated=True))
    for path in find_files([SHOWN]):
        printer.show(check_file(path, policy.options(path)))
    printer.end()
    return _FONTS.sub("", canvas.console().export_svg(title=COMMAND, unique_id="check"))


def main(file: str = FILE) -> None:
    """Write the picture."""
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(draw(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])

"""The command ``reveal``: what the expressions of a file are, in the words of an editor's hover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flake8_logits.frontends.terminal import complain, write

if TYPE_CHECKING:
    from flake8_logits.debug.explanation import Explanation, Said

_TARGET = re.compile(
    r"(?P<path>.+?)(?::cell(?P<cell>\d+))?(?::(?P<line>[1-9]\d*)(?::(?P<column>[1-9]\d*))?)?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: a file, or a cell, a line (from 1) or a column (from 1) of it."""

    path: str
    cell: int | None = None
    line: int | None = None
    column: int | None = None


def parsed(text: str) -> Target:
    """Return what ``FILE[:cellN][:LINE[:COLUMN]]`` asks for; a file with such a name goes before."""
    found = None if Path(text).exists() else _TARGET.fullmatch(text)
    if found is None:
        return Target(text)
    numbers = (None if found[name] is None else int(found[name]) for name in ("cell", "line", "column"))
    return Target(found["path"], *numbers)


@click.command()
@click.argument("target", metavar="FILE[:LINE[:COLUMN]]", callback=lambda _, __, text: parsed(text))
def reveal(target: Target) -> int:
    """Print what layers, tensors, models and losses are, and why, as an editor shows it in a hover.

    With a line, all that begins on it; with a column, what stands there. With the file alone, what each
    reveal_output(...) in it asks for, in a call or a comment; if there is none, what each name is that something is
    assigned to. FILE may be a notebook; FILE:cell3:14 is line 14 of its cell 3.
    """
    # Here, because no other command needs it, and the interpreter is slow to import.
    from flake8_logits.debug.explanation import Explanation
    from flake8_logits.outputs.concise import problem_line
    from flake8_logits.service.policy import Overrides, Policy
    from flake8_logits.source.documents import read_document

    options = Policy(Overrides()).options(target.path)
    problems = []
    said = False
    for document in read_document(target.path):
        try:
            explanation = Explanation(document, options.settings, options.follow_imports)
            for one in _asked(explanation, target):
                write(_line(one))
                said = True
        except RecursionError:
            complain(f"{target.path}: nested too deeply to be shown")
            return 2
        problems += [*document.problems, *explanation.problems]
    for problem in problems:
        complain(problem_line(problem))
    if not said and not problems:
        complain(f"flake8-logits: there is nothing to say of what stands there: {target.path}")
    return 2 if problems or not said else 0


def _asked(explanation: Explanation, target: Target) -> Iterator[Said]:
    if target.line is None:
        revealed = list(explanation.revealed())
        yield from _in_cell(revealed or explanation.assigned(), target.cell)
    elif target.column is None:
        yield from explanation.on(target.cell, target.line)
    else:
        found = explanation.at(target.cell, target.line, target.column - 1)
        yield from () if found is None else (found,)


def _in_cell(said: Iterable[Said], cell: int | None) -> Iterator[Said]:
    yield from (one for one in said if cell is None or one.span.cell == cell)


def _line(said: Said) -> str:
    # Here, because no other command needs it before.
    from flake8_logits.outputs.locations import span_location

    return f"{span_location(said.span)}: {said.source}: {said.text}"

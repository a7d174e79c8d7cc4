"""The command ``debug``: how a file is read and what the interpreter makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flake8_logits.frontends.terminal import complain, write

if TYPE_CHECKING:
    from flake8_logits.domain.places import Span
    from flake8_logits.service.requests import Options
    from flake8_logits.source.documents import Document
    from flake8_logits.source.tree import Tree

_TARGET = re.compile(r"(?P<path>.+?)(?::cell(?P<cell>\d+))?(?::(?P<line>\d+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """A file, and a line or a cell of it where only that is asked for."""

    path: str
    cell: int | None = None
    line: int | None = None

    def covers(self, span: Span) -> bool:
        """Whether any of the span is asked for."""
        if span.path != self.path or (self.cell is not None and span.cell != self.cell):
            return False
        return self.line is None or span.line <= self.line <= span.end_line


def _parsed(context: click.Context, parameter: click.Parameter, text: str) -> Target:
    found = None if Path(text).exists() else _TARGET.fullmatch(text)
    if found is None:
        return Target(text)
    cell, line = found["cell"], found["line"]
    return Target(found["path"], None if cell is None else int(cell), None if line is None else int(line))


@click.group()
def debug() -> None:
    """Show how a file is read and interpreted, to find out why something is reported or is not.

    FILE may be a notebook; FILE:cell3:14 is line 14 of its cell 3.
    """


_target = click.argument("target", callback=_parsed, metavar="FILE[:LINE]")


@debug.command()
@_target
def tree(target: Target) -> int:
    """Print the syntax tree that is interpreted, or the statement on a line."""
    # Here, because no other command needs it, and the interpreter is slow to import.
    from flake8_logits.source.outline import tree_lines
    from flake8_logits.source.tree import Tree

    def show(document: Document, options: Options) -> list[Tree]:
        trees = [Tree(unit) for unit in document.units]
        for one in trees:
            for line in _of_cell(one, target, tree_lines(one.body, target.line)):
                write(line)
        return trees

    return _each(target, show)


@debug.command()
@_target
def trace(target: Target) -> int:
    """Print the steps of the interpretation: statements, what they bind, calls, and which outputs meet which losses."""
    # Here, because no other command needs it, and the interpreter is slow to import.
    from flake8_logits.debug.observed import interpret
    from flake8_logits.debug.trace import Trace

    everywhere = target.cell is None and target.line is None
    wants: Callable[[Span], bool] = (lambda span: True) if everywhere else target.covers
    return _each(
        target,
        lambda document, options: interpret(document, Trace(write, wants), options.settings, options.follow_imports),
    )


@debug.command()
@_target
def reveal(target: Target) -> int:
    """Print what every expression on a line is, or else what every assignment of the file assigns."""
    # Here, because no other command needs it, and the interpreter is slow to import.
    from flake8_logits.debug.observed import interpret
    from flake8_logits.debug.reveal import Reveal, assigned_values, expressions_on

    def show(document: Document, options: Options) -> list[Tree]:
        observer = Reveal()
        trees = interpret(document, observer, options.settings, options.follow_imports)
        for one in trees:
            asked = assigned_values(one.body) if target.line is None else expressions_on(one.body, target.line)
            for line in _of_cell(one, target, observer.lines(asked)):
                write(line)
        return trees

    return _each(target, show)


@debug.command()
@_target
def profile(target: Target) -> int:
    """Print what each function costs: statements that were run in it, and seconds of CPU time."""
    # Here, because no other command needs it, and the interpreter is slow to import.
    from flake8_logits.debug.observed import interpret
    from flake8_logits.debug.profile import Profile

    def show(document: Document, options: Options) -> list[Tree]:
        observer = Profile()
        trees = interpret(document, observer, options.settings, options.follow_imports)
        for line in observer.lines():
            write(line)
        return trees

    return _each(target, show)


def _of_cell(tree: Tree, target: Target, lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines of a unit, below the name of its cell if it is one; nothing for a cell that was not asked for."""
    cell = tree.unit.cell
    if target.cell is not None and cell != target.cell:
        return
    for number, line in enumerate(lines):
        if number == 0 and cell is not None:
            yield f"cell {cell}:"
        yield line


def _each(target: Target, show: Callable[[Document, Options], list[Tree]]) -> int:
    """Show each program of the file; the exit status is 2 where some of it could not be read or parsed."""
    # Here, because no other command needs it, and the interpreter is slow to import.
    from flake8_logits.outputs.concise import problem_line
    from flake8_logits.service.policy import Overrides, Policy
    from flake8_logits.source.documents import read_document

    options = Policy(Overrides()).options(target.path)
    problems = []
    for document in read_document(target.path):
        try:
            trees = show(document, options)
        except RecursionError:
            complain(f"{target.path}: nested too deeply to be shown")
            return 2
        problems += [*document.problems, *(one.problem for one in trees if one.problem is not None)]
    for problem in problems:
        complain(problem_line(problem))
    return 2 if problems else 0

"""Fixes on the command line: what is asked for, and what becomes of one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flake8_logits.fixes.mending import Answer, Spot
    from flake8_logits.fixes.snapshot import Snapshot
    from flake8_logits.frontends.checking import Checked, Options
    from flake8_logits.source.documents import Document

Read = Callable[[bytes], "Sequence[Document]"]
Recheck = Callable[[bytes], "tuple[Checked, Snapshot | None]"]


class Mode(Enum):
    """What to do with fixes."""

    SHOWN = "named with each finding"
    WRITTEN = "made"
    SILENCED = "not made: a comment silences the finding"
    DIFFED = "shown as a difference, nothing is written"


@dataclass(frozen=True, slots=True)
class Fixing:
    """What the user asked of fixes."""

    mode: Mode = Mode.SHOWN
    unsafe: bool = False


SHOWN = Fixing()
MOST_LINES = 5000
MOST_FINDINGS = 50
"""Where fixes are only to be named with the findings."""


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that ``wish`` reads."""
    for option in reversed(
        (
            click.option("--fix", is_flag=True, help="Mend what can be mended; what the model gives stays as it is."),
            click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing."),
            click.option("--unsafe-fixes", is_flag=True, help="Also fixes that change the model."),
        )
    ):
        command = option(command)
    return command


def wish(context: click.Context, asked: Mapping[str, Any], paths: Sequence[str]) -> Fixing:
    """What the options ask for; raises UsageError where they contradict each other."""
    fix, diff = asked["fix"], asked["diff"]
    if fix and diff:
        raise click.UsageError("--fix writes and --diff does not: give one of them", context)
    if fix and "-" in paths:
        raise click.UsageError("standard input cannot be fixed; --diff shows what would change", context)
    if asked["add_noqa"] and (fix or diff or "-" in paths):
        raise click.UsageError("--add-noqa goes neither with --fix and --diff nor with standard input", context)
    mode = Mode.DIFFED if diff else Mode.WRITTEN if fix else Mode.SILENCED if asked["add_noqa"] else Mode.SHOWN
    return Fixing(mode, asked["unsafe_fixes"])


def with_fixes(checked: Checked, path: str, base: Snapshot, read: Read, options: Options, recheck: Recheck) -> Checked:
    """The result of one file with its fixes: each finding's own, or all of them made, as the options ask.

    ``base`` is what was checked, ``read`` and ``recheck`` do again for other bytes what was done with it.
    """
    from flake8_logits.knowledge.catalogue import under

    with under(options.settings):
        return _with_fixes(checked, path, base, read, options, recheck)


def _with_fixes(checked: Checked, path: str, base: Snapshot, read: Read, options: Options, recheck: Recheck) -> Checked:
    from flake8_logits.fixes.mending import Mender
    from flake8_logits.fixes.snapshot import Viewer
    from flake8_logits.rules.registry import RULES

    codes = frozenset(rule.code for rule in RULES if rule.default) | options.codes
    shown = options.fixing.mode is Mode.SHOWN
    mender = Mender(Viewer(path, read, options.follow_imports, options.settings), codes, options.fixing.unsafe or shown)
    if options.fixing.mode is Mode.SILENCED:
        from flake8_logits.fixes.silencing import silence

        data, silenced = silence(mender.viewer, base, _reported(checked))
        problem = _write(path, base.data, data) if silenced else ""
        return _with_problem(checked, problem) if problem else replace(recheck(data)[0], silenced=silenced)
    if shown:
        # A long file, or one full of findings, is reported without waiting for what could be done about each.
        brief = base.lines <= MOST_LINES and len(checked.report.diagnostics) <= MOST_FINDINGS
        return _named(checked, mender.proposals(base, _reported(checked))) if brief else checked
    mended = mender.mend(base, _reported(checked))
    left = tuple(_not_fixed(path, spot, why) for spot, why in mended.left.items() if isinstance(why, str))
    if mended.data == base.data:
        return replace(_named(checked, mended.left), not_fixed=left)
    if options.fixing.mode is Mode.DIFFED:
        difference = _difference(path, base.data, mended.data)
        return replace(checked, fixed=mended.fixed, diff=difference, not_fixed=left)
    problem = _write(path, base.data, mended.data)
    if problem:
        return _with_problem(checked, problem)
    again, _ = recheck(mended.data)
    return replace(_named(again, mended.left), fixed=mended.fixed, not_fixed=left)


def _with_problem(checked: Checked, problem: str) -> Checked:
    from flake8_logits.domain.diagnostics import Problem

    problems = (*checked.report.problems, Problem(checked.report.path, problem))
    return replace(checked, report=replace(checked.report, problems=problems))


def _reported(checked: Checked) -> set[Spot]:
    return {(found.code, found.span) for found in checked.report.diagnostics}


def _named(checked: Checked, answers: dict[Spot, Answer]) -> Checked:
    from flake8_logits.domain.fixes import Fix

    named = []
    for found in checked.report.diagnostics:
        answer = answers.get((found.code, found.span))
        if isinstance(answer, Fix):
            found = replace(found, fix=answer)
        elif answer:
            found = replace(found, declined=answer)
        named.append(found)
    return replace(checked, report=replace(checked.report, diagnostics=tuple(named)))


def _not_fixed(path: str, spot: Spot, why: str) -> str:
    from flake8_logits.outputs.locations import location

    code, span = spot
    return f"{location(path, span.cell, span.line, span.column, spoken=True)}: {code} not fixed: {why}"


def _difference(path: str, before: bytes, after: bytes) -> str:
    from flake8_logits.outputs.diff import diff_lines
    from flake8_logits.source.patching import shown_text

    notebook = path.lower().endswith(".ipynb")
    return "".join(diff_lines(path, shown_text(before, notebook), shown_text(after, notebook)))


def _write(path: str, before: bytes, after: bytes) -> str:
    """Write the file; what kept it from being written, in a few words, else empty."""
    from flake8_logits.source.writing import ChangedError, replace_bytes

    try:
        replace_bytes(path, before, after)
    except ChangedError:
        return "changed while it was being checked, so it was left alone"
    except OSError as error:
        return f"cannot be written: {(error.strerror or str(error)).lower()}"
    return ""


def write_diff(checked: Checked) -> None:
    """Write what would change in one file to standard output."""
    from flake8_logits.frontends.terminal import write

    if checked.diff:
        write(checked.diff.removesuffix("\n"))


def summary(results: Sequence[Checked], fixing: Fixing) -> list[str]:
    """What was fixed, or would be, in one line, below one for each finding that could not be."""
    if fixing.mode in (Mode.SHOWN, Mode.SILENCED):
        return []
    fixed = sum(one.fixed for one in results)
    files = sum(one.fixed > 0 for one in results)
    left = sum(len(one.report.diagnostics) - (one.fixed if fixing.mode is Mode.DIFFED else 0) for one in results)
    verb = "would fix" if fixing.mode is Mode.DIFFED else "fixed"
    reasons = [line for one in results for line in one.not_fixed]
    return [*reasons, f"{verb} {_count(fixed, 'finding')} in {_count(files, 'file')}, {left} left"]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

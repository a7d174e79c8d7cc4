"""``--fix``, ``--diff`` and ``--unsafe-fixes``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from flake8_logits.outputs.locations import span_location
from flake8_logits.service.requests import Fixing, FixMode
from flake8_logits.service.results import Checked


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that ``fixing_of`` reads."""
    for option in reversed(
        (
            click.option("--fix", is_flag=True, help="Apply safe fixes, which leave what the model computes as it is."),
            click.option("--diff", is_flag=True, help="Show what --fix would change without writing it."),
            click.option("--unsafe-fixes", is_flag=True, help="Include fixes that change the model."),
        )
    ):
        command = option(command)
    return command


def fixing_of(context: click.Context, asked: Mapping[str, Any], paths: Sequence[str]) -> Fixing:
    """What the options ask for; raises UsageError where they contradict each other."""
    fix, diff, suppress, stdin = asked["fix"], asked["diff"], asked["add_noqa"], "-" in paths
    if fix and diff:
        raise click.UsageError("--fix cannot be combined with --diff", context)
    if suppress and (fix or diff):
        raise click.UsageError(f"--add-noqa cannot be combined with {'--fix' if fix else '--diff'}", context)
    if suppress and stdin:
        raise click.UsageError("--add-noqa cannot be used with standard input", context)
    if fix and stdin and len(paths) > 1:
        raise click.UsageError("--fix with standard input cannot be combined with other paths", context)
    if diff:
        mode = FixMode.DIFF
    elif fix:
        mode = FixMode.RETURN if stdin else FixMode.APPLY
    else:
        mode = FixMode.SUPPRESS if suppress else FixMode.PROPOSE
    return Fixing(mode, asked["unsafe_fixes"])


def fix_summary(results: Sequence[Checked], fixing: Fixing) -> list[str]:
    """What was fixed, or would be, in one line, below one for each finding that could not be."""
    if fixing.mode.keeps_source or fixing.mode is FixMode.SUPPRESS:
        return []
    fixed = sum(one.fixed for one in results)
    files = sum(one.fixed > 0 for one in results)
    found = sum(len(one.report.diagnostics) for one in results)
    left = found - fixed if fixing.mode is FixMode.DIFF else found
    verb = "would fix" if fixing.mode is FixMode.DIFF else "fixed"
    left_out = [one for checked in results for one in checked.not_fixed]
    reasons = [f"{span_location(one.span, spoken=True)}: {one.code} not fixed: {one.reason}" for one in left_out]
    return [*reasons, f"{verb} {_count(fixed, 'finding')} in {_count(files, 'file')}, {left} left"]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

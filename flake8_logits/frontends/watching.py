"""``--watch``: check once more whenever a file changes.

The system tells of changes (through watchfiles), so a large project costs nothing while nobody works on it; looking at
every file again and again would.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from flake8_logits.frontends.terminal import complain, is_terminal

HOW_TO_GET_IT = "python -m pip install 'flake8-logits[watch]'"
_CONCERNS = (".py", ".ipynb", ".toml")
_CLEAR = "\x1b[2J\x1b[H"


def watch_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flag ``watch``."""
    return click.option("--watch", is_flag=True, help="Check once more whenever a file changes, until interrupted.")(
        command
    )


def watched(context: click.Context, paths: Sequence[str], check: Callable[[], int]) -> int:
    """Check, and once more after each change, until the user interrupts; the status of the last check.

    Raises click's errors where nothing can be watched.
    """
    if "-" in paths:
        raise click.UsageError("--watch cannot be used with standard input", context)
    if importlib.util.find_spec("watchfiles") is None:
        raise click.ClickException(f"--watch needs watchfiles; install it with: {HOW_TO_GET_IT}")
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        raise click.ClickException(f"--watch: there is no {missing[0]}")
    status = check()
    complain(_waiting(paths))
    for _ in _changes(paths):
        if is_terminal():
            click.echo(_CLEAR, nl=False)
        status = check()
        complain(_waiting(paths))
    return status


def _changes(paths: Sequence[str]) -> Iterator[object]:
    """Yield whenever files that concern a check have changed; those of the cache and of git do not."""
    # Here, because no other run needs it.
    from watchfiles import Change, DefaultFilter, watch

    class Concerning(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            return path.endswith(_CONCERNS) and super().__call__(change, path)

    yield from watch(*paths, watch_filter=Concerning())


def _waiting(paths: Sequence[str]) -> str:
    return f"flake8-logits: watching {', '.join(paths)}; Ctrl+C ends it"

"""``--watch``: check once more whenever a file changes.

The system tells of changes (through watchfiles), so a large project costs nothing while nobody works on it; looking at
every file again and again would.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

import click

from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.frontends.terminal import complain, is_terminal
from flake8_logits.source.discovery import find_folders
from flake8_logits.source.project import forget_files
from flake8_logits.source.reading import reason

HOW_TO_GET_IT = "python -m pip install 'flake8-logits[watch]'"
_CONCERNS = (".py", ".ipynb", ".toml", ".gitignore")
_LOCK = ".#"
_OFTEN = 200
"""Milliseconds between two looks at what the system told."""
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
    status = 0
    for number, _ in enumerate(_occasions(paths)):
        if number and is_terminal():
            click.echo(_CLEAR, nl=False)
        forget_files()
        try:
            status = check()
        except (click.ClickException, ConfigurationError) as error:
            if not number:
                raise
            # A configuration may be half written.
            complain(f"flake8-logits: {error}")
        complain(_waiting(paths))
    return status


def _occasions(paths: Sequence[str]) -> Iterator[None]:
    """Yield when it is time to check: at once, and whenever files that concern a check have changed.

    The folders that a check searches are watched, each for itself: none behind a link, and none of a file's name, which
    another file may come to bear.  They are watched before the check that they begin with, so nothing is missed.
    """
    named = {os.path.abspath(path) for path in paths}
    while True:
        folders = _folders(paths)
        watch = _watch(folders)
        try:
            next(watch)  # begins to watch
            if folders != _folders(paths):
                continue
            yield
            for changed in watch:
                if changed and folders != _folders(paths):
                    break
                if any(_concerns(path) or os.path.abspath(path) in named for path in changed):
                    yield
        finally:
            watch.close()


def _watch(folders: Sequence[str]) -> Generator[list[str]]:
    """Yield the paths that have changed in the folders, none now and then; click's error where it cannot watch."""
    # Here, because no other run needs it.
    from watchfiles import watch

    try:
        for changes in watch(*folders, watch_filter=None, recursive=False, rust_timeout=_OFTEN, yield_on_timeout=True):
            yield [path for _, path in changes]
    except FileNotFoundError:
        yield []  # a folder has gone since they were listed
    except OSError as error:
        raise click.ClickException(f"--watch: the system does not tell of changes: {reason(error)}") from None


def _concerns(path: str) -> bool:
    name = os.path.basename(path).lower()
    return name.endswith(_CONCERNS) and not name.startswith(_LOCK)


def _folders(paths: Sequence[str]) -> list[str]:
    """The folders to watch: those that are searched, that of a file, and the nearest to what is not there now."""
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            found.update(dict.fromkeys(find_folders(path)))
            continue
        folder = os.path.dirname(os.path.abspath(path))
        while not os.path.isdir(folder):
            folder = os.path.dirname(folder)
        found[folder] = None
    return list(found)


def _waiting(paths: Sequence[str]) -> str:
    return f"flake8-logits: watching {', '.join(paths)}; Ctrl+C ends it"

"""``--verify`` and the command ``verify``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from flake8_logits.service.requests import Verifying

_LIMITS = (
    click.option("--verify-timeout", type=click.IntRange(1), default=60, show_default=True, metavar="SECONDS",
                 help="Time limit for each model."),
    click.option("--verify-memory", type=click.IntRange(64), default=4096, show_default=True, metavar="MIB",
                 help="Memory limit for each model, not counting the libraries."),
    click.option("--verify-processes", type=click.IntRange(1), default=256, show_default=True, metavar="COUNT",
                 help="Limit on the processes and threads that each model starts."),
    click.option("--verify-file-size", type=click.IntRange(0), default=16, show_default=True, metavar="MIB",
                 help="Size limit for each file that a model writes to its temporary folder."),
    click.option("--verify-disk", type=click.IntRange(1), default=64, show_default=True, metavar="MIB",
                 help="Size limit for all files of a model together."),
    click.option("--trust", is_flag=True,
                 help="Also run calls that are not allow-listed; the limits still apply."),
    click.option("--require-walls", is_flag=True,
                 help="Run nothing, and exit with 2, unless every wall around the models stands."),
)  # fmt: skip


def verify_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which is given one parameter, ``verifying``: None unless it was asked for."""

    @functools.wraps(command)
    def act(*args: Any, verify: bool, verify_timeout: int, verify_memory: int, verify_processes: int,
            verify_file_size: int, verify_disk: int, trust: bool, require_walls: bool, every: bool = False,
            **named: Any) -> Any:  # fmt: skip
        asked = Verifying(verify_timeout, verify_memory, verify_processes, verify_file_size, verify_disk, trust,
                          require_walls, every)  # fmt: skip
        return command(*args, verifying=asked if verify else None, **named)

    flag = click.option(
        "--verify", is_flag=True, help="Build the models in a sandbox and say of each finding what was measured."
    )
    for option in reversed((flag, *_LIMITS)):
        option(act)
    return act


def verify_command(check: click.Command) -> click.Command:
    """The command ``verify``: ``check --verify``, and a flag of its own."""
    assert check.callback is not None
    every = click.Option(["--all", "every"], is_flag=True, help="Also verify losses without a finding.")
    options = [option for option in check.params if option.name != "verify"]
    return click.Command(
        "verify",
        params=[*options, every],
        callback=functools.partial(check.callback, verify=True),
        help="Check, then build each model that has a finding and say what was measured. This runs code: the "
        "part of the program that builds the model, in a process that cannot write outside a temporary folder, use "
        "the network or start other programs.",
    )

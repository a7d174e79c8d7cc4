"""The command ``flake8-logits``: check files, explain a rule, list the rules."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from flake8_logits import __version__
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.frontends.adopting import adopting_options, finish, restriction_of
from flake8_logits.frontends.debugging import debug
from flake8_logits.frontends.fixing import fix_options, summary, wish, write_diff
from flake8_logits.frontends.options import complete_code, configuration_options, report_options
from flake8_logits.frontends.terminal import (
    complain,
    is_terminal,
    make_console,
    open_streams,
    read_input,
    use_color,
    write,
)
from flake8_logits.frontends.verifying import Verifying, verified, verify_command, verify_options

if TYPE_CHECKING:
    from flake8_logits.frontends.checking import Checked
    from flake8_logits.frontends.policy import Policy

CLEAN, FINDINGS, TROUBLE, INTERRUPTED = 0, 1, 2, 130

_COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour text output; auto looks at the terminal and at NO_COLOR.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="flake8-logits")
def cli() -> None:
    """Find Keras and TensorFlow models whose output disagrees with their loss's from_logits."""


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@report_options
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out files in folders, as .gitignore does.")
@click.option("--force-exclude", is_flag=True, help="Apply the configuration's exclude to files named here, too.")
@click.option("--show-unknown", is_flag=True, help="List each loss that could not be decided, where and why.")
@configuration_options
@click.option("--stdin-filename", metavar="NAME", help="The name to report, and the kind of file, for standard input.")
@fix_options
@adopting_options
@verify_options
@_COLOR
@click.pass_context
def check(
    context: click.Context,
    /,
    paths: Sequence[str],
    exclude: Sequence[str],
    force_exclude: bool,
    stdin_filename: str | None,
    verifying: Verifying | None,
    **asked: Any,
) -> int:
    """Check Python files, notebooks and folders; "-" is standard input.

    Exits with 0 when nothing was found, 1 when something was, 2 when a file could not be read or parsed (it is named
    on standard error, all others are checked still).
    """
    from flake8_logits.frontends.options import policy_of, report_of
    from flake8_logits.outputs.concise import problem_line

    policy = policy_of(context, asked)
    policy.fixing = wish(context, asked, paths)
    policy.restriction = restriction_of(context, asked)
    sink, printer = report_of(context, asked)
    status = CLEAN
    results: list[Checked] = []
    found = _check_all(paths, exclude, force_exclude, stdin_filename, policy, asked["jobs"])
    for checked in found if verifying is None else verified(found, verifying, policy):
        results.append(checked)
        if asked["diff"]:
            write_diff(checked)
        elif not asked["write_baseline"]:
            printer.show(checked)
        for problem in checked.report.problems:
            complain(problem_line(problem))
            status = TROUBLE
        if checked.report.diagnostics and not asked["exit_zero"]:
            status = max(status, FINDINGS)
    if not (asked["diff"] or asked["write_baseline"]):
        printer.end()
    sink.close()
    for line in (*summary(results, policy.fixing), *finish(asked, policy.restriction, results)):
        complain(line)
    return status if status is TROUBLE or not (asked["write_baseline"] or asked["add_noqa"]) else CLEAN


def _check_all(
    paths: Sequence[str],
    exclude: Sequence[str],
    force_exclude: bool,
    stdin_filename: str | None,
    policy: Policy,
    jobs: int,
) -> Iterator[Checked]:
    from flake8_logits.frontends.checking import check_source, unreadable
    from flake8_logits.frontends.progress import follow
    from flake8_logits.frontends.running import check_files
    from flake8_logits.source.discovery import find_files

    if "-" in paths:
        name = stdin_filename or "-"
        options = policy.options(name)
        if not (force_exclude and policy.excludes(name)):
            try:
                yield check_source(name, read_input(), options)
            except OSError as error:
                yield unreadable(name, error)
    found = find_files([path for path in paths if path != "-"], exclude, policy.skips)
    tasks = [(path, policy.options(path)) for path in found if not (force_exclude and policy.excludes(path))]
    yield from follow(check_files(tasks, jobs), len(tasks))


cli.add_command(verify_command(check))
cli.add_command(debug)


@cli.command()
@click.argument("code", shell_complete=complete_code)
@_COLOR
@click.pass_context
def explain(context: click.Context, code: str, color: str) -> int:
    """Print the page of a rule, named by its code or its name."""
    from flake8_logits.frontends.pages import find_rule, page

    rule = find_rule(code)
    if rule is None:
        raise click.UsageError(f"there is no rule {code}; `flake8-logits rules` lists them", context)
    if color == "always" or (is_terminal() and color == "auto"):
        from rich.markdown import Markdown

        make_console(use_color(color)).print(Markdown(page(rule)))
    else:
        write(page(rule).removesuffix("\n"))
    return CLEAN


@cli.command()
def rules() -> int:
    """List the rules."""
    from flake8_logits.rules.registry import RULES

    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        off = "" if rule.default else " (off unless selected)"
        write(f"{rule.code}  {rule.name:<{width}}  {rule.summary}{off}")
    return CLEAN


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; whatever happens to the streams, there is no traceback."""
    open_streams()
    try:
        status = cli.main(
            None if arguments is None else list(arguments), prog_name="flake8-logits", standalone_mode=False
        )
        sys.stdout.flush()
        return status if isinstance(status, int) else CLEAN
    except click.ClickException as error:
        error.show()
        return TROUBLE
    except ConfigurationError as error:
        _say(str(error))
        return TROUBLE
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted")
        return INTERRUPTED
    except SystemExit as error:
        if error.code in (None, CLEAN):
            return CLEAN  # a shell asked what would complete a word
        # How click and rich answer a reader that has gone away.
        _discard_output()
        return TROUBLE
    except OSError as error:
        # What was read has its own answers: this is standard output, or error.
        _discard_output()
        if error.errno != errno.EPIPE:
            _say(f"cannot go on: {(error.strerror or str(error)).lower()}")
        return TROUBLE


def _say(message: str) -> None:
    with contextlib.suppress(OSError):
        complain(f"flake8-logits: {message}")


def _discard_output() -> None:
    """Send what is still buffered nowhere: the interpreter would fail on it once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

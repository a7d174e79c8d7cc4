"""The command ``flake8-logits``: check files, explain a rule, list the rules."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import IO, Any, cast

import click

from flake8_logits import __version__
from flake8_logits.configuration.errors import ConfigurationError
from flake8_logits.domain.diagnostics import Problem
from flake8_logits.frontends.adoption_options import adoption_options, finish, restriction_of
from flake8_logits.frontends.completion import complete_rule
from flake8_logits.frontends.debugging import debug
from flake8_logits.frontends.fix_options import fix_options, fix_summary, fixing_of
from flake8_logits.frontends.options import (
    configuration_options,
    log_option,
    policy_of,
    report_of,
    report_options,
    shard_of,
    shard_option,
)
from flake8_logits.frontends.pages import find_rule, page
from flake8_logits.frontends.progress import building, follow
from flake8_logits.frontends.revealing import reveal
from flake8_logits.frontends.serving import server
from flake8_logits.frontends.terminal import (
    Door,
    complain,
    is_terminal,
    make_console,
    open_streams,
    read_input,
    use_color,
    write,
    write_bytes,
    write_patch,
)
from flake8_logits.frontends.verify_options import verify_command, verify_options
from flake8_logits.frontends.watching import watch_option, watched
from flake8_logits.outputs.concise import problem_line
from flake8_logits.rules.registry import RULES
from flake8_logits.service.checking import check_bytes, unreadable
from flake8_logits.service.parallel import check_files
from flake8_logits.service.policy import Policy
from flake8_logits.service.requests import FixMode, Verifying
from flake8_logits.service.results import Checked
from flake8_logits.service.sharding import Shard
from flake8_logits.source.discovery import find_files

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
    """Find models of Keras, TensorFlow, PyTorch and JAX whose output disagrees with their loss."""


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@report_options
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Skip these files in folders; as in .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Also apply the configuration's exclude to paths given here.")
@shard_option
@click.option("--allow-empty", is_flag=True, help="Exit with 0 even if there was no file to check.")
@configuration_options
@click.option("--stdin-filename", metavar="NAME", help="The file name to assume for standard input.")
@fix_options
@adoption_options
@verify_options
@watch_option
@_COLOR
@log_option
@click.pass_context
def check(context: click.Context, /, paths: Sequence[str], watch: bool, **asked: Any) -> int:
    """Check Python files, notebooks and folders.

    Without a path the current folder is checked; "-" is standard input.

    Exits with 0 if nothing was found, with 1 if something was, and with 2 if a file or the configuration could not be
    used (it is named on standard error; everything else is still checked) or if there was no file to check.
    """
    paths = paths or (os.curdir,)
    if watch:
        return watched(context, paths, lambda: _check(context, paths, **asked))
    return _check(context, paths, **asked)


def _check(
    context: click.Context,
    paths: Sequence[str],
    exclude: Sequence[str],
    force_exclude: bool,
    stdin_filename: str | None,
    verifying: Verifying | None,
    **asked: Any,
) -> int:
    policy = policy_of(context, asked)
    policy.fixing = fixing_of(context, asked, paths)
    policy.restriction = restriction_of(context, asked)
    shard = shard_of(context, asked, policy.fixing)
    sink, printer = report_of(context, asked, policy.fixing)
    found = _check_all(paths, exclude, force_exclude, stdin_filename, policy, asked["jobs"], shard)
    results: list[Checked] = []
    for checked in found if verifying is None else _verified(found, verifying, policy):
        results.append(checked)
        if policy.fixing.mode is FixMode.DIFF:
            if checked.diff:
                write_patch(checked.diff)
        elif not asked["write_baseline"]:
            printer.show(checked)
        _complain_of(checked.report.problems)
    # The files of a project may all be in other shares.
    may_be_empty = asked["allow_empty"] or (shard is not None and shard.leaves_out)
    if not results:
        _complain_of(policy.problems)
        if not may_be_empty:
            complain(f"flake8-logits: no Python files or notebooks to check in {', '.join(paths)}")
    if not (policy.fixing.mode is FixMode.DIFF or asked["write_baseline"]):
        printer.end()
    sink.close()
    for line in (*fix_summary(results, policy.fixing), *finish(asked, policy.restriction, results)):
        complain(line)
    return _status(results, policy, asked, may_be_empty)


def _status(results: Sequence[Checked], policy: Policy, asked: dict[str, Any], may_be_empty: bool) -> int:
    if not results and not may_be_empty:
        return TROUBLE
    if policy.problems or any(checked.report.problems for checked in results):
        return TROUBLE
    accepted = asked["exit_zero"] or asked["write_baseline"] or asked["add_noqa"]
    return FINDINGS if not accepted and any(checked.report.diagnostics for checked in results) else CLEAN


def _complain_of(problems: Iterable[Problem]) -> None:
    for problem in problems:
        complain(problem_line(problem))


def _verified(results: Iterator[Checked], verifying: Verifying, policy: Policy) -> Iterator[Checked]:
    # Here, because the verifier is slow to import and few runs need it.
    from flake8_logits.service.verifying import verified
    from flake8_logits.verify.worker import WallsMissing

    try:
        yield from verified(results, verifying, policy, complain, building)
    except WallsMissing as error:
        raise click.ClickException(f"nothing was run: these walls do not stand here: {error}") from None


def _check_all(
    paths: Sequence[str],
    exclude: Sequence[str],
    force_exclude: bool,
    stdin_filename: str | None,
    policy: Policy,
    jobs: int,
    shard: Shard | None,
) -> Iterator[Checked]:
    """Yield the result of each file in the share; the first bears the problems with configurations, too."""
    told = 0
    if "-" in paths:
        name = stdin_filename or "-"
        if not (force_exclude and policy.excludes(name)) and (shard is None or shard.of([name])):
            yield _check_input(name, policy)
            told = len(policy.problems)
    found = find_files([path for path in paths if path != "-"], exclude, policy.skips, policy.report)
    wanted = [path for path in found if not (force_exclude and policy.excludes(path))]
    tasks = [(path, policy.options(path)) for path in (wanted if shard is None else shard.of(wanted))]
    reported = policy.problems[told:]
    results = check_files(tasks, jobs) if shard is None else check_files(tasks, jobs, partial(shard.elsewhere, policy))
    for checked in follow(results, len(tasks)):
        yield checked.with_problems(reported)
        reported = ()


def _check_input(name: str, policy: Policy) -> Checked:
    options = policy.options(name)
    try:
        data = read_input()
    except OSError as error:
        return unreadable(name, error).with_problems(policy.problems)
    checked = check_bytes(name, data, options).with_problems(policy.problems)
    if options.fixing.mode is FixMode.RETURN:
        write_bytes(data if checked.data is None else checked.data)
    return checked


cli.add_command(verify_command(check))
cli.add_command(debug)
cli.add_command(reveal)
cli.add_command(server)


@cli.command()
@click.argument("rule", shell_complete=complete_rule)
@_COLOR
@click.pass_context
def explain(context: click.Context, rule: str, color: str) -> int:
    """Print the page of a rule, named by its code or its name."""
    found = find_rule(rule)
    if found is None:
        raise click.UsageError(f"there is no rule {rule}; `flake8-logits rules` lists them", context)
    if color == "always" or (is_terminal() and color == "auto"):
        # Here, because rich is slow to import and only this needs it.
        from rich.markdown import Markdown

        make_console(use_color(color)).print(Markdown(page(found)))
    else:
        write(page(found).removesuffix("\n"))
    return CLEAN


@cli.command()
def rules() -> int:
    """List the rules."""
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        off = "" if rule.default else " (off by default)"
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
        error.show(cast("IO[str]", Door(sys.stderr)))
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
        # Errors of input files are reported as problems: this is standard output, or error.
        _discard_output()
        if error.errno != errno.EPIPE:
            _say(f"cannot write the output: {(error.strerror or str(error)).lower()}")
        return TROUBLE


def _say(message: str) -> None:
    with contextlib.suppress(OSError):
        complain(f"flake8-logits: {message}")


def _discard_output() -> None:
    """Send what is still buffered nowhere: the interpreter would fail on it once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

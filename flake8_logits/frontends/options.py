"""The options of ``check`` on what is reported, how, and under which configuration."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, TypeVar

import click

from flake8_logits.domain.sizes import MOST_TOKENS
from flake8_logits.frontends.completion import complete_selector
from flake8_logits.frontends.printers import Printer
from flake8_logits.frontends.report_printers import make_printer
from flake8_logits.frontends.sinks import ErrorOutput, Output, OutputFile, Sink
from flake8_logits.outputs.visible import shown
from flake8_logits.rules.registry import RULES
from flake8_logits.service.policy import Overrides, Policy
from flake8_logits.service.requests import Fixing, FixMode
from flake8_logits.service.selection import UnknownPrefixError, chosen_codes

F = TypeVar("F", bound=Callable[..., Any])

_CONFIGURATION = (
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_selector,
        help="Rules to enable: codes, names or prefixes of codes, separated by commas.",
    ),
    click.option(
        "--extend-select",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_selector,
        help="Rules to enable besides those of --select, or besides the default.",
    ),
    click.option(
        "--ignore", multiple=True, metavar="RULES", shell_complete=complete_selector, help="Rules to disable."
    ),
    click.option("--no-noqa", "--disable-noqa", "no_noqa", is_flag=True, help="Ignore # noqa comments."),
    click.option("--no-imports", is_flag=True, help="Do not read other modules of the project."),
    click.option("--keras-version", type=click.Choice(["2", "3"]), help="The version of Keras that the code runs on."),
    click.option(
        "--backend", type=click.Choice(["tensorflow", "jax", "torch"]), help="The backend that Keras runs on."
    ),
    click.option("--config", metavar="FILE", help="Read the configuration from this TOML file."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
    click.option(
        "--max-tokens",
        type=click.IntRange(1),
        default=MOST_TOKENS,
        show_default=True,
        metavar="N",
        help="Do not analyse longer programs: names, numbers, strings, signs, comments and lines.",
    ),
    click.option("--no-cache", is_flag=True, help="Disable the cache."),
    click.option(
        "--cache-dir", metavar="DIR", help="The cache folder; default: .flake8_logits_cache at the project's root."
    ),
    click.option(
        "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Number of processes; default: automatic."
    ),
)


FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")

_REPORT = (
    click.option(
        "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="Format of the report."
    ),
    click.option("--output-file", metavar="FILE", help="Write the report to this file."),
    click.option("--statistics", is_flag=True, help="Show how often each rule was violated (text and concise)."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings."),
    click.option("--show-unknown", is_flag=True, help="List each loss that could not be decided, where and why."),
)

_LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_LEVEL = "FLAKE8_LOGITS_LOG_LEVEL"
"""The environment variable that is read where ``--log-level`` is not given."""


def report_options(command: F) -> F:
    """Give a command the options that ``report_of`` reads."""
    return _with(command, _REPORT)


def report_of(context: click.Context, asked: Mapping[str, Any], fixing: Fixing) -> tuple[Sink, Printer]:
    """Where the report goes and what writes it; raises click's errors for a file that cannot be written."""
    form, path = asked["output_format"], asked["output_file"]
    if asked["statistics"] and form not in ("text", "concise"):
        raise click.UsageError(f"--statistics cannot be combined with --output-format {form}", context)
    try:
        sink = _sink(path, asked["color"], fixing)
    except (OSError, ValueError) as error:
        raise click.FileError(path, getattr(error, "strerror", None) or str(error)) from None
    return sink, make_printer(form, sink, asked["show_unknown"], asked["statistics"])


def _sink(path: str | None, color: str, fixing: Fixing) -> Sink:
    if path is not None:
        return OutputFile(path, color)
    # Standard output is for the fixed source then.
    return ErrorOutput(color) if fixing.mode is FixMode.RETURN else Output(color)


def configuration_options(command: F) -> F:
    """Give a command the options that ``policy_of`` reads."""
    return _with(command, _CONFIGURATION)


def policy_of(context: click.Context, asked: Mapping[str, Any]) -> Policy:
    """The policy that these options ask for; raises click's UsageError for codes that no rule has."""
    select, extend, ignore = asked["select"], asked["extend_select"], asked["ignore"]
    try:
        chosen_codes(RULES, select, ignore, extend)
    except UnknownPrefixError as error:
        raise click.UsageError(f"{error}; `flake8-logits rules` lists them", context) from None
    if asked["isolated"] and asked["config"] is not None:
        raise click.UsageError("--config cannot be combined with --isolated", context)
    return Policy(
        Overrides(
            select=select,
            extend_select=extend,
            ignore=ignore,
            noqa=not asked["no_noqa"],
            no_imports=asked["no_imports"],
            keras_version=asked["keras_version"],
            backend=asked["backend"],
            config=asked["config"],
            isolated=asked["isolated"],
            no_cache=asked["no_cache"],
            cache_dir=asked["cache_dir"],
            max_tokens=asked["max_tokens"],
        )
    )


class _Formatter(logging.Formatter):
    """Writes what may be shown."""

    def format(self, record: logging.LogRecord) -> str:
        return shown(super().format(record))


def log_option(command: F) -> F:
    """Give a command ``--log-level``, which acts at once."""

    def configure(context: click.Context, parameter: click.Parameter, level: str | None) -> None:
        if level is not None:
            handler = logging.StreamHandler()
            handler.setFormatter(_Formatter("%(levelname)s %(name)s: %(message)s"))
            logging.basicConfig(handlers=[handler])
            logging.getLogger("flake8_logits").setLevel(level.upper())

    return click.option(
        "--log-level",
        type=click.Choice(_LOG_LEVELS),
        envvar=LOG_LEVEL,
        show_envvar=True,
        expose_value=False,
        callback=configure,
        help="Log to standard error what is done.",
    )(command)


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    return reduce(lambda wrapped, option: option(wrapped), reversed(options), command)

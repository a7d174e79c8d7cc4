"""The options of ``check`` that stand for what can also be configured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from flake8_logits.frontends.policy import Policy
    from flake8_logits.frontends.printers import Printer
    from flake8_logits.frontends.sinks import Sink

F = TypeVar("F", bound=Callable[..., Any])

_CONFIGURATION = (
    click.option("--select", multiple=True, metavar="CODES", help="Only these rules (LGT101,LGT103), or all of LGT1."),
    click.option("--extend-select", multiple=True, metavar="CODES", help="These rules besides those selected."),
    click.option("--ignore", multiple=True, metavar="CODES", help="Leave out these rules."),
    click.option("--no-noqa", "--disable-noqa", "no_noqa", is_flag=True, help="Report in spite of # noqa comments."),
    click.option(
        "--no-imports", is_flag=True, help="Do not read the other modules of the project that a file imports."
    ),
    click.option("--keras-version", type=click.Choice(["2", "3"]), help="The Keras that the code will run on."),
    click.option(
        "--backend", type=click.Choice(["tensorflow", "jax", "torch"]), help="The backend that Keras will run on."
    ),
    click.option(
        "--config", metavar="FILE", help="Read [tool.flake8-logits] of this file instead of looking for pyproject.toml."
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration."),
    click.option("--no-cache", is_flag=True, help="Neither read nor keep results of earlier runs."),
    click.option("--cache-dir", metavar="DIR", help="Where results are kept; .flake8_logits_cache in the project."),
    click.option(
        "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes to use; as many as pay unless given."
    ),
)


FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")

_REPORT = (
    click.option("--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="Output."),
    click.option("--output-file", metavar="FILE", help="Write the report to a file."),
    click.option("--statistics", is_flag=True, help="Count the findings of each rule (text and concise)."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 although something was found."),
)


def report_options(command: F) -> F:
    """Give a command the options that ``report_of`` reads."""
    return _with(command, _REPORT)


def report_of(context: click.Context, asked: Mapping[str, Any]) -> tuple[Sink, Printer]:
    """Where the report goes and what writes it; raises click's errors for a file that cannot be written."""
    from flake8_logits.frontends.report_printers import make_printer
    from flake8_logits.frontends.sinks import Output, OutputFile

    form, path = asked["output_format"], asked["output_file"]
    if asked["statistics"] and form not in ("text", "concise"):
        raise click.UsageError(f"--statistics goes with text and concise, not with {form}", context)
    try:
        sink = Output(asked["color"]) if path is None else OutputFile(path, asked["color"])
    except (OSError, ValueError) as error:
        raise click.FileError(path, getattr(error, "strerror", None) or str(error)) from None
    return sink, make_printer(form, sink, asked["show_unknown"], asked["statistics"])


def configuration_options(command: F) -> F:
    """Give a command the options that ``policy_of`` reads."""
    return _with(command, _CONFIGURATION)


def policy_of(context: click.Context, asked: Mapping[str, Any]) -> Policy:
    """The policy that these options ask for; raises click's UsageError for codes that no rule has."""
    from flake8_logits.frontends.policy import Asked, Policy
    from flake8_logits.frontends.selection import UnknownPrefixError, chosen_codes
    from flake8_logits.rules.registry import RULES

    select, extend, ignore = asked["select"], asked["extend_select"], asked["ignore"]
    try:
        chosen_codes(RULES, select, ignore, extend)
    except UnknownPrefixError as error:
        raise click.UsageError(f"{error}; `flake8-logits rules` lists them", context) from None
    if asked["isolated"] and asked["config"] is not None:
        raise click.UsageError("--config and --isolated contradict each other", context)
    return Policy(
        Asked(
            *(select, extend, ignore, not asked["no_noqa"], asked["no_imports"]),
            *(asked["keras_version"], asked["backend"], asked["config"], asked["isolated"]),
            *(asked["no_cache"], asked["cache_dir"]),
        )
    )


def complete_code(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a shell offers for the code or name of a rule."""
    from click.shell_completion import CompletionItem

    from flake8_logits.rules.registry import RULES

    names = [(name, rule.summary) for rule in RULES for name in (rule.code, rule.name)]
    return [
        CompletionItem(name, help=summary) for name, summary in names if name.lower().startswith(incomplete.lower())
    ]


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    return reduce(lambda wrapped, option: option(wrapped), reversed(options), command)

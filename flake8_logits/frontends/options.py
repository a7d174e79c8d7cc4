"""The options of ``check`` that stand for what can also be configured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from flake8_logits.frontends.policy import Policy

F = TypeVar("F", bound=Callable[..., Any])

_CONFIGURATION = (
    click.option("--select", multiple=True, metavar="CODES", help="Only these rules (LGT101,LGT103), or all of LGT1."),
    click.option("--extend-select", multiple=True, metavar="CODES", help="These rules besides those selected."),
    click.option("--ignore", multiple=True, metavar="CODES", help="Leave out these rules."),
    click.option(
        "--no-noqa", "--disable-noqa", "no_noqa", is_flag=True, help="Report in spite of # noqa comments."
    ),
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
)


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
        )
    )


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    return reduce(lambda wrapped, option: option(wrapped), reversed(options), command)

"""Options for a project that already has findings: a baseline, changed lines, ``# noqa`` comments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from flake8_logits.service.baseline import BaselineError, read_baseline, write_baseline
from flake8_logits.service.changes import RevisionError, changes_since
from flake8_logits.service.restriction import Restriction
from flake8_logits.service.results import Checked


def adoption_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that ``restriction_of`` and ``finish`` read."""
    for option in (
        click.option(
            "--diff-base", metavar="REV", help="Only report findings on lines changed since this git revision."
        ),
        click.option("--write-baseline", metavar="FILE", help="Write all findings to a baseline file and exit with 0."),
        click.option("--baseline", metavar="FILE", help="Do not report the findings in this baseline file."),
        click.option("--add-noqa", is_flag=True, help="Add a # noqa comment to each line with a finding."),
    ):
        command = option(command)
    return command


def restriction_of(context: click.Context, asked: Mapping[str, Any]) -> Restriction:
    """What these options leave out; raises click's errors for what cannot be used."""
    if asked["write_baseline"]:
        for name in ("baseline", "diff_base", "fix", "diff", "add_noqa"):
            if asked[name]:
                raise click.UsageError(f"--write-baseline cannot be combined with --{name.replace('_', '-')}", context)
    try:
        return Restriction(
            read_baseline(asked["baseline"]) if asked["baseline"] else None,
            changes_since(asked["diff_base"]) if asked["diff_base"] else None,
        )
    except (BaselineError, RevisionError) as error:
        raise click.UsageError(str(error), context) from None


def finish(asked: Mapping[str, Any], restriction: Restriction, results: Sequence[Checked]) -> list[str]:
    """Write the baseline where that was asked for; return the lines to show at the end.

    Raises click's error where the baseline cannot be written.
    """
    lines = []
    if restriction.baseline is not None:
        hidden = [entry for one in results for entry in one.hidden]
        lines.append(restriction.baseline.summary((one.report.path for one in results), hidden))
    if asked["add_noqa"]:
        lines.append(f"added # noqa for {_findings(sum(one.suppressed for one in results))}")
    if asked["write_baseline"]:
        try:
            written = write_baseline(asked["write_baseline"], ((one.report, one.sources) for one in results))
        except BaselineError as error:
            raise click.ClickException(str(error)) from None
        lines.append(f"wrote {_findings(written)} to {asked['write_baseline']}")
    return lines


def _findings(count: int) -> str:
    return f"{count} finding" if count == 1 else f"{count} findings"

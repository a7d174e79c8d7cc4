"""Options for a project that does not start from nothing: comments for what is there, a baseline, changed lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flake8_logits.domain.diagnostics import Report
    from flake8_logits.frontends.baseline import Baseline, Entry
    from flake8_logits.frontends.changes import Changes
    from flake8_logits.frontends.checking import Checked
    from flake8_logits.frontends.sources import Sources


def adopting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that ``restriction_of`` and ``finish`` read."""
    for option in (
        click.option("--diff-base", metavar="REV", help="Only findings with a line that changed since REV of git."),
        click.option("--write-baseline", metavar="FILE", help="Write all findings to a baseline, and exit with 0."),
        click.option("--baseline", metavar="FILE", help="Leave out the findings that are in this baseline."),
        click.option("--add-noqa", is_flag=True, help="Add a # noqa comment to each line that is reported."),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Restriction:
    """What is left out of reports: what a baseline knows, and what stands on lines that did not change."""

    baseline: Baseline | None = None
    changes: Changes | None = None

    def apply(self, report: Report, sources: Sources) -> tuple[Report, tuple[Entry, ...]]:
        """What is left of a report, and the entries of the baseline that were found again."""
        known: tuple[Entry, ...] = ()
        if self.baseline is not None:
            report, known = self.baseline.apply(report, sources)
        if self.changes is not None:
            report = self.changes.apply(report, sources)
        return report, known


UNRESTRICTED = Restriction()


def restriction_of(context: click.Context, asked: Mapping[str, Any]) -> Restriction:
    """What these options leave out; raises click's errors for what cannot be used."""
    from flake8_logits.frontends.baseline import BaselineError, read_baseline
    from flake8_logits.frontends.changes import RevisionError, changes_since

    if asked["write_baseline"] and (asked["baseline"] or asked["diff_base"] or asked["fix"] or asked["diff"]):
        raise click.UsageError("--write-baseline writes all there is: leave the other options away", context)
    try:
        return Restriction(
            read_baseline(asked["baseline"]) if asked["baseline"] else None,
            changes_since(asked["diff_base"]) if asked["diff_base"] else None,
        )
    except (BaselineError, RevisionError) as error:
        raise click.UsageError(str(error), context) from None


def finish(asked: Mapping[str, Any], restriction: Restriction, results: Sequence[Checked]) -> list[str]:
    """Write the baseline where that was asked for; what to say at the end, in lines.

    Raises click's error where the baseline cannot be written.
    """
    from flake8_logits.frontends.baseline import BaselineError, write_baseline

    lines = []
    if restriction.baseline is not None:
        lines.append(restriction.baseline.summary(results))
    if asked["add_noqa"]:
        silenced = sum(one.silenced for one in results)
        lines.append(f"silenced {silenced} {'finding' if silenced == 1 else 'findings'}")
    if asked["write_baseline"]:
        try:
            written = write_baseline(asked["write_baseline"], results)
        except BaselineError as error:
            raise click.ClickException(str(error)) from None
        lines.append(f"wrote {written} {'finding' if written == 1 else 'findings'} to {asked['write_baseline']}")
    return lines

"""The losses that could not be decided: where sight was lost, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from flake8_logits.domain.diagnostics import UnknownSite
from flake8_logits.domain.unknown import Reason
from flake8_logits.outputs.locations import span_location
from flake8_logits.outputs.visible import visible


def unknown_line(site: UnknownSite, spoken: bool = False) -> str:
    """Return one line for an undecided loss."""
    loss = site.loss or "loss"
    return f"{span_location(site.span, spoken)}: undecided {visible(loss)}: {site.end.value}: {_why(site)}"


def _why(site: UnknownSite) -> str:
    details = [visible(site.detail)] if site.detail else []
    lost = site.lost_at
    if lost is not None and (lost.path, lost.cell, lost.line) != (site.span.path, site.span.cell, site.span.line):
        details += [visible(lost.path)] if lost.path != site.span.path else []
        details += [f"cell {lost.cell}"] if lost.cell is not None else []
        details.append(f"line {lost.line}")
    return f"{site.reason.value} ({', '.join(details)})" if details else site.reason.value


def reason_lines(reasons: Iterable[Reason]) -> Iterator[str]:
    """Yield how many there are, then each reason with its count, the most frequent first; nothing for none."""
    counts = Counter(reasons)
    total = counts.total()
    if not total:
        return
    yield f"{total} {'loss' if total == 1 else 'losses'} undecided:"
    for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].value)):
        yield f"{count:6}  {reason.value}"

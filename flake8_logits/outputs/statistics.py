"""How often each rule spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from flake8_logits.domain.diagnostics import Report


def statistics_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Yield a line for each rule that was found, the most frequent first: how often, code, name."""
    counts = Counter((found.code, found.rule) for report in reports for found in report.diagnostics)
    width = len(str(max(counts.values(), default=0)))
    for (code, rule), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {code}  {rule}"

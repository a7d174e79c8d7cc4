"""What a finding is recognised by in a later run: it stays the same when lines are put in or taken out around it."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable

from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.places import Span

LineOf = Callable[[Span, int], "str | None"]


def fingerprints(report: Report, line_of: LineOf) -> list[str]:
    """Return a fingerprint for each finding of a report, in its order.

    It is made of the rule, the file and the text of the line; a number tells apart those that agree in all of these.
    Neither line numbers nor cells take part, nor the message, which may name other lines.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for diagnostic in report.diagnostics:
        text = " ".join((line_of(diagnostic.span, diagnostic.span.line) or "").split())
        key = (diagnostic.code, portable(diagnostic.span.path), text)
        found.append(digest(*key, str(seen[key])))
        seen[key] += 1
    return found


def digest(*parts: str) -> str:
    """Return 32 hexadecimal digits for these texts, in this order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def portable(path: str) -> str:
    """Return the path relative to the current folder where it is below it, with slashes on every system."""
    if os.path.isabs(path):
        try:
            relative = os.path.relpath(path)
        except (OSError, ValueError):
            relative = os.pardir
        if relative.split(os.sep)[0] != os.pardir:
            path = relative
    return path.replace(os.sep, "/")

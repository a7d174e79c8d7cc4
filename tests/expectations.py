"""What a fixture expects, read from its comments.

``# expect: LGT101`` stands on the line that earns it (``LGT101, LGT102`` for several).  A comment of carets right
below a line says in which columns the finding is, one that ends in ``< related`` where the related place is::

    model = keras.Sequential([layer])
    #                         ^^^^^< related
    model.compile(loss="mse", ...)  # expect: LGT101
    #             ^^^^^^^^^^
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.domain.places import Span

_EXPECT = re.compile(r"# expect:\s*(?P<codes>[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)\s*$")
_CARETS = re.compile(r"\s*#\s*(?P<carets>\^+)(?P<related><\s*related)?\s*$")

Columns = tuple[int, int, int]
"""Line, first column and the column behind the last."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The findings as (line, code), and the columns that are stated."""

    findings: Counter[tuple[int, str]]
    primary: tuple[Columns, ...]
    related: tuple[Columns, ...]


def read_expectations(text: str) -> Expected:
    """Return what the comments of a fixture state."""
    findings: Counter[tuple[int, str]] = Counter()
    primary: list[Columns] = []
    related: list[Columns] = []
    code_line = 0
    for number, line in enumerate(text.splitlines(), 1):
        carets = _CARETS.match(line)
        if carets is not None:
            columns = (code_line, *carets.span("carets"))
            (related if carets["related"] else primary).append(columns)
            continue
        code_line = number
        match = _EXPECT.search(line)
        for code in re.split(r"\s*,\s*", match["codes"]) if match is not None else ():
            findings[number, code] += 1
    return Expected(findings, tuple(primary), tuple(related))


def disagreements(text: str, found: Sequence[Diagnostic]) -> list[str]:
    """Return a line for each way in which the findings are not what the fixture's text states."""
    expected = read_expectations(text)
    actual = Counter((diagnostic.span.line, diagnostic.code) for diagnostic in found)
    messages = {(diagnostic.span.line, diagnostic.code): diagnostic.message for diagnostic in found}
    result = [f"line {line}: {code} is missing" for line, code in (expected.findings - actual).elements()]
    result += [
        f"line {line}: {code} is not expected: {messages[line, code]}"
        for line, code in (actual - expected.findings).elements()
    ]
    here = [diagnostic.span for diagnostic in found]
    there = [related.span for diagnostic in found for related in diagnostic.related]
    for kind, stated, spans in (("finding", expected.primary, here), ("related place", expected.related, there)):
        result += [
            f"line {columns[0]}: no {kind} in columns {columns[1]} to {columns[2]}, but {_on_line(columns[0], spans)}"
            for columns in stated
            if not any(_is_at(span, columns) for span in spans)
        ]
    return result


def _is_at(span: Span, columns: Columns) -> bool:
    line, start, end = columns
    # Carets cannot go on below the following lines: of a longer span they show where it begins.
    return (span.line, span.column) == (line, start) and (span.end_line > line or span.end_column == end)


def _on_line(line: int, spans: Sequence[Span]) -> str:
    there = [f"{span.column} to {span.end_column}" for span in spans if span.line == line]
    return ", ".join(there) or "nothing there"

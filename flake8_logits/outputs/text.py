"""Findings for people: where, what, and the code with both places marked, as a good compiler shows them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich.text import Text

from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.outputs.frame import LineOf, frame
from flake8_logits.outputs.locations import span_location
from flake8_logits.outputs.verifications import verification_lines
from flake8_logits.outputs.visible import visible

_INDENT = 4


def finding(diagnostic: Diagnostic, line_of: LineOf, width: int, wrap: bool = False) -> Iterator[Text]:
    """Yield the lines of one finding: header, frame with code clipped to ``width``, what comes of it, an empty line.

    The header is one line that programs can search, unless ``wrap`` asks to break it between words for a reader.
    """
    place = span_location(diagnostic.span, spoken=True) + ":"
    header = f"{place} {diagnostic.code} {diagnostic.mark}{visible(diagnostic.message)}"
    first, *more = _wrapped(header, width) if wrap else [header]
    line = Text(first)
    line.stylize("bold", 0, len(place))
    line.stylize("red bold", len(place) + 1, len(place) + 1 + len(diagnostic.code))
    yield line
    yield from map(Text, more)
    yield from frame(diagnostic, line_of, width)
    if diagnostic.consequence:
        note = f"  = note: {visible(diagnostic.consequence)}"
        yield from map(Text, _wrapped(note, width) if wrap else [note])
    if diagnostic.verification is not None:
        for told in verification_lines(diagnostic.verification):
            for row in _wrapped(f"  = {told}", width) if wrap else [f"  = {told}"]:
                yield Text(row, "bold" if told.startswith(diagnostic.verification.answer.value) else "")
    yield Text()


def _wrapped(header: str, width: int) -> list[str]:
    return textwrap.wrap(
        header, max(width, 40), subsequent_indent=" " * _INDENT, break_long_words=False, break_on_hyphens=False
    )


def summary(
    findings: int, files_with: int, files: int, undecided: int, problems: int, fixable: int = 0, verified: str = ""
) -> str:
    """Return the last line: how much was found, in how much, what came of verifying it, and what was not seen."""
    if not files:
        return "no files checked"
    counted = f"{_count(files, 'file')} checked"
    if findings:
        parts = [f"{_count(findings, 'finding')} in {_count(files_with, 'file')}", counted]
        if fixable:
            parts.insert(1, f"{fixable} fixable with --fix [*]")
    else:
        parts = [f"no findings, {counted}"]
    if verified:
        parts.append(verified)
    if undecided:
        parts.append(f"{_count(undecided, 'loss', 'losses')} undecided (--show-unknown lists them)")
    if problems:
        parts.append(_count(problems, "problem"))
    return ", ".join(parts)


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"

"""From a remedy to words and edits."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.fixes import Applicability, Change, Cut, Edit, Give, Remedy, Tell
from flake8_logits.fixes.layers import bare
from flake8_logits.fixes.operands import give
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.fixes.readers import cut, tell

Planned = tuple[str, list[Edit]]


def open_remedies(finding: Finding, unsafe: bool) -> list[Remedy]:
    """The remedies of a finding that one may use."""
    return [one for one in finding.remedies if unsafe or one.applicability is Applicability.SAFE]


def plan(program: Program, remedy: Remedy) -> Planned:
    """Words for a remedy and the edits that it takes; raises DeclinedError where there are none that certainly do."""
    words: list[str] = []
    edits: list[Edit] = []
    for change in remedy.changes:
        said, made = _plan(program, change)
        words.append(said)
        edits.extend(made)
    return "; ".join(dict.fromkeys(words)), distinct(edits)


def _plan(program: Program, change: Change) -> Planned:
    if isinstance(change, Tell):
        return tell(program, change)
    if isinstance(change, Cut):
        return cut(program, change)
    return give(program, change) if isinstance(change, Give) else bare(program, change)


def distinct(edits: Iterable[Edit]) -> list[Edit]:
    """Each edit once; raises DeclinedError where two that differ touch the same text."""
    kept = list(dict.fromkeys(edits))
    ordered = sorted(kept, key=lambda edit: (-1 if edit.span.cell is None else edit.span.cell, edit.span))
    for one, other in pairwise(ordered):
        same_cell = one.span.cell == other.span.cell
        if same_cell and (one.span.end_line, one.span.end_column) > (other.span.line, other.span.column):
            raise DeclinedError("two changes touch the same code")
    return ordered

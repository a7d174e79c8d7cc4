"""From a remedy to words and edits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.fixes import Activate, Applicability, Change, Cut, Edit, Exchange, Give, Remedy, Tell
from flake8_logits.fixes.exchanging import exchange
from flake8_logits.fixes.layers import activate, bare
from flake8_logits.fixes.operands import give
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.fixes.readers import cut, tell
from flake8_logits.parser import literal
from flake8_logits.source.lexemes import has_comment

Planned = tuple[str, list[Edit]]
DOES_NOT_PARSE = "a statement beside it does not parse"
_ANYTHING = ("Any", "typing.Any", "object")
"""Annotations that stay true whatever the value becomes."""
_TYPE_COMMENT = re.compile(r"#\s*type:(?!\s*ignore)\s*([^#]*)")


def open_remedies(finding: Finding, unsafe: bool) -> list[Remedy]:
    """The remedies of a finding that one may use."""
    return [one for one in finding.remedies if unsafe or one.applicability is Applicability.SAFE]


def plan(program: Program, remedy: Remedy) -> Planned:
    """Words for a remedy and the edits that it takes; raises DeclinedError where there are none that certainly do."""
    broken = {tree.unit.cell for tree in program.trees if tree.problem is not None}
    if len(broken) == len(program.trees):
        raise DeclinedError(DOES_NOT_PARSE)
    words: list[str] = []
    edits: list[Edit] = []
    for change in remedy.changes:
        said, made = _plan(program, change)
        words.append(said)
        edits.extend(made)
    if any(edit.span.cell in broken for edit in edits):
        raise DeclinedError(DOES_NOT_PARSE)
    for edit in edits:
        _check_loss(program, edit)
    return "; ".join(dict.fromkeys(words)), distinct(edits)


def _check_loss(program: Program, edit: Edit) -> None:
    """Raise DeclinedError where an edit would take a comment away, or make what is said of a type untrue."""
    text = program.text(edit.span)
    before = text.covered(edit.span)
    if has_comment(before):
        raise DeclinedError("a comment stands in between")
    kind = _kind(before)
    if kind is None:
        return
    stated = list(program.names.annotations_over(edit.span))
    if kind is _kind(edit.text):
        untrue = [annotation for annotation in stated if "Literal" in annotation]
    else:
        rest = text.text[text.bounds(edit.span)[1] :].partition("\n")[0]
        untrue = [annotation for annotation in stated if annotation not in _ANYTHING] + _TYPE_COMMENT.findall(rest)
    if untrue:
        raise DeclinedError(f"its type is stated: {untrue[0]}")


def _kind(text: str) -> type | None:
    """The type of a literal; None for any other expression."""
    try:
        return type(literal(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _plan(program: Program, change: Change) -> Planned:
    if isinstance(change, Tell):
        return tell(program, change)
    if isinstance(change, Cut):
        return cut(program, change)
    if isinstance(change, Exchange):
        return exchange(program, change)
    if isinstance(change, Activate):
        return activate(program, change)
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

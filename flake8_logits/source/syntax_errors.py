"""Syntax errors in documents that are not analysed: found by Python's own parser, which costs little."""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Problem
from flake8_logits.parser import parse
from flake8_logits.source.trees import tree_of
from flake8_logits.source.units import Document


def syntax_problems(document: Document) -> list[Problem]:
    """The problems of the units that do not parse, in the words of an analysis.  Raises nothing."""
    suspects = (unit for unit in document.units if not _parses(unit.text))
    # Another Python may have written it, and a script exported from a notebook keeps its magics.
    problems = (tree_of(unit).problem for unit in suspects)
    return [problem for problem in problems if problem is not None]


def _parses(text: str) -> bool:
    try:
        parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True

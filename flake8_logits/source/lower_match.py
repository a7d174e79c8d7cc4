"""The patterns of ``match``: which literals a case compares with, and which names it binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.source.lower import Lowering


def lower_cases(lowering: Lowering, node: cst.Match) -> list[ir.Case]:
    """The cases of a match statement in order."""
    return [lowering.mark(_case(lowering, case), case) for case in node.cases]


def _case(lowering: Lowering, case: cst.MatchCase) -> ir.Case:
    names: list[str] = []
    values = _values(lowering, case.pattern, names)
    plain = isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None
    return ir.Case(values, names, plain, lowering.optional(case.guard), lowering.suite(case.body))


def _values(lowering: Lowering, pattern: cst.MatchPattern, names: list[str]) -> list[ir.Expression] | None:
    if isinstance(pattern, (cst.MatchValue, cst.MatchSingleton)):
        return [lowering.expression(pattern.value)]
    if isinstance(pattern, cst.MatchOr):
        found: list[ir.Expression] = []
        for choice in pattern.patterns:
            values = _values(lowering, choice.pattern, names)
            if values is None:
                return None
            found.extend(values)
        return found
    if isinstance(pattern, cst.MatchAs):
        if pattern.name is not None:
            names.append(pattern.name.value)
        return None if pattern.pattern is None else _values(lowering, pattern.pattern, names)
    _bindings(pattern, names)
    return None


def _bindings(node: cst.CSTNode, names: list[str]) -> None:
    """Every name that a pattern of another kind binds."""
    if isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
        names.append(node.name.value)
    for child in node.children:
        if isinstance(child, cst.CSTNode):
            _bindings(child, names)

"""Puts a call of ours where the output meets what reads it: it is handed both, and the program ends there."""

from __future__ import annotations

import ast

from flake8_logits.domain.facts import SiteKind
from flake8_logits.knowledge.compiling import COMPILE, JIT_COMPILE, LOSS, RUN_EAGERLY
from flake8_logits.verify.reach import MAY_RETURN, Text, mark

MEET_COMPILE, MEET_CALL, MEET_VALUE = "__meet_compile__", "__meet_call__", "__meet_value__"
MEET_SWAPPED = "__meet_swapped__"
_CALLED = {SiteKind.CALL: MEET_CALL, SiteKind.SWAPPED: MEET_SWAPPED}
_KEPT = (LOSS.name, RUN_EAGERLY.name, JIT_COMPILE.name)


class Elsewhere(Exception):
    """What stands at the place is not what was expected there; the message says what is missing."""


def place_call(text: Text, node: ast.expr, kind: SiteKind) -> ast.expr:
    """Put our call in the place of a node of the text, and return it.  Raises Elsewhere where that cannot be done."""
    if kind is SiteKind.METRIC:
        node = _compile_around(text, node)
    made = _replacement(node, kind)
    mark(made)
    ast.copy_location(made, node)
    ast.fix_missing_locations(made)
    parent = text.parents().get(id(node))
    if parent is None:
        raise Elsewhere("the place is not part of a statement")
    for field, value in ast.iter_fields(parent):
        if value is node:
            setattr(parent, field, made)
            return made
        if isinstance(value, list) and any(one is node for one in value):
            value[:] = [made if one is node else one for one in value]
            return made
    raise Elsewhere("the place is not part of a statement")


def _compile_around(text: Text, node: ast.expr) -> ast.expr:
    """The call of ``compile`` that a metric is given to; the node itself where there is none."""
    parents = text.parents()
    current: ast.AST | None = node
    while isinstance(current, (ast.expr, ast.keyword)):
        if isinstance(current, ast.expr) and _is_compile(current):
            return current
        current = parents.get(id(current))
    return node


def _replacement(node: ast.expr, kind: SiteKind) -> ast.Call:
    if kind in (SiteKind.COMPILE, SiteKind.METRIC) and _is_compile(node):
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        return _compile(node, node.func.value)
    if kind is SiteKind.COMPILE:
        raise Elsewhere("no call of compile is written out at this place")
    if isinstance(node, ast.Call) and kind in _CALLED:
        return ast.Call(ast.Name(_CALLED[kind], ast.Load()), [node.func, *node.args], node.keywords)
    if isinstance(node, ast.Call) and kind is SiteKind.ACTIVATION:
        return ast.Call(ast.Name(MAY_RETURN, ast.Load()), [node.func, *node.args], node.keywords)
    if isinstance(node, ast.Call):
        return ast.Call(ast.Name(MEET_VALUE, ast.Load()), node.args, node.keywords)
    if isinstance(node, ast.Compare):
        return ast.Call(ast.Name(MEET_VALUE, ast.Load()), [node.left, *node.comparators], [])
    raise Elsewhere("it is not a call")


def _is_compile(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == COMPILE


def _compile(node: ast.Call, model: ast.expr) -> ast.Call:
    """``model.compile(...)`` with what matters of its arguments: the optimizer and callbacks may need anything."""
    if isinstance(model, ast.Call) and isinstance(model.func, ast.Name) and model.func.id == "super":
        model = ast.Name("self", ast.Load())
    keywords = [one for one in node.keywords if one.arg in _KEPT or one.arg is None]
    for parameter in (LOSS, RUN_EAGERLY):
        place = parameter.index
        if place is None or place >= len(node.args):
            continue
        if not any(isinstance(one, ast.Starred) for one in node.args[: place + 1]):
            keywords.append(ast.keyword(parameter.name, node.args[place]))
    return ast.Call(ast.Name(MEET_COMPILE, ast.Load()), [model], keywords)

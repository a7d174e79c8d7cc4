"""Conditions and loops on the way to a place: whether it is sure to be come to, and what is asked there."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_logits.verify.expressions import call_of_ours

ON_THE_WAY = "__on_the_way__"
_LASTING = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)


def says_main(test: ast.expr) -> bool:
    """Whether a condition asks whether the module is the program."""
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def on_the_way(test: ast.expr, truth: bool) -> ast.expr:
    """A condition that leads to the place if it is as true as this: so it is taken to be where it cannot be known."""
    if any(isinstance(node, _LASTING) for node in ast.walk(test)):
        return test
    nothing = ast.arguments([], [], None, [], [], None, [])
    asked = call_of_ours(ON_THE_WAY, test, ast.Lambda(nothing, test), ast.Constant(truth))
    return ast.fix_missing_locations(ast.copy_location(asked, test))


def cut_after(loop: ast.stmt, on_path: Callable[[ast.AST], bool]) -> bool:
    """Whether the first turn of a loop on the way is sure to come to the place: then nothing behind it is run."""
    assert isinstance(loop, (ast.For, ast.AsyncFor, ast.While))
    body = loop.body
    while True:
        index = next((index for index, one in enumerate(body) if on_path(one)), None)
        if index is None:
            return False
        before = body[:index]
        if any(isinstance(node, (ast.Continue, ast.Break)) for one in before for node in ast.walk(one)):
            return False
        node = body[index]
        if isinstance(node, (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor)):
            body = node.body
        else:
            return not isinstance(node, (ast.If, ast.Try, ast.Match, ast.While))

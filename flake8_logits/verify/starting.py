"""Code of a program that changes a model once it is used, before its loss meets what it gives.

What a call is given is made first, a generator runs for the first batch, and callbacks are told that training begins.
"""

from __future__ import annotations

import ast

from flake8_logits.knowledge.hooks import CALLBACK_MODEL, CALLBACKS, SET_BY_CALLBACKS, TOLD_FIRST
from flake8_logits.verify.bindings import root
from flake8_logits.verify.effects import Effects, mentioned
from flake8_logits.verify.scopes import Routine
from flake8_logits.verify.sharing import changes, given


def changes_first(call: ast.Call, effects: Effects, model: frozenset[str]) -> bool:
    """Whether a call that uses a model is handed code that may change it before; ``model`` are the classes of it."""
    named = [one for one in effects.callees.named(mentioned(given(call))) if one.owner is None]
    if effects.of_routines(named).changed & model:
        return True
    if not any(one.arg in (CALLBACKS, None) for one in call.keywords):
        return False
    hooks = (one for one in effects.callees.scopes.routines if one.owner is not None and one.name in TOLD_FIRST)
    return any(_changes_its_model(one) for one in hooks)


def _changes_its_model(hook: Routine) -> bool:
    """Whether a callback is seen to set something below its model, or to call a method that changes it."""
    for top in hook.body:
        for node in ast.walk(top):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                held = [node.func.value] if changes(node.func.attr) else []
            elif isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
                held = [node.value]
                if isinstance(node, ast.Attribute) and node.attr in SET_BY_CALLBACKS:
                    continue
            else:
                continue
            if any(_is_model(one) for one in held):
                return True
    return False


def _is_model(node: ast.AST) -> bool:
    """Whether a node is a callback's model, or what is below it."""
    words = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return bool(words & {CALLBACK_MODEL, f"_{CALLBACK_MODEL}"} or root(node) == CALLBACK_MODEL) and words.isdisjoint(
        SET_BY_CALLBACKS
    )

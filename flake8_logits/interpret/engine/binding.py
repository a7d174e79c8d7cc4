"""Binds names, and remembers what names of a module stood for."""

from __future__ import annotations

from flake8_logits.interpret.abstract.scopes import Scope, ScopeKind
from flake8_logits.interpret.abstract.values import Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.catalogue import declared_in


def bind(interp: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Bind a name, to the user's row of it if there is one.

    A module's names remember every value they ever had, for functions that nobody calls.
    """
    if scope.kind is ScopeKind.MODULE:
        row = declared_in(scope.path, name)
        value = value if row is None else interp.library(row)
        history = interp.histories.get((scope, name), ())
        if len(history) < MOST_REMEMBERED and value not in history:
            interp.histories[scope, name] = (*history, value)
    interp.state.set(scope, name, value)


MOST_REMEMBERED = 12

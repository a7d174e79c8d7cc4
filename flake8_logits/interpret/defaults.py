"""Default arguments: evaluated where the function is defined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def defaults_of(interp: Interpreter, parameters: Sequence[ir.Parameter], scope: Scope) -> tuple[tuple[str, Value], ...]:
    """The values of the default arguments, by parameter name."""
    return tuple(
        (parameter.name, interp.evaluate(parameter.default, scope))
        for parameter in parameters
        if parameter.default is not None
    )

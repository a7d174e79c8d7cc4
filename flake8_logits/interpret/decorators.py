"""What a decorator makes of a function: most leave it what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.interpret.instances import setter_of
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import Arguments, Class, Function, Library, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

_KINDS = {
    "builtins.property": "property",
    "functools.cached_property": "property",
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
}


def decorated(machine: Interpreter, function: Function, scope: Scope) -> Value:
    """The value that the name of a decorated function is bound to.

    Decorators of libraries are taken to leave the function what it is (``tf.function``, ``register...``);
    those of the program are run.
    """
    assert isinstance(function.node, ir.FunctionDef)
    value: Value = function
    for decorator in reversed(function.node.decorators):
        if isinstance(decorator, ir.Attribute) and decorator.attr in ("setter", "deleter"):
            name = function.node.name
            if decorator.attr == "setter":
                machine.state.set(scope, setter_of(name), function)
            return machine.state.get(scope, name) or value
        applied = machine.evaluate(decorator, scope)
        if isinstance(applied, Library) and applied.name in _KINDS and isinstance(value, Function):
            value = replace(value, kind=_KINDS[applied.name])
        elif isinstance(applied, (Function, Class)):
            value = machine.call(applied, Arguments(((value, None),)), decorator)
    return value

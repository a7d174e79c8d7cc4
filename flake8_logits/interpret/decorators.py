"""What a decorator makes of a function: most leave it what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.instances import setter_of
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.values import Arguments, Class, Function, Library, Unknown, Value
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

_KINDS = {
    "builtins.property": "property",
    "functools.cached_property": "kept property",
    "functools.lru_cache": "kept",
    "functools.cache": "kept",
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
}


_LEAVE_ARGUMENTS = (
    "builtins.", "functools.", "keras.", "tensorflow.", "abc.", "contextlib.", "typing.", "typing_extensions.",
    "dataclasses.", "pytest.", "unittest.", "numba.", "jax.", "torch.", "atexit.", "flask.", "fastapi.", "streamlit.",
    "line_profiler.", "memory_profiler.", "overrides.", "six.", "abstractmethod", "tensorflow_federated.",
)  # fmt: skip


def _library_of(applied: Value) -> str:
    """The name of the library function whose call gave a decorator; empty where it is none."""
    lost = applied.lost if isinstance(applied, Unknown) else None
    return lost.detail if lost is not None and lost.reason is Reason.UNKNOWN_CALL and "." in lost.detail else ""


def decorated(interp: Interpreter, function: Function, scope: Scope) -> Value:
    """The value that the name of a decorated function is bound to.

    Decorators of libraries are taken to leave the function what it is (``tf.function``, ``register...``), though it
    may get other arguments; those of the program are run, and those that are not known may do anything.
    """
    assert isinstance(function.node, ir.FunctionDef)
    value: Value = function
    for decorator in reversed(function.node.decorators):
        if isinstance(decorator, ir.Attribute) and decorator.attr in ("setter", "deleter"):
            name = function.node.name
            if decorator.attr == "setter":
                interp.state.set(scope, setter_of(name), function)
            return interp.state.get(scope, name) or value
        applied = interp.evaluate(decorator, scope)
        name = applied.name if isinstance(applied, Library) else _library_of(applied)
        if name in _KINDS and isinstance(value, Function):
            value = replace(value, kind=_KINDS[name])
        elif name and not name.startswith(_LEAVE_ARGUMENTS) and isinstance(value, Function):
            # Some fill in what is not given, from a configuration or the command line.
            lost = Unknown(Lost(Reason.PARAMETER, decorator, name))
            value = replace(value, defaults=tuple((parameter, lost) for parameter, _ in value.defaults))
        elif isinstance(applied, Unknown) and not name:
            value = Unknown(applied.lost)
        elif isinstance(applied, (Function, Class)):
            value = interp.call(applied, Arguments(((value, None),)), decorator)
    return value

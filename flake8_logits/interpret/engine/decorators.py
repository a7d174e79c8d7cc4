"""What a decorator makes of a function: most leave it what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.slots import Deleter, Setter
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Choice,
    Class,
    Function,
    FunctionKind,
    Library,
    Object,
    Partial,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.branches import later
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.special_methods import ask, asks
from flake8_logits.knowledge.jax_transforms import changes_decorated
from flake8_logits.knowledge.special_methods import CALLED, ENTERING, LEAVING
from flake8_logits.knowledge.traits import chooses_by_type, decorates_without_change
from flake8_logits.source import syntax as ir

_KINDS = {
    "builtins.property": FunctionKind.PROPERTY,
    "functools.cached_property": FunctionKind.CACHED_PROPERTY,
    "functools.lru_cache": FunctionKind.CACHED,
    "functools.cache": FunctionKind.CACHED,
    "builtins.staticmethod": FunctionKind.STATIC,
    "builtins.classmethod": FunctionKind.CLASS,
}

_PARTS_OF_PROPERTIES: dict[str, Callable[[str], Setter | Deleter]] = {"setter": Setter, "deleter": Deleter}


def _library_of(applied: Value) -> str:
    """The name of the library function whose call gave a decorator; empty where it is none."""
    lost = applied.lost if isinstance(applied, Unknown) else None
    return lost.library if lost is not None and lost.reason is Reason.UNKNOWN_CALL else ""


def _gives_another(applied: Value) -> bool:
    """Whether a decorator of a library gives a function that takes or gives something else."""
    made = applied.callee if isinstance(applied, Partial) else applied
    return isinstance(made, Library) and changes_decorated(made.name)


def decorated(interp: Interpreter, function: Function, scope: Scope) -> Value:
    """The value that the name of a decorated function is bound to.

    Decorators of libraries are taken to leave the function what it is (``tf.function``, ``register...``), though it
    may get other arguments; those of the program are run, and those that are not known may do anything.
    """
    assert isinstance(function.node, ir.FunctionDef)
    value: Value = function
    for decorator in reversed(function.node.decorators):
        if isinstance(decorator, ir.Attribute) and decorator.attr in _PARTS_OF_PROPERTIES:
            name = function.node.name
            interp.state.set(scope, _PARTS_OF_PROPERTIES[decorator.attr](name), function)
            return interp.state.get(scope, name) or value
        applied = interp.evaluate(decorator, scope)
        name = applied.name if isinstance(applied, Library) else _library_of(applied)
        if name in _KINDS and isinstance(value, Function):
            value = replace(value, kind=_KINDS[name])
        elif chooses_by_type(name):
            value = interp.unknown(Reason.UNKNOWN_CALL, decorator, name)
        elif _gives_another(applied):
            value = interp.call(applied, Arguments(((value, None),)), decorator)
        elif name and not decorates_without_change(name) and isinstance(value, Function):
            # Some fill in what is not given, from a configuration or the command line.
            lost = Unknown(Lost(Reason.PARAMETER, decorator, name))
            value = replace(value, defaults=tuple((parameter, lost) for parameter, _ in value.defaults))
        elif isinstance(applied, Unknown) and not name:
            value = Unknown(applied.lost)
        else:
            value = _applied(interp, applied, value, decorator)
    return value


def _applied(interp: Interpreter, applied: Value, value: Value, node: ir.Expression) -> Value:
    """What one of the program's own decorators makes of a function; the function itself for another."""
    if isinstance(applied, Choice):
        return interp.each(applied, lambda option: _applied(interp, option, value, node))
    if asks(interp, applied, ENTERING) and not asks(interp, applied, CALLED):
        return _entered(interp, applied, value, node)
    if _is_of_the_program(applied):
        return interp.call(applied, Arguments(((value, None),)), node)
    return value


def _entered(interp: Interpreter, manager: Value, value: Value, node: ir.Expression) -> Value:
    """What a context manager makes of a function: at each call it is entered, and left again."""
    if isinstance(value, Function) and value.within is None:
        return replace(value, within=manager)

    def entered() -> Value:
        for names in (ENTERING, LEAVING):
            ask(interp, manager, names, node)
        return value

    return later(interp, entered, node)


def _is_of_the_program(applied: Value) -> bool:
    made = applied.callee if isinstance(applied, Partial) else applied
    return isinstance(made, (Function, Class)) or (isinstance(made, Object) and isinstance(made.ref, InstanceRef))

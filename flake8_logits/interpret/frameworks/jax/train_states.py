"""Training states: they hold the function that applies a model, and stay the same while the weights change."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import TrainStateRef
from flake8_logits.interpret.abstract.values import Arguments, Class, Function, Method, Object, Partial, Unknown, Value
from flake8_logits.interpret.engine.instances import stored
from flake8_logits.interpret.engine.interpreter import Interpreter, calls_method, reads_attribute
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.jax_transforms import STATE_AGAIN, TRAIN_STATES
from flake8_logits.source import syntax as ir

_FUNCTIONS = (Class, Function, Method, Partial)


def _create(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """A state: its functions stay, what it trains is never known."""
    if args.open is not None:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    made = Object(TrainStateRef(node))
    _set(interp, made, args)
    return made


def _set(interp: Interpreter, state: Object, args: Arguments) -> None:
    for name, value, _ in args.keywords:
        if _may_be_a_function(value) or isinstance(value, Unknown):
            interp.state.set(state.ref, name, value)


def _may_be_a_function(value: Value) -> bool:
    return any(isinstance(option, _FUNCTIONS) for option, _ in options_of(value))


for _name in TRAIN_STATES:
    models_library.add(_name, _create)
    models_library.add(f"{_name}.create", _create)


@reads_attribute(TrainStateRef)
def _attribute(interp: Interpreter, state: Object, name: str, node: ir.Expression) -> Value:
    if name in STATE_AGAIN:
        return Method(state, name, node)
    found = stored(interp, state.ref, name)
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, name) if found is None else found


@calls_method(TrainStateRef)
def _method(interp: Interpreter, state: Object, method: Method, args: Arguments, node: ir.Expression) -> Value:
    if not any(_may_be_a_function(value) for _, value, _ in args.keywords):
        return state
    made = Object(TrainStateRef(node))
    for name in interp.state.names(state.ref):
        value = interp.state.get(state.ref, name)
        if value is not None:
            interp.state.set(made.ref, name, value)
    _set(interp, made, args)
    return made

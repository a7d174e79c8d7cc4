"""``grad`` and ``value_and_grad``: what they make of a function runs it."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Const, Library, Sequence, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.knowledge.jax_transforms import GRADIENTS, HAS_AUX, VALUES_AND_GRADIENTS
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source import syntax as ir

_MADE = "()"
"""After the name of a library's function: what calling it makes."""


def _makes(name: str, parameter: Parameter) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        function = args.value(parameter.index, parameter.name, *parameter.aliases)
        if function is None:
            # With options alone it is a decorator.
            return interp.partial(Library(name), args, node)
        aux = args.value(HAS_AUX.index, HAS_AUX.name) or Const(HAS_AUX.default)
        return interp.partial(Library(name + _MADE), Arguments(((function, None), (aux, None))), node)

    return run


def _runs(with_value: bool) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        (function, _), (aux, _), *inputs = args.positional
        given = interp.call(function, Arguments(tuple(inputs), args.keywords, args.open), node)
        gradients = interp.unknown(Reason.UNKNOWN_CALL, node)
        if with_value:
            return Sequence((given, gradients))
        if aux == Const(False):
            return gradients
        return Sequence((gradients, _second(interp, given, node)))

    return run


def _second(interp: Interpreter, given: Value, node: ir.Expression) -> Value:
    content = content_of(interp, given)
    return (
        interp.get_item(given, Const(1), node, None) if content is not None else interp.unknown(Reason.EXPRESSION, node)
    )


for _table, _with_value in ((GRADIENTS, False), (VALUES_AND_GRADIENTS, True)):
    for _name, _parameter in _table.items():
        models_library.add(_name, _makes(_name, _parameter))
        models_library.add(_name + _MADE, _runs(_with_value))

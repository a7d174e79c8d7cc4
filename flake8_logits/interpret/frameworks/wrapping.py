"""What a library wraps around a model or function, or copies: what it gives stays what it is."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Library, Value
from flake8_logits.interpret.engine.copies import DEEPEST_COPY, duplicate
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.knowledge.jax_transforms import JAX_WRAPPERS
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.knowledge.torch_wrappers import TORCH_COPIES, TORCH_WRAPPERS
from flake8_logits.source import syntax as ir


def _itself(name: str, parameter: Parameter) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        wrapped = args.value(parameter.index, parameter.name, *parameter.aliases)
        if wrapped is not None:
            return wrapped
        # With options alone it is a decorator.
        return interp.unknown(Reason.UNKNOWN_CALL, node, library=name) if args.open is not None else Library(name)

    return run


def _copy_of(name: str, parameter: Parameter) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        copied = args.value(parameter.index, parameter.name)
        if copied is None:
            return interp.unknown(Reason.UNKNOWN_CALL, node, library=name)
        return interp.each(copied, lambda option: duplicate(interp, option, node, DEEPEST_COPY))

    return run


for _name, _parameter in (*TORCH_WRAPPERS.items(), *JAX_WRAPPERS.items()):
    models_library.add(_name, _itself(_name, _parameter))
for _name, _parameter in TORCH_COPIES.items():
    models_library.add(_name, _copy_of(_name, _parameter))

"""Models apart from their weights or their state: of several parts the first still tells what it computes."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Library, Sequence, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.knowledge.jax_transforms import PARTED, WITH_STATE
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source import syntax as ir

_MAKES_BOTH = f"{WITH_STATE}()"


def _parts(parameter: Parameter) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        """The model, and its weights in as many parts as there are filters, in one where there is none."""
        model = args.value(parameter.index, parameter.name)
        if model is None or args.open is not None:
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        filters = max(len(args.positional) - 1, 1)
        return Sequence((model, *(interp.unknown(Reason.UNKNOWN_CALL, node) for _ in range(filters))))

    return run


@models_library(WITH_STATE)
def _with_state(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    make = args.value(0, "make_model")
    if make is None:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    return interp.partial(Library(_MAKES_BOTH), Arguments(((make, None),)), node)


@models_library(_MAKES_BOTH)
def _both(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    (make, _), *given = args.positional
    model = interp.call(make, Arguments(tuple(given), args.keywords, args.open), node)
    return Sequence((model, interp.unknown(Reason.UNKNOWN_CALL, node)))


for _name, _parameter in PARTED.items():
    models_library.add(_name, _parts(_parameter))

"""``partition`` and ``split``: a model taken apart, of which the first part still tells what it computes."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Sequence, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.knowledge.jax_transforms import PARTED
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source import syntax as ir


def _parts(parameter: Parameter) -> LibraryFunction:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        """The model, and its weights in as many parts as there are filters, in one where there is none."""
        model = args.value(parameter.index, parameter.name)
        if model is None or args.open is not None:
            return interp.unknown(Reason.UNKNOWN_CALL, node)
        filters = max(len(args.positional) - 1, 1)
        return Sequence((model, *(interp.unknown(Reason.UNKNOWN_CALL, node) for _ in range(filters))))

    return run


for _name, _parameter in PARTED.items():
    models_library.add(_name, _parts(_parameter))

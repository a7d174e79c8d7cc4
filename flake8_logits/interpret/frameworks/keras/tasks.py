"""Tasks of recommender systems: called in the place of the loss that they are given."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import NONE, Arguments, Const, LossValue, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import LibraryFunction, models_library
from flake8_logits.interpret.readers.losses import loss_of_value
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.knowledge.wrappers import LABELS, PREDICTIONS, TASKS
from flake8_logits.source import syntax as ir


def _task(parameter: Parameter) -> LibraryFunction:
    """A class whose objects are its loss, with other names for what that is called with."""

    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        given = args.value(parameter.index, parameter.name)
        if given is None and args.open is not None:
            return interp.unknown(Reason.UNKNOWN_LOSS, node)

        def act(option: Value) -> Value:
            loss = loss_of_value(interp, Const(parameter.default) if option == NONE else option, node)
            if not isinstance(loss, LossValue):
                return interp.unknown(Reason.UNKNOWN_LOSS, node)
            return replace(loss, row=replace(loss.row, target=LABELS, prediction=PREDICTIONS))

        return interp.each(NONE if given is None else given, act)

    return run


for _name, _parameter in TASKS.items():
    models_library.add(_name, _task(_parameter))

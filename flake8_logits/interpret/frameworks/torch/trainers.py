"""What trains a model with a loss that it is given: the two meet there."""

from __future__ import annotations

from collections.abc import Collection

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import Arguments, Class, Function, Library, LossValue, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.frameworks.naming import dotted, named
from flake8_logits.interpret.tensors.arguments import given
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Form, Loss, Trainer
from flake8_logits.source import syntax as ir


@applies_row(Trainer)
def _train(interp: Interpreter, row: Trainer, args: Arguments, node: ir.Expression) -> Value:
    """The model is given unknown data, the loss its output and unknown labels."""
    model, loss = given(args, row.model), given(args, row.loss)
    if model is not None and loss is not None and not _is_one_of(loss[0], row.but):
        nothing = interp.unknown(Reason.INPUT, node)
        made = _made(interp, model[0], node)
        there = model[1].value if isinstance(model[1], ir.Argument) else node
        output = interp.call(made, Arguments(((nothing, None),)), there)
        found = named(output, dotted(there))
        interp.call(_made(interp, loss[0], node), Arguments(((found, None), (nothing, None))), node)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library=row.name)


def _is_one_of(loss: Value, names: Collection[str]) -> bool:
    """Whether a loss may be one of those: a class of them, or one that is made."""
    for option, _ in options_of(loss):
        if isinstance(option, Library) and option.name in names:
            return True
        if isinstance(option, LossValue) and option.row.name in names:
            return True
    return False


def _made(interp: Interpreter, value: Value, node: ir.Expression) -> Value:
    """An instance where a class is given; what a function without parameters gives."""
    row = lookup(value.name) if isinstance(value, Library) else None
    if isinstance(value, Class) or (isinstance(row, Loss) and row.form is Form.CLASS):
        return interp.call(value, Arguments(), node)
    if isinstance(value, Function) and value.bound is None and not value.node.parameters:
        return interp.call(value, Arguments(), node)
    return value

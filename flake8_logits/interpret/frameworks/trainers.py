"""What trains a model with a loss that it is given: the two meet there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Class,
    Function,
    Library,
    LossValue,
    Partial,
    Tensor,
    Value,
)
from flake8_logits.interpret.engine.escape import escape
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.readers.losses import loss_of_value, observe_loss
from flake8_logits.interpret.tensors.arguments import given
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Form, Loss, Trainer
from flake8_logits.source import syntax as ir


@dataclass(frozen=True, slots=True)
class Training:
    """A call that is given a model and a loss, and where in it each stands."""

    call: ir.Expression
    model: ir.Expression
    loss: ir.Expression


Meeting = Callable[[Interpreter, Value, Value, Training], bool]
MEETINGS: list[Meeting] = []
"""Asked in turn: let a model of the framework and a loss meet; False where the model is none of its own."""


@applies_row(Trainer)
def _train(interp: Interpreter, row: Trainer, args: Arguments, node: ir.Expression) -> Value:
    """The loss meets what the model gives, or what the function or class makes."""
    unknown = interp.unknown(Reason.UNKNOWN_CALL, node, library=row.name)
    model, loss = given(args, row.model), given(args, row.loss)
    if loss is not None and not _is_one_of(loss[0], row.but) and not (row.routes and _is_routed(row, args)):
        made = _made_loss(interp, loss[0], node)
        training = Training(node, _place(model, node), _place(loss, node))
        interp.each(
            unknown if model is None else model[0],
            lambda option: _meets(interp, _made_model(interp, option, node), made, training),
        )
    escape(interp, args, node, kept=True)
    return unknown


def _meets(interp: Interpreter, model: Value, loss: Value, training: Training) -> Value:
    if not any(meeting(interp, model, loss, training) for meeting in MEETINGS):
        lost = interp.unknown(Reason.UNKNOWN_CALL, training.call).lost
        for option, _ in options_of(loss):
            known = loss_of_value(interp, option, training.loss)
            observe_loss(interp, SiteKind.COMPILE, training.loss, Tensor(lost), known)
    return model


def _place(given: tuple[Value, ir.Node | None] | None, node: ir.Expression) -> ir.Expression:
    """Where an argument stands; the call where it is not written."""
    written = None if given is None else given[1]
    if isinstance(written, ir.Argument):
        return written.value
    return written if isinstance(written, ir.Expression) else node


def _is_routed(row: Trainer, args: Arguments) -> bool:
    """Whether anything but the loss itself tells what it is made with."""
    return args.open is not None or any(name.startswith(f"{row.loss.name}__") for name, _, _ in args.keywords)


def _is_one_of(loss: Value, names: Collection[str]) -> bool:
    """Whether a loss may be one of those: a class of them, or one that is made."""
    for option, _ in options_of(loss):
        if isinstance(option, Library) and option.name in names:
            return True
        if isinstance(option, LossValue) and option.row.name in names:
            return True
    return False


def _made_model(interp: Interpreter, model: Value, node: ir.Expression) -> Value:
    """What a function or class gives that makes a model."""
    return interp.call(model, Arguments(), node) if isinstance(model, (Function, Partial, Class)) else model


def _made_loss(interp: Interpreter, loss: Value, node: ir.Expression) -> Value:
    """An instance where a class of losses is given."""
    row = lookup(loss.name) if isinstance(loss, Library) else None
    is_class = isinstance(loss, Class) or (isinstance(row, Loss) and row.form is Form.CLASS)
    return interp.call(loss, Arguments(), node) if is_class else loss

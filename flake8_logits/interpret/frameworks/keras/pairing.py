"""What trains a model with a loss that it is given beside it: wrappers of other packages, and the user's own."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.slots import COMPILED_LOSS
from flake8_logits.interpret.abstract.values import Arguments, Class, Function, Object, Partial, Tensor, Unknown, Value
from flake8_logits.interpret.engine.escape import escape
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import applies_row
from flake8_logits.interpret.frameworks.keras.compiling import match
from flake8_logits.interpret.frameworks.keras.models import is_model, outputs_of
from flake8_logits.interpret.tensors.arguments import given
from flake8_logits.knowledge.rows import Pairs
from flake8_logits.source import syntax as ir


@applies_row(Pairs)
def _call(interp: Interpreter, row: Pairs, args: Arguments, node: ir.Expression) -> Value:
    """The loss meets what the model gives, or what the function builds."""
    unknown = interp.unknown(Reason.UNKNOWN_CALL, node, library=row.name)
    model, loss = given(args, row.model), given(args, row.loss)
    if loss is not None and not (row.routes and _is_routed(row, args)):
        value, argument = loss
        place = argument.value if isinstance(argument, ir.Argument) else argument
        whole = unknown if model is None else model[0]
        interp.each(whole, lambda option: _meets(interp, option, value, unknown, node, place or node))
    escape(interp, args, node, kept=True)
    return unknown


def _is_routed(row: Pairs, args: Arguments) -> bool:
    """Whether anything but the loss itself tells what it is made with."""
    return args.open is not None or any(name.startswith(f"{row.loss.name}__") for name, _, _ in args.keywords)


def _meets(
    interp: Interpreter, model: Value, loss: Value, unknown: Unknown, node: ir.Expression, place: ir.Node
) -> Value:
    if isinstance(model, (Function, Partial, Class)):
        model = interp.call(model, Arguments(), node)
    if not isinstance(model, Object) or not is_model(interp, model):
        match(interp, Tensor(unknown.lost), loss, node, place)
    elif interp.state.get(model.ref, COMPILED_LOSS) is None:
        match(interp, outputs_of(interp, model, node), loss, node, place)
    return model

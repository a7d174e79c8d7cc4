"""Variables: weights that are trained, or a place for data."""

from __future__ import annotations

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract import memory
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import NONE, Arguments, Const, Sequence, Tensor, Unknown, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.tensors.arguments import given
from flake8_logits.knowledge.rows import Variable
from flake8_logits.knowledge.variables import gives_data
from flake8_logits.source import syntax as ir


def new_variable(interp: Interpreter, row: Variable, args: Arguments, node: ir.Expression) -> Tensor:
    """A variable: weights if it is trained and begins with no data."""
    initial = given(args, row.initial)
    trainable = given(args, row.trainable)
    if trainable is None and row.trainable is not None and row.trainable.default is False:
        trainable = (Const(False), None)
    weights = is_trained(trainable) and not (initial and is_data(interp, initial[0]))
    return variable(weights, node, "a variable")


def variable(weights: bool, node: ir.Node, detail: str) -> Tensor:
    """A variable that holds weights, or nothing that is known."""
    return memory.with_own_memory(Tensor(Lost(Reason.UNKNOWN_OPERATION, node, detail), variable=weights))


def is_trained(trainable: tuple[Value, ir.Node | None] | None) -> bool:
    """Whether a variable is trained for certain, by the argument that says so."""
    if trainable is None or trainable[0] == NONE:
        return True
    return isinstance(trainable[0], Const) and bool(trainable[0].value)


def is_data(interp: Interpreter, value: Value) -> bool:
    """Whether a value may be data for what can be told: what a model gives, what is written out or read."""
    return any(_is_data(interp, option) for option, _ in options_of(value))


def _is_data(interp: Interpreter, value: Value) -> bool:
    if isinstance(value, Tensor):
        return isinstance(value.belief, Output) or gives_data(value.belief.library)
    if isinstance(value, Unknown):
        return value.lost.reason in (Reason.UNDEFINED_NAME, Reason.INPUT) or gives_data(value.lost.library)
    return isinstance(content_of(interp, value), Sequence)


def assign_variable(interp: Interpreter, tensor: Tensor, value: Value, node: ir.Node) -> None:
    """``variable.assign(value)``: with data it holds no weights any more; what training assigns leaves it as it is."""
    if tensor.memory is None or not is_data(interp, value):
        return
    interp.rewritten = True
    lost = Lost(Reason.WRITTEN, node)
    memory.write(interp.state, tensor.memory, value if isinstance(value, Tensor) else Tensor(lost))

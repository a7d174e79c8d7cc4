"""Variables: weights that are trained, or a place for data."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract import memory
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import NONE, Arguments, Blank, Const, Gap, Sequence, Tensor, Unknown, Value
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
    shape = given(args, row.shape)
    width = _made_as_wide(interp, initial[1]) if initial else None if shape is None else last_of(interp, shape[0])
    made = variable(weights, node, "a variable", width)
    return replace(made, form=Blank(_rank_of(interp, args))) if row.blank and not weights else made


def _rank_of(interp: Interpreter, args: Arguments) -> int | None:
    """The number of axes of a tensor that is made of its sizes: ``(2, 3)``, or one after the other."""
    if args.open is not None or len(args.positional) != 1:
        return len(args.positional) or None if args.open is None else None
    size = args.positional[0][0]
    if isinstance(size, Const):
        return 1
    content = content_of(interp, size)
    whole = isinstance(content, Sequence) and not any(isinstance(item, Gap) for item in content.items)
    return len(content.items) if isinstance(content, Sequence) and whole else None


def variable(weights: bool, node: ir.Node, detail: str, width: int | None = None) -> Tensor:
    """A variable that holds weights, or nothing that is known; ``width`` is the size of its last axis."""
    lost = Lost(Reason.UNKNOWN_OPERATION, node, detail)
    return memory.with_own_memory(Tensor(lost, variable=weights, width=width if weights else None))


def _made_as_wide(interp: Interpreter, initial: ir.Node | None) -> int | None:
    """The size of the last axis of numbers that are made where they are given: ``tf.random.normal([4, 1])``."""
    value = initial.value if isinstance(initial, ir.Argument) else initial
    if not isinstance(value, ir.Call) or not value.args or value.args[0].keyword not in (None, "shape"):
        return None
    return last_of(interp, interp.evaluate(value.args[0].value, interp.frame.scope))


def last_of(interp: Interpreter, shape: Value) -> int | None:
    """The size of the last axis of a shape of two or more; None where it is not known."""
    content = content_of(interp, shape)
    last = content.items[-1] if isinstance(content, Sequence) and len(content.items) > 1 else None
    return last.value if isinstance(last, Const) and type(last.value) is int else None


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

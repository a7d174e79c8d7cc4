"""How many axes a tensor has, as far as layers and shapes say: an axis counted from the front needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.interpret.arguments import value_of
from flake8_logits.interpret.containers import content_of
from flake8_logits.interpret.references import LayerRef
from flake8_logits.interpret.values import Arguments, Const, Gap, Sequence, Tensor, Value
from flake8_logits.knowledge.ranks import RECURRENT, RESHAPED, RETURN_SEQUENCES, fixed_rank, keeps_rank
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def rank_of_layer(interp: Interpreter, ref: LayerRef, inputs: Value, node: ir.Node) -> int | None:
    """The number of axes of what a layer gives; None where it is not known."""
    fixed = fixed_rank(ref.row)
    if fixed is not None:
        return fixed
    name = ref.row.name.rpartition(".")[2]
    if name in RECURRENT:
        whole = value_of(ref.args, RETURN_SEQUENCES, node)
        return (3 if whole.value else 2) if isinstance(whole, Const) else None
    if name in RESHAPED:
        return rank_of_shape(interp, value_of(ref.args, RESHAPED[name], node))
    if not keeps_rank(ref.row):
        return None
    return inputs.rank if isinstance(inputs, Tensor) and inputs.rank is not None else _declared(interp, ref.args)


def _declared(interp: Interpreter, args: Arguments) -> int | None:
    """What the first layer of a model is told of its inputs."""
    if args.keyword("input_dim") is not None:
        return 2
    shape = args.value(None, "input_shape")
    return None if shape is None else rank_of_shape(interp, shape)


def rank_of_input(interp: Interpreter, args: Arguments) -> int | None:
    """The number of axes of ``Input(shape)``."""
    whole = args.value(None, "batch_shape", "batch_input_shape")
    if whole is not None:
        rank = rank_of_shape(interp, whole)
        return None if rank is None else rank - 1
    shape = args.value(0, "shape")
    return None if shape is None else rank_of_shape(interp, shape)


def rank_of_shape(interp: Interpreter, shape: Value) -> int | None:
    """The number of axes of a tensor whose samples have this shape."""
    content = content_of(interp, shape)
    if isinstance(content, Sequence) and not any(isinstance(item, Gap) for item in content.items):
        return len(content.items) + 1
    return None

"""How many axes a tensor has, as far as layers and shapes say: an axis counted from the front needs it."""

from __future__ import annotations

from flake8_logits.interpret.abstract.objects import LayerRef
from flake8_logits.interpret.abstract.values import Arguments, Const, Gap, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.tensors.arguments import value_of
from flake8_logits.knowledge.rows import Activates, Keeps, Rank, Recurs, Weighted
from flake8_logits.source import syntax as ir


def rank_of_layer(interp: Interpreter, ref: LayerRef, inputs: Value, node: ir.Node) -> int | None:
    """The number of axes of what a layer gives; None where it is not known."""
    rank = ref.row.rank
    if rank is not None and rank.more is not None:
        known = inputs.rank if isinstance(inputs, Tensor) else None
        return None if known is None else known + rank.more
    if rank is not None:
        return _of_row(interp, rank, ref.args, node)
    if not isinstance(ref.row.effect, (Weighted, Recurs, Activates, Keeps)):
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


def _of_row(interp: Interpreter, rank: Rank, args: Arguments, node: ir.Node) -> int | None:
    if rank.shape is not None:
        return rank_of_shape(interp, value_of(args, rank.shape, node))
    if rank.sequences is None or rank.axes is None:
        return rank.axes
    whole = value_of(args, rank.sequences, node)
    if not isinstance(whole, Const):
        return None
    return rank.axes + 1 if whole.value else rank.axes

"""``Sequential`` of the libraries for JAX: its parts are modules and functions alike."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import ChainRef, StatelessChainRef
from flake8_logits.interpret.abstract.slots import LAYERS
from flake8_logits.interpret.abstract.values import Arguments, Gap, Object, Sequence, Unknown, Value
from flake8_logits.interpret.engine.containers import turns
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.source import syntax as ir


@models_library("flax.linen.Sequential")
def _of_linen(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _chain(interp, StatelessChainRef(node), listed(interp, args, node))


@models_library("equinox.nn.Sequential", "haiku.Sequential")
def _of_list(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _chain(interp, ChainRef(node), listed(interp, args, node))


@models_library("flax.nnx.Sequential")
def _of_arguments(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _chain(interp, ChainRef(node), given_one_by_one(args))


def listed(interp: Interpreter, args: Arguments, node: ir.Expression) -> Sequence:
    """The parts that are given in one list."""
    given = args.value(0, "layers")
    items = turns(interp, given) if given is not None else None
    if items is None:
        items = [Gap(given.lost if isinstance(given, Unknown) else Lost(Reason.EXPRESSION, node))]
    return Sequence(tuple(items), "list")


def given_one_by_one(args: Arguments) -> Sequence:
    """The parts that are given as so many arguments."""
    parts: list[Value | Gap] = [value for value, _ in args.positional]
    if args.open is not None:
        parts.append(Gap(args.open))
    return Sequence(tuple(parts), "list")


def _chain(interp: Interpreter, ref: ChainRef, parts: Sequence) -> Object:
    interp.state.set(ref, LAYERS, parts)
    return Object(ref)

"""``Sequential`` of the libraries for JAX: its parts are modules and functions alike."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import ChainRef, ListedChainRef, StatelessChainRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import LAYERS
from flake8_logits.interpret.abstract.values import Arguments, Gap, Object, Sequence, Unknown, Value
from flake8_logits.interpret.engine.containers import make_sequence, turns
from flake8_logits.interpret.engine.copies import duplicates
from flake8_logits.interpret.engine.interpreter import Interpreter, reads_attribute, sets_attribute
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.jax_transforms import LISTED_PARTS
from flake8_logits.source import syntax as ir


@models_library("flax.linen.Sequential")
def _of_linen(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _chain(interp, StatelessChainRef(node), listed(interp, args, node))


@models_library("equinox.nn.Sequential", "haiku.Sequential")
def _of_list(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _chain(interp, ListedChainRef(node), listed(interp, args, node))


@models_library("flax.nnx.Sequential")
def _of_arguments(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    return _chain(interp, ListedChainRef(node, fixed=False), given_one_by_one(args))


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


def parts_listed(interp: Interpreter, ref: Ref, fixed: bool, node: ir.Expression) -> Value:
    """The parts of a chain as a program reads them; those of a list are no longer known, as it may be changed."""
    parts = interp.state.get(ref, LAYERS)
    if not isinstance(parts, Sequence):
        return interp.unknown(Reason.EXPRESSION, node)
    if fixed:
        return Sequence(parts.items)
    interp.state.set(ref, LAYERS, Sequence((Gap(Lost(Reason.EXPRESSION, node)),), "list"))
    return make_sequence(interp, node, "list", list(parts.items))


@reads_attribute(ListedChainRef)
def _attribute(interp: Interpreter, chain: Object, name: str, node: ir.Expression) -> Value:
    if name == LISTED_PARTS:
        assert isinstance(chain.ref, ListedChainRef)
        return parts_listed(interp, chain.ref, chain.ref.fixed, node)
    return reads_attribute.get(Ref)(interp, chain, name, node)


@sets_attribute(ListedChainRef)
def _set_attribute(interp: Interpreter, chain: Object, name: str, value: Value, node: ir.Expression) -> None:
    if name == LISTED_PARTS:
        items = turns(interp, value)
        lost = value.lost if isinstance(value, Unknown) else Lost(Reason.EXPRESSION, node)
        interp.state.set(chain.ref, LAYERS, Sequence(tuple([Gap(lost)] if items is None else items), "list"))
    else:
        interp.state.set(chain.ref, name, value)


@duplicates(ListedChainRef)
def _copy(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, ListedChainRef)
    return Object(type(value.ref)(node, value.ref.fixed))

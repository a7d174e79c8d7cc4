"""Finished networks of libraries, whose last layer the program may replace."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import BackboneRef, ChainRef, ModuleRef
from flake8_logits.interpret.abstract.references import DictRef
from flake8_logits.interpret.abstract.slots import ITEMS, LAYERS, Item
from flake8_logits.interpret.abstract.values import (
    Arguments,
    Const,
    Gap,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.copies import duplicates
from flake8_logits.interpret.engine.escape import escapes
from flake8_logits.interpret.engine.interpreter import Interpreter, calls, sets_attribute
from flake8_logits.interpret.engine.library_functions import UNLISTED, applies_row
from flake8_logits.interpret.frameworks.naming import dotted, named
from flake8_logits.interpret.tensors.arguments import value_of
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Backbone, Module
from flake8_logits.knowledge.wrappers import PRESETS
from flake8_logits.source import syntax as ir


@applies_row(Backbone)
def _make(interp: Interpreter, row: Backbone, args: Arguments, node: ir.Expression) -> Value:
    network = Object(BackboneRef(node, row))
    head = _head(interp, row, args, node)
    lost = Lost(Reason.UNKNOWN_LAYER, node, row.name.rpartition(".")[2])
    if row.parts:
        parts: list[Value | Gap] = [*[Unknown(lost)] * (row.parts - 1), head]
        head = Object(ChainRef(node))
        interp.state.set(head.ref, LAYERS, Sequence(tuple(parts), "list"))
    for place in row.places:
        interp.state.set(network.ref, place, head)
    _end_in(interp, network, head, lost)
    return network


def _head(interp: Interpreter, row: Backbone, args: Arguments, node: ir.Expression) -> Value:
    """The last layer, as far as the arguments leave one and nothing beside it."""
    if row.classes is not None and value_of(args, row.classes, node) == Const(0):
        return interp.unknown(Reason.UNKNOWN_LAYER, node)
    if args.open is not None or any(value_of(args, other, node) != Const(None) for other in row.others):
        return interp.unknown(Reason.UNKNOWN_LAYER, node)
    return Object(ModuleRef(node, Module(row.name, row.head), args))


def _end_in(interp: Interpreter, network: Object, head: Value, before: Lost) -> None:
    interp.state.set(network.ref, LAYERS, Sequence((Gap(before), head), "list"))


@calls(BackboneRef)
def _call(interp: Interpreter, network: Object, args: Arguments, node: ir.Expression) -> Value:
    """What the last layer gives; in an object under its name, where the network gives one."""
    assert isinstance(network.ref, BackboneRef)
    inputs = args.value(0, "input") or interp.unknown(Reason.INPUT, node)
    output = interp.call_part(network, inputs, node)
    output = named(output, dotted(node.func) if isinstance(node, ir.Call) else "")
    key = network.ref.row.attribute
    if not key:
        return output
    made = Object(DictRef(node))
    interp.state.set(made.ref, ITEMS, Mapping(((key, output),), Lost(Reason.UNKNOWN_ATTRIBUTE, node)))
    interp.state.set(made.ref, key, output)
    interp.state.set(made.ref, Item(Const(key)), output)
    if args.keyword("labels") is None and args.open is None:
        # With labels the loss would stand first.
        interp.state.set(made.ref, Item(Const(0)), output)
    return made


def _trained(interp: Interpreter, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """A network with trained weights, by a method of its class."""
    owner, _, method = name.rpartition(".")
    row = lookup(owner) if method in PRESETS else None
    return _make(interp, row, Arguments((), args.keywords, args.open), node) if isinstance(row, Backbone) else None


UNLISTED.append(_trained)


@sets_attribute(BackboneRef)
def _set_attribute(interp: Interpreter, network: Object, name: str, value: Value, node: ir.Expression) -> None:
    """Another last layer, or something before it, which does not show."""
    assert isinstance(network.ref, BackboneRef)
    interp.state.set(network.ref, name, value)
    if name in network.ref.row.places:
        _end_in(interp, network, value, Lost(Reason.UNKNOWN_LAYER, node))


@escapes(BackboneRef)
def _escape(interp: Interpreter, network: Object, lost: Lost) -> None:
    _end_in(interp, network, Unknown(lost), lost)


@duplicates(BackboneRef)
def _copy(value: Object, node: ir.Node) -> Object:
    assert isinstance(value.ref, BackboneRef)
    return replace(value, ref=BackboneRef(node, value.ref.row))

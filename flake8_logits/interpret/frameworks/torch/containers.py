"""``Sequential``, ``ModuleList`` and ``ModuleDict``: made, read, changed, and a chain called."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.objects import ChainRef, ModuleDictRef, ModuleListRef
from flake8_logits.interpret.abstract.references import DictRef, ListRef, Ref
from flake8_logits.interpret.abstract.slots import ITEMS, LAYERS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Gap,
    LossValue,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.container_methods import call_container
from flake8_logits.interpret.engine.containers import content_of, delete_item, mapping_of, turns
from flake8_logits.interpret.engine.copies import duplicates
from flake8_logits.interpret.engine.instances import forget_attributes
from flake8_logits.interpret.engine.interpreter import (
    Bounds,
    Interpreter,
    calls,
    calls_part,
    deletes_attribute,
    deletes_item,
    reads_attribute,
    reads_item,
    sets_attribute,
    sets_item,
)
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.frameworks.chains import run_chain
from flake8_logits.interpret.frameworks.naming import dotted, named
from flake8_logits.knowledge.kinds import CHAIN
from flake8_logits.knowledge.methods import PARTS_BY_NAME, WRAPPED, changes_lists
from flake8_logits.source import syntax as ir


@models_library(CHAIN)
def _chain(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    chain = Object(ChainRef(node))
    set_parts(interp, chain.ref, args, node)
    return chain


def set_parts(interp: Interpreter, ref: Ref, args: Arguments, node: ir.Expression) -> None:
    """Give a chain its first parts: one after the other, or in one dict by name."""
    only = args.positional[0][0] if len(args.positional) == 1 else None
    content = content_of(interp, only) if only is not None else None
    by_name = (
        [(option, guards) for option, guards in options_of(content) if isinstance(option, Mapping)] if content else []
    )
    if by_name:
        interp.state.set(ref, LAYERS, choice([(_in_order(option), guards) for option, guards in by_name]))
        for name, part in by_name[0][0].items if len(by_name) == 1 else ():
            if isinstance(name, str):
                interp.state.set(ref, name, part)
        return
    parts: list[Value | Gap] = [value for value, _ in args.positional]
    if args.open is not None:
        parts.append(Gap(args.open))
    interp.state.set(ref, LAYERS, Sequence(tuple(parts), "list"))


def _in_order(named: Mapping) -> Sequence:
    """The parts that a dict holds; those that are not known stand where it is known that they came in."""
    parts: list[Value | Gap] = [part for _, part in named.items]
    if named.partial is not None:
        parts.insert(len(parts) if named.early is None else named.early, Gap(named.partial))
    return Sequence(tuple(parts), "list")


@models_library("torch.nn.ModuleList")
def _list(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    made = Object(ModuleListRef(node))
    given = args.value(0, "modules")
    items = turns(interp, given) if given is not None else []
    if items is None:
        items = [Gap(given.lost if isinstance(given, Unknown) else Lost(Reason.EXPRESSION, node))]
    interp.state.set(made.ref, ITEMS, Sequence(tuple(items), "list"))
    return made


@models_library("torch.nn.ModuleDict")
def _dict(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    made = Object(ModuleDictRef(node))
    given = args.value(0, "modules")
    interp.state.set(made.ref, ITEMS, Mapping(()) if given is None else mapping_of(interp, given, node))
    return made


def call_of_list(
    interp: Interpreter, container: Object, name: str, args: Arguments, node: ir.Expression
) -> Value | None:
    """A method that a container of modules shares with lists or dicts; a chain's gives the chain where a list's None.

    None for what no list has.
    """
    if isinstance(container.ref, (ListRef, DictRef)):
        result = call_container(interp, container, name, args, node)
        return container if result == NONE and isinstance(container.ref, ListRef) else result
    if not changes_lists(name):
        return None
    made = Object(ListRef(node))
    interp.state.set(made.ref, ITEMS, _parts(interp, container, node))
    result = call_container(interp, made, name, args, node)
    _set_parts(interp, container, interp.state.get(made.ref, ITEMS), node)
    return container if result == NONE else result


def _parts(interp: Interpreter, chain: Object, node: ir.Node) -> Value:
    return interp.state.get(chain.ref, LAYERS) or Sequence((Gap(Lost(Reason.EXPRESSION, node)),), "list")


def _set_parts(interp: Interpreter, chain: Object, parts: Value | None, node: ir.Node) -> None:
    lost = Sequence((Gap(Lost(Reason.EXPRESSION, node)),), "list")
    interp.state.set(chain.ref, LAYERS, lost if parts is None else parts)


@calls(ChainRef)
def _call(interp: Interpreter, chain: Object, args: Arguments, node: ir.Expression) -> Value:
    inputs = args.value(0, "input") or interp.unknown(Reason.INPUT, node)
    return named(_call_part(interp, chain, inputs, node), dotted(node.func) if isinstance(node, ir.Call) else "")


@calls_part(ChainRef)
def _call_part(interp: Interpreter, chain: Object, inputs: Value, node: ir.Expression) -> Value:
    parts = _parts(interp, chain, node)
    return interp.each(parts, lambda option: run_chain(interp, option, inputs, node))


@reads_item(ChainRef)
def _item(interp: Interpreter, chain: Object, index: Value | None, node: ir.Node, bounds: Bounds | None) -> Value:
    found = interp.get_item(_parts(interp, chain, node), index, node, bounds)
    content = content_of(interp, found) if bounds is not None else None
    if content is None:
        return found
    part = Object(ChainRef(node))
    interp.state.set(part.ref, LAYERS, content)
    return part


@sets_item(ChainRef)
def _set_item(interp: Interpreter, chain: Object, index: Value, value: Value, node: ir.Expression) -> None:
    made = Object(ListRef(node))
    interp.state.set(made.ref, ITEMS, _parts(interp, chain, node))
    interp.set_item(made, index, value, node)
    _set_parts(interp, chain, interp.state.get(made.ref, ITEMS), node)


@reads_attribute(ChainRef)
def _attribute(interp: Interpreter, chain: Object, name: str, node: ir.Expression) -> Value:
    if name in WRAPPED:
        return chain
    if name == PARTS_BY_NAME:
        _set_parts(interp, chain, None, node)
        return interp.unknown(Reason.EXPRESSION, node)
    if name.isdigit():
        return interp.get_item(chain, Const(int(name)), node, None)
    return reads_attribute.get(Ref)(interp, chain, name, node)


@sets_attribute(ChainRef)
def _set_attribute(interp: Interpreter, chain: Object, name: str, value: Value, node: ir.Expression) -> None:
    """A part of this name is replaced; one that is new goes to the end."""
    old = interp.state.get(chain.ref, name)
    parts = _parts(interp, chain, node)
    if name.isdigit():
        interp.set_item(chain, Const(int(name)), value, node)
        return
    if isinstance(parts, Sequence):
        items = list(parts.items)
        if old is None:
            items.append(value)
        else:
            items = [value if item is old or item == old else item for item in items]
        _set_parts(interp, chain, Sequence(tuple(items), "list"), node)
    else:
        _set_parts(interp, chain, None, node)
    interp.state.set(chain.ref, name, value)


@reads_attribute(ModuleListRef, ModuleDictRef)
def _attribute_of_list(interp: Interpreter, container: Object, name: str, node: ir.Expression) -> Value:
    if name == PARTS_BY_NAME:
        forget_attributes(interp, container.ref, node)
        return interp.unknown(Reason.EXPRESSION, node)
    return reads_attribute.get(Ref)(interp, container, name, node)


@sets_attribute(ModuleListRef, ModuleDictRef)
def _set_attribute_of_list(
    interp: Interpreter, container: Object, name: str, value: Value, node: ir.Expression
) -> None:
    """A module that is set under a name is an item, or takes the place of one."""
    key = Const(int(name) if isinstance(container.ref, ModuleListRef) and name.isdigit() else name)
    content = interp.state.get(container.ref, ITEMS)
    is_key = isinstance(content, Mapping) and any(held == key.value for held, _ in content.items)
    if is_key or isinstance(key.value, int) or isinstance(value, (Object, LossValue)):
        interp.set_item(container, key, value, node)
    else:
        interp.state.set(container.ref, name, value)


@deletes_attribute(ChainRef)
def _delete_attribute(interp: Interpreter, chain: Object, name: str, node: ir.Expression) -> None:
    """The part of this name goes."""
    old, parts = interp.state.get(chain.ref, name), _parts(interp, chain, node)
    if name.isdigit():
        _delete_item(interp, chain, Const(int(name)), node)
    elif isinstance(parts, Sequence) and old in parts.items:
        _set_parts(interp, chain, Sequence(tuple(item for item in parts.items if item != old), "list"), node)
    else:
        _set_parts(interp, chain, None, node)


@deletes_item(ChainRef)
def _delete_item(interp: Interpreter, chain: Object, index: Value, node: ir.Expression) -> None:
    made = Object(ListRef(node))
    interp.state.set(made.ref, ITEMS, _parts(interp, chain, node))
    delete_item(interp, made, index)
    _set_parts(interp, chain, interp.state.get(made.ref, ITEMS), node)


@duplicates(ChainRef)
def _copy(value: Object, node: ir.Node) -> Object:
    return Object(ChainRef(node))

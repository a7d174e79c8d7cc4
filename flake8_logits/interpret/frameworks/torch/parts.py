"""The parts of a PyTorch module, and the methods that give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.mro import mro
from flake8_logits.interpret.abstract.objects import (
    BackboneRef,
    ChainRef,
    InstanceRef,
    ModuleDictRef,
    ModuleListRef,
    ModuleRef,
)
from flake8_logits.interpret.abstract.slots import ITEMS, LAYERS
from flake8_logits.interpret.abstract.values import (
    ITERATOR,
    Class,
    Const,
    Gap,
    LossValue,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
)
from flake8_logits.interpret.engine.containers import make_sequence
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.kinds import stands_alone
from flake8_logits.knowledge.methods import GIVES_PARTS
from flake8_logits.source import syntax as ir

MODULES = (ChainRef, InstanceRef, ModuleDictRef, ModuleListRef, ModuleRef)
_MOST = 24
"""Of more parts than these nobody is told apart."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a module by name.

    ``ordered`` is whether they stand in the module's own order, ``whole`` whether there are no others.
    """

    named: tuple[tuple[str, Value], ...]
    ordered: bool = True
    whole: bool = True


def given_parts(interp: Interpreter, module: Value, name: str, node: ir.Expression) -> Value:
    """What ``children``, ``named_modules`` and the like give: an iterator; of parts without an order any at a time."""
    deep, with_names = GIVES_PARTS[name]
    parts = _all_below(interp, module) if deep else _parts_of(interp, module)
    if len(parts.named) > _MOST:
        return interp.unknown(Reason.CANDIDATES, node)
    values = [value for _, value in parts.named]
    items = [Sequence((Const(called), value)) for called, value in parts.named] if with_names else values
    if parts.ordered and parts.whole:
        return make_sequence(interp, node, ITERATOR, list(items))
    lost = Lost(Reason.EXPRESSION, node)
    any_of_them: list[Value | Gap] = [Gap(lost, choice([(item, ()) for item in items]))] if items else []
    return make_sequence(interp, node, ITERATOR, any_of_them if parts.whole else [*any_of_them, Gap(lost)])


def below(interp: Interpreter, module: Value, most: int) -> Iterator[Object]:
    """Yield the parts of a module, each behind its own, about so many at the most."""
    seen: set[object] = set()

    def walk(owner: Value) -> Iterator[Object]:
        if isinstance(owner, Object):
            seen.add(owner.ref)
        for _, value in _parts_of(interp, owner).named:
            for option, _ in options_of(value):
                if isinstance(option, Object) and isinstance(option.ref, MODULES) and option.ref not in seen:
                    if len(seen) > most:
                        return
                    yield from walk(option)
                    yield option

    yield from walk(module)


def _all_below(interp: Interpreter, module: Value) -> _Parts:
    """A module and all that it is made of, the first of several ways to each, as ``named_modules`` gives them."""
    found: dict[object, tuple[str, Value]] = {}
    ordered = whole = True
    waiting: list[tuple[str, Value]] = [("", module)]
    while waiting and len(found) <= _MOST:
        name, value = waiting.pop(0)
        single = value.ref if isinstance(value, Object) else value
        if single in found:
            continue
        found[single] = (name, value)
        further: list[tuple[str, Value]] = []
        for option, _ in options_of(value):
            parts = _parts_of(interp, option)
            ordered, whole = ordered and parts.ordered, whole and parts.whole
            further += [(f"{name}.{called}" if name else called, part) for called, part in parts.named]
        waiting = further + waiting
    return _Parts(tuple(found.values()), ordered, whole)


def _parts_of(interp: Interpreter, module: Value) -> _Parts:
    """The parts that a module has itself."""
    if isinstance(module, LossValue):
        return _Parts(())
    if not isinstance(module, Object) or isinstance(module.ref, BackboneRef):
        return _Parts((), whole=False)
    if isinstance(module.ref, ModuleRef):
        return _Parts((), whole=stands_alone(module.ref.row.name))
    held = _held_in_order(interp, module)
    if not isinstance(module.ref, InstanceRef):
        return held
    named: list[tuple[str, Value]] = []
    for name in interp.state.names(module.ref):
        options = options_of(interp.state.get(module.ref, name) or Const(None))
        modules = [(option, guards) for option, guards in options if _may_be_one(option)]
        if modules:
            named.append((name, choice(modules)))
    return _Parts((*held.named, *named), ordered=len(named) + len(held.named) < 2, whole=held.whole)


def _may_be_one(value: Value) -> bool:
    """Whether a value is a module, or may be."""
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        return not all(isinstance(base, Class) for base in mro(value.ref.cls))
    return isinstance(value, (LossValue, Unknown)) or (
        isinstance(value, Object) and isinstance(value.ref, (*MODULES, BackboneRef))
    )


def _held_in_order(interp: Interpreter, module: Object) -> _Parts:
    """The parts of a chain, a list or a dict."""
    content = interp.state.get(module.ref, LAYERS) or interp.state.get(module.ref, ITEMS)
    if isinstance(content, Mapping):
        named = tuple((str(key), part) for key, part in content.items)
        return _Parts(named, whole=content.partial is None)
    if content is None:
        return _Parts((), whole=isinstance(module.ref, InstanceRef))
    if not isinstance(content, Sequence):
        return _Parts((), whole=False)
    parts = [part for part in content.items if not isinstance(part, Gap)]
    names = {id(interp.state.get(module.ref, name)): name for name in interp.state.names(module.ref)}
    called = tuple((names.get(id(part), str(place)), part) for place, part in enumerate(parts))
    return _Parts(called, whole=len(parts) == len(content.items))

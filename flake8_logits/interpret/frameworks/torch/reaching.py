"""Methods by which a program reaches the parts of a PyTorch module, and puts itself between them."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import ChainRef, InstanceRef, ModuleDictRef, ModuleListRef, ModuleRef
from flake8_logits.interpret.abstract.slots import ITEMS, LAYERS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Gap,
    LossValue,
    Mapping,
    Object,
    Partial,
    Sequence,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.kinds import ANY_LAYER
from flake8_logits.knowledge.methods import (
    FORWARD,
    GETS_PART,
    HOOKS_INPUT,
    HOOKS_OF_ALL,
    HOOKS_OUTPUT,
    RUNS_ON_PARTS,
    SETS_PART,
)
from flake8_logits.source import syntax as ir

_MODULES = (ChainRef, InstanceRef, ModuleDictRef, ModuleListRef, ModuleRef)
_MOST = 64
"""Of so many parts it is followed what is done to them."""


def reach(interp: Interpreter, module: Value, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """What such a method gives, and what it does; None for another one."""
    if name == RUNS_ON_PARTS:
        function = args.value(0, "fn")
        if isinstance(module, Object) and isinstance(function, (Function, Partial)):
            for part in (*_below(interp, module, set()), module):
                interp.call(function, Arguments(((part, None),)), node)
        return module
    if name in (HOOKS_INPUT, HOOKS_OUTPUT) and isinstance(module, LossValue):
        interp.patched[module.row.name] = True
        return interp.unknown(Reason.EXPRESSION, node)
    if name in (HOOKS_INPUT, HOOKS_OUTPUT):
        _hook(interp, module, name, args.value(0, "hook"), node)
        return interp.unknown(Reason.EXPRESSION, node)
    path = args.value(0, "target")
    if name not in (GETS_PART, SETS_PART) or not isinstance(path, Const) or not isinstance(path.value, str):
        return None
    *above, last = path.value.split(".")
    owner = module
    for one in above:
        owner = interp.get_attribute(owner, one, node)
    if name == GETS_PART:
        return interp.get_attribute(owner, last, node) if last else owner
    part_given = args.value(1, "module")
    if part_given is not None:
        interp.set_attribute(owner, last, part_given, node)
    return NONE


def lose(interp: Interpreter, module: Value, node: ir.Expression) -> None:
    """Nobody knows any more what calling a module gives."""
    if isinstance(module, Object) and isinstance(module.ref, (InstanceRef, ModuleRef)):
        interp.state.set(module.ref, FORWARD, interp.unknown(Reason.CUSTOM, node))
    elif isinstance(module, Object):
        interp.state.set(module.ref, LAYERS, Sequence((Gap(interp.unknown(Reason.CUSTOM, node).lost),), "list"))


@models_library(*HOOKS_OF_ALL)
def _hook_all(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """What is called with every module from then on may give other numbers in place of each."""
    interp.patched[ANY_LAYER] = True
    return interp.unknown(Reason.EXPRESSION, node)


def _hook(interp: Interpreter, module: Value, name: str, hook: Value | None, node: ir.Expression) -> None:
    """Run what is called with the module, sooner or later: what it returns takes the output's place."""
    given = [module, interp.unknown(Reason.INPUT, node), interp.unknown(Reason.INPUT, node)]
    count = len(given) if name == HOOKS_OUTPUT else len(given) - 1
    returned: list[Value] = []

    def run() -> Value:
        if hook is not None:
            returned.append(interp.call(hook, Arguments(tuple((one, None) for one in given[:count])), node))
        return NONE

    interp.branches([((), run), ((), lambda: NONE)])
    if name == HOOKS_OUTPUT and returned != [NONE]:
        lose(interp, module, node)


def _below(interp: Interpreter, module: Object, seen: set[object]) -> Iterator[Object]:
    """Yield the parts of a module, each behind its own."""
    seen.add(module.ref)
    for value in _held(interp, module):
        for option, _ in options_of(value):
            if isinstance(option, Object) and isinstance(option.ref, _MODULES) and option.ref not in seen:
                if len(seen) > _MOST:
                    return
                yield from _below(interp, option, seen)
                yield option


def _held(interp: Interpreter, module: Object) -> Iterator[Value]:
    for name in interp.state.names(module.ref):
        found = interp.state.get(module.ref, name)
        if found is not None:
            yield found
    for slot in (LAYERS, ITEMS):
        content = interp.state.get(module.ref, slot)
        for option, _ in options_of(content) if content is not None else ():
            if isinstance(option, Sequence):
                yield from (one for one in option.items if not isinstance(one, Gap))
            elif isinstance(option, Mapping):
                yield from (one for _, one in option.items)

"""Methods by which a program reaches the parts of a PyTorch module, and puts itself between them."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import InstanceRef, ModuleRef
from flake8_logits.interpret.abstract.slots import LAYERS
from flake8_logits.interpret.abstract.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Gap,
    LossValue,
    Object,
    Partial,
    Sequence,
    Value,
)
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.frameworks.torch.parts import below, given_parts
from flake8_logits.knowledge.kinds import ANY_LAYER
from flake8_logits.knowledge.methods import (
    FORWARD,
    GETS_PART,
    GIVES_PARTS,
    HOOKS_INPUT,
    HOOKS_OF_ALL,
    HOOKS_OUTPUT,
    REWRITTEN,
    RUNS_ON_PARTS,
    SETS_PART,
)
from flake8_logits.source import syntax as ir

_MOST = 64
"""Of so many parts it is followed what is done to them."""


def reach(interp: Interpreter, module: Value, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    """What such a method gives, and what it does; None for another one."""
    if name == RUNS_ON_PARTS:
        _run_on_parts(interp, module, args.value(0, "fn"), node)
        return module
    if name in (HOOKS_INPUT, HOOKS_OUTPUT) and isinstance(module, LossValue):
        interp.patched[module.row.name] = True
        return interp.unknown(Reason.EXPRESSION, node)
    if name in (HOOKS_INPUT, HOOKS_OUTPUT):
        _hook(interp, module, name, args.value(0, "hook"), node)
        return interp.unknown(Reason.EXPRESSION, node)
    if name in GIVES_PARTS:
        return given_parts(interp, module, name, node)
    if name == REWRITTEN:
        lose(interp, module, node)
        return interp.unknown(Reason.EXPRESSION, node)
    path = args.value(0, "target")
    if name not in (GETS_PART, SETS_PART) or not isinstance(path, Const) or not isinstance(path.value, str):
        return None
    return _by_path(interp, module, path.value, None if name == GETS_PART else args.value(1, "module"), node)


def _run_on_parts(interp: Interpreter, module: Value, function: Value | None, node: ir.Expression) -> None:
    if isinstance(module, Object) and isinstance(function, (Function, Partial)):
        for part in (*below(interp, module, _MOST), module):
            interp.call(function, Arguments(((part, None),)), node)


def _by_path(interp: Interpreter, module: Value, path: str, given: Value | None, node: ir.Expression) -> Value:
    """The part of a dotted name, or None once another was given in its place."""
    *above, last = path.split(".")
    owner = module
    for one in above:
        owner = interp.get_attribute(owner, one, node)
    if given is None:
        return interp.get_attribute(owner, last, node) if last else owner
    interp.set_attribute(owner, last, given, node)
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

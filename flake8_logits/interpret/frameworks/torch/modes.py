"""Training mode of modules: ``train`` and ``eval`` set it, of a module and of all that are parts of it."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import ChainRef, InstanceRef, ModuleDictRef, ModuleListRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import ITEMS, LAYERS, MODE
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
from flake8_logits.interpret.engine.escape import escapes
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.methods import EVAL, TRAINING
from flake8_logits.source import syntax as ir

_CONTAINERS = (ChainRef, ModuleListRef, ModuleDictRef)


def mode_set_by(method: str, args: Arguments) -> Value:
    """What ``train`` or ``eval`` sets ``training`` to."""
    if method == EVAL:
        return Const(False)
    return args.value(0, "mode") or (Const(True) if args.open is None else Unknown(args.open))


def set_mode(interp: Interpreter, module: Value, training: Value, node: ir.Node) -> None:
    """Put a module into a mode, and what it contains; parts in its attributes have it while it runs."""
    for ref in _modules_in(module):
        if isinstance(ref, InstanceRef):
            if interp.state.get(ref, MODE) is None:
                # Where it is not known whether this call comes first, the mode may still be any.
                interp.state.bottom.set(ref, MODE, _unknown(interp, ref, node))
            interp.state.set(ref, MODE, training)
        else:
            for part in _parts(interp, ref):
                set_mode(interp, part, training, node)


def mode_of(interp: Interpreter, module: Ref, node: ir.Node) -> Value:
    """The mode that a module was put into, or one that it is run by; not known where they differ."""
    running = [frame.instance.ref for frame in interp.frames if isinstance(frame.instance, Object)]
    modes = [mode for ref in (module, *running) if (mode := interp.state.get(ref, MODE)) is not None]
    return modes[0] if modes and all(mode == modes[0] for mode in modes) else _unknown(interp, module, node)


def _unknown(interp: Interpreter, ref: Ref, node: ir.Node) -> Value:
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, TRAINING, symbol=(TRAINING, ref))


def _modules_in(value: Value) -> Iterator[Ref]:
    """The modules that a value may be."""
    for option, _ in options_of(value):
        if isinstance(option, Object) and isinstance(option.ref, (InstanceRef, *_CONTAINERS)):
            yield option.ref


def _parts(interp: Interpreter, container: Ref) -> Iterator[Value]:
    """What a container of modules holds, as far as is known."""
    for slot in (LAYERS, ITEMS):
        content = interp.state.get(container, slot)
        for option, _ in options_of(content) if content is not None else ():
            if isinstance(option, Sequence):
                yield from (item for item in option.items if not isinstance(item, Gap))
            elif isinstance(option, Mapping):
                yield from (item for _, item in option.items)


@escapes(InstanceRef)
def _escape(interp: Interpreter, value: Object, lost: Lost) -> None:
    """Code out of sight may have put it into another mode."""
    if interp.state.get(value.ref, MODE) is not None:
        interp.state.set(value.ref, MODE, Unknown(lost))

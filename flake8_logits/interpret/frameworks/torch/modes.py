"""Training mode of modules: ``train`` and ``eval`` set it, of a module and of all that are parts of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import ChainRef, InstanceRef, ModuleDictRef, ModuleListRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import Arguments, Const, Gap, Mapping, Object, Sequence, Unknown, Value
from flake8_logits.interpret.engine.escape import escapes
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.methods import EVAL, TRAINING
from flake8_logits.source import syntax as ir

_HOLDERS = (InstanceRef, ChainRef, ModuleListRef, ModuleDictRef)


def mode_set_by(method: str, args: Arguments) -> Value:
    """What ``train`` or ``eval`` sets ``training`` to."""
    if method == EVAL:
        return Const(False)
    return args.value(0, "mode") or (Const(True) if args.open is None else Unknown(args.open))


def set_mode(interp: Interpreter, module: Value, training: Value, node: ir.Node) -> None:
    """Put a module and its parts into a mode; where no function of the program asks for it, nothing is kept."""
    if not isinstance(module, Object) or not _is_asked_for(interp):
        return
    for ref in _parts(interp, module.ref):
        if interp.state.get(ref, TRAINING) is None:
            # Where it is not known whether this call comes first, the mode may still be any.
            interp.state.bottom.set(ref, TRAINING, unknown_mode(interp, ref, node))
        interp.state.set(ref, TRAINING, training)


def unknown_mode(interp: Interpreter, ref: Ref, node: ir.Node) -> Value:
    """The mode of a module of which nothing says what it is."""
    return interp.unknown(Reason.UNKNOWN_ATTRIBUTE, node, TRAINING, symbol=(TRAINING, ref))


def _is_asked_for(interp: Interpreter) -> bool:
    return any(TRAINING in interp.mentions.names_in(node) for node in interp.functions)


def _parts(interp: Interpreter, root: Ref) -> list[Ref]:
    """The instances of the program's classes among a module and its parts."""
    held: defaultdict[Ref, list[Value]] = defaultdict(list)
    for ref, name in interp.state.written():
        value = interp.state.get(ref, name) if isinstance(ref, _HOLDERS) else None
        if value is not None:
            held[ref].append(value)
    found: dict[Ref, None] = {}
    todo = [root]
    while todo:
        ref = todo.pop()
        if ref not in found:
            found[ref] = None
            todo += (part for value in held[ref] for part in _modules_in(value))
    return [ref for ref in found if isinstance(ref, InstanceRef)]


def _modules_in(value: Value) -> Iterator[Ref]:
    """The modules that a value may be, or holds as an item."""
    for option, _ in options_of(value):
        if isinstance(option, Object) and isinstance(option.ref, _HOLDERS):
            yield option.ref
        elif isinstance(option, Sequence):
            for item in option.items:
                if not isinstance(item, Gap):
                    yield from _modules_in(item)
        elif isinstance(option, Mapping):
            for _, item in option.items:
                yield from _modules_in(item)


@escapes(InstanceRef)
def _escape(interp: Interpreter, value: Object, lost: Lost) -> None:
    """Code out of sight may have put it into another mode."""
    if interp.state.get(value.ref, TRAINING) is not None:
        for ref in _parts(interp, value.ref):
            interp.state.set(ref, TRAINING, Unknown(lost))

"""``unittest.mock`` and its kin: what a test puts in the place of something, and takes away again."""

from __future__ import annotations

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.values import Arguments, Class, Const, Library, Module, Object, Unknown, Value
from flake8_logits.interpret.engine.calls import calls_unknown_method
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.interpret.engine.modules import module_named, resolved
from flake8_logits.knowledge.effects import PATCHING_FUNCTIONS, PATCHING_METHODS
from flake8_logits.source import syntax as ir

MOST_PARTS = 32
"""Of a dotted name, each of which may end the name of a module."""


def _patch(interp: Interpreter, args: Arguments, node: ir.Expression) -> None:
    """What is patched is not known from here on: the patch may end, and nobody knows when."""
    target, name = args.value(0, "target"), args.value(1, "attribute", "name")
    if isinstance(target, Const) and isinstance(target.value, str):
        parts = target.value.split(".", MOST_PARTS)
        dotted, _, last = target.value.rpartition(".")
        if all(part.isidentifier() for part in parts) and dotted:
            _replace(interp, _named(interp, dotted, node), last, node)
    elif isinstance(name, Const) and isinstance(name.value, str) and target is not None:
        _replace(interp, target, name.value, node)


def _replace(interp: Interpreter, owner: Value, name: str, node: ir.Expression) -> None:
    if isinstance(owner, (Library, Module, Class, Object)):
        interp.set_attribute(owner, name, interp.unknown(Reason.CUSTOM, node, name), node)


def _named(interp: Interpreter, dotted: str, node: ir.Expression) -> Value:
    """What a dotted name stands for: a module of the project, or something in it, else something of a library."""
    parts = dotted.split(".")
    here = interp.frame.scope.visible()[-1]
    if parts[0] == "__main__":
        return _within(interp, Module(here.path, here), parts[1:], node)
    for count in range(len(parts), 0, -1):
        found = resolved(interp, module_named(interp, ".".join(parts[:count]), 0, here), node)
        if isinstance(found, Module):
            return _within(interp, found, parts[count:], node)
    return module_named(interp, dotted, 0, here)


def _within(interp: Interpreter, value: Value, parts: list[str], node: ir.Expression) -> Value:
    for part in parts:
        value = interp.get_attribute(value, part, node)
    return value


def _function(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    _patch(interp, args, node)
    return interp.unknown(Reason.UNKNOWN_CALL, node, library="unittest.mock.patch")


def _method(interp: Interpreter, callee: Unknown, args: Arguments, node: ir.Expression) -> None:
    """A method of a fixture, as ``monkeypatch.setattr`` and ``mocker.patch.object`` are."""
    _patch(interp, args, node)


for _name in PATCHING_FUNCTIONS:
    models_library.add(_name, _function)
for _name in PATCHING_METHODS:
    calls_unknown_method.add(_name, _method)

"""Escape: what code out of sight may do to the things that are handed to it."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import InstanceRef, ModelRef
from flake8_logits.interpret.abstract.references import ListRef
from flake8_logits.interpret.abstract.slots import ITEMS
from flake8_logits.interpret.abstract.values import Arguments, Gap, Object, Sequence
from flake8_logits.interpret.engine.dispatch import Table
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir

Escape = Callable[[Interpreter, Object, Lost], None]
escapes: Table[Escape] = Table()
"""By kind of object: forget what code out of sight may change of it."""
trainings: Table[Callable[[Interpreter, Object, ir.Node], None]] = Table()
"""By kind of object: note what it may be trained with by code out of sight."""


def escape(interp: Interpreter, args: Arguments, node: ir.Node, kept: bool = False) -> None:
    """Let the arguments of a call escape: the layers of a chain, the items of a list are no longer known.

    What makes an object and is ``kept`` by it leaves things as they are, but may train a model later.
    """
    for value in args.values():
        if not isinstance(value, Object):
            continue
        if isinstance(value.ref, (ModelRef, InstanceRef)):
            interp.observations.lifecycle.trained.add(value.ref)
        training = None if kept else trainings.find(type(value.ref))
        if training is not None:
            training(interp, value, node)
        handler = None if kept else escapes.find(type(value.ref))
        if handler is not None:
            handler(interp, value, Lost(Reason.ESCAPED, node))


@escapes(ListRef)
def _list(interp: Interpreter, value: Object, lost: Lost) -> None:
    items = interp.state.get(value.ref, ITEMS)
    if items is not None:
        interp.observations.lifecycle.let_models_go((items,))
    interp.state.set(value.ref, ITEMS, Sequence((Gap(lost),), "list"))

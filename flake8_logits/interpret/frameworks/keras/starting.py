"""What ``fit`` runs of the program's own before a first loss is computed: callbacks, and whatever gives the data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.values import Arguments, Gap, Object, Sequence, Value
from flake8_logits.interpret.engine.branches import any_times
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.special_methods import asks, call_special
from flake8_logits.knowledge.hooks import BEGINNING_HOOKS, BEGINS_TRAINING, CALLBACK_MODEL, CALLBACKS
from flake8_logits.source import syntax as ir


def run_callbacks(interp: Interpreter, model: Object, args: Arguments, node: ir.Expression) -> None:
    """Call the callbacks of the program's own classes as Keras does before a first loss is computed."""
    found = args.keyword(CALLBACKS)
    for callback in () if found is None else _instances(interp, found[0]):
        if asks(interp, callback, (BEGINS_TRAINING, *BEGINNING_HOOKS)):
            interp.state.set(callback.ref, CALLBACK_MODEL, model)
            _call(interp, callback, BEGINS_TRAINING, node)
            for hook in BEGINNING_HOOKS:
                if asks(interp, callback, (hook,)):
                    any_times(interp, partial(_call, interp, callback, hook, node), node)


def _call(interp: Interpreter, callback: Object, hook: str, node: ir.Expression) -> None:
    call_special(interp, callback, hook, Arguments(open=Lost(Reason.PARAMETER, node)), node)


def _instances(interp: Interpreter, given: Value) -> Iterator[Object]:
    """Yield the callbacks of the program's own classes: one alone, or those in a list."""
    for option, _ in options_of(given):
        content = content_of(interp, option)
        items = content.items if isinstance(content, Sequence) else (option,)
        for item in items:
            for one, _ in () if isinstance(item, Gap) else options_of(item):
                if isinstance(one, Object) and isinstance(one.ref, InstanceRef):
                    yield one

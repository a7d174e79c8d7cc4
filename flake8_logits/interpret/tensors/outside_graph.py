"""Numbers taken out of the graph: nothing that a library could undo is left on them."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Rescue
from flake8_logits.interpret.abstract.memory import with_own_memory
from flake8_logits.interpret.abstract.values import Gap, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter


def unmarked(interp: Interpreter, value: Value) -> Value:
    """The same numbers in another tensor: nothing that Keras could undo is left on them."""

    def act(option: Value) -> Value:
        if isinstance(option, Tensor) and isinstance(option.belief, Output):
            return replace(option, belief=replace(option.belief, rescue=Rescue.NEVER))
        return option

    return interp.each(value, act)


def away_from_graph(interp: Interpreter, value: Value) -> Value:
    """The same numbers as a numpy copy: nothing that Keras could undo is left on them."""

    def act(option: Value) -> Value:
        if isinstance(option, Tensor) and isinstance(option.belief, Output):
            return with_own_memory(replace(option, belief=replace(option.belief, rescue=Rescue.NEVER)))
        content = content_of(interp, option)
        if isinstance(content, Sequence):
            return Sequence(
                tuple(item if isinstance(item, Gap) else away_from_graph(interp, item) for item in content.items)
            )
        return option

    return interp.each(value, act)

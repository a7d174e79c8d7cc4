"""What a model or a layer gives as it is at this moment, asked in a branch of the run that is then forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.abstract.objects import ChainRef, LayerRef
from flake8_logits.interpret.abstract.values import Arguments, Object, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observations import Observations
from flake8_logits.interpret.frameworks.keras.models import is_model, outputs_of
from flake8_logits.interpret.frameworks.torch.modules import is_module
from flake8_logits.source import syntax as ir


def gives(interp: Interpreter, value: Value, node: ir.Expression) -> Value | None:
    """What calling a layer or a model gives; None for anything else.  The run goes on as if nobody had asked."""
    if not isinstance(value, Object):
        return None
    if isinstance(value.ref, (ChainRef, LayerRef)) or is_module(interp, value):
        inputs = Tensor(Lost(Reason.INPUT, node))
        with _forgotten(interp):
            return interp.call(value, Arguments(((inputs, None),)), node)
    if is_model(interp, value):
        with _forgotten(interp):
            return outputs_of(interp, value, node)
    return None


@contextmanager
def _forgotten(interp: Interpreter) -> Iterator[None]:
    """Within this, whatever is done leaves no trace in the interpreter, and is not paid for."""
    state, budget, observations = interp.state, interp.budget, interp.observations
    kept = interp.functions, interp.classes, interp.instances, interp.entered, interp.summaries
    histories, frames, rewritten = interp.histories, len(interp.frames), interp.rewritten
    interp.state = state.fork()
    interp.budget = Budget(0)
    interp.observations = Observations(observations.path)
    interp.functions, interp.classes, interp.entered = dict(kept[0]), dict(kept[1]), dict(kept[3])
    interp.instances = kept[2].copy()
    interp.summaries = dict(kept[4])
    interp.histories = dict(histories)
    try:
        yield
    finally:
        interp.state, interp.budget, interp.observations = state, budget, observations
        interp.functions, interp.classes, interp.instances = kept[0], kept[1], kept[2]
        interp.entered, interp.summaries = kept[3], kept[4]
        interp.histories, interp.rewritten = histories, rewritten
        del interp.frames[frames:]

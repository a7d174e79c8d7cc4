"""A Keras model and the loss that it is trained with by another package."""

from __future__ import annotations

from flake8_logits.interpret.abstract.slots import COMPILED_LOSS
from flake8_logits.interpret.abstract.values import Object, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.frameworks.keras.compiling import match
from flake8_logits.interpret.frameworks.keras.models import is_model, outputs_of
from flake8_logits.interpret.frameworks.trainers import MEETINGS, Training


def _meets(interp: Interpreter, model: Value, loss: Value, training: Training) -> bool:
    """The loss meets what a model gives, unless that was compiled with one of its own."""
    if not isinstance(model, Object) or not is_model(interp, model):
        return False
    if interp.state.get(model.ref, COMPILED_LOSS) is None:
        match(interp, outputs_of(interp, model, training.call), loss, training.call, training.loss)
    return True


MEETINGS.append(_meets)

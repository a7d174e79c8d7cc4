"""What is examined: an output as a function of inputs, the model behind it, and the loss that reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from flake8_logits.verify.child.draws import SIZES, SPREADS, build, draw_weights, inputs_of, weights_of
from flake8_logits.verify.child.evidence import draws_for
from flake8_logits.verify.child.frameworks.base import Unfit
from flake8_logits.verify.child.losses import (
    LossCall,
    labels_of,
    loss_of_call,
    loss_of_compile,
    needs_more,
    prediction_of,
)
from flake8_logits.verify.child.made import Depends, Made
from flake8_logits.verify.child.numbers import to_numpy
from flake8_logits.verify.child.running import Met
from flake8_logits.verify.child.watching import Made as Maker
from flake8_logits.verify.child.watching import Watch, another

_READING = {"call": prediction_of, "swapped": labels_of}
"""For a loss that is called, whether its prediction is asked for, or what stands in the place of its labels."""


@dataclass
class Subject:
    """An output that can be asked for again and again.

    ``model`` holds the weights; ``forward`` gives the output for inputs, in the mode in which the program reads it;
    ``inputs`` gives inputs of some sizes; ``arrived`` are the numbers that came to the place, where there are any: what
    counts how often it is asked may give others whenever it is asked again.
    """

    model: Any
    forward: Callable[[Any], Any]
    inputs: Callable[[tuple[float, ...]], Any]
    loss: LossCall | None
    arrived: Any = None

    def outputs(self, random: np.random.Generator) -> list[Any]:
        """The output for weights drawn anew several times."""
        found = []
        for spread in SPREADS[: draws_for(weights_of(self.model))]:
            draw_weights(list(self.model.variables), random, spread)
            found.append(to_numpy(self.forward(self.inputs(SIZES))))
        return found


def subject_of(met: Met, watch: Watch, head: str, wants_loss: bool) -> Subject:
    """The subject of what met.  Raises Unfit where it cannot be asked again."""
    if met.kind == "compile":
        return _compiled(met, watch.random, head, wants_loss)
    if met.kind == "layer":
        return _within(met.subject, met.args[0], watch.random)
    tensor = read_tensor(met)
    made = watch.maker(tensor)
    called = met.kind == "call" and wants_loss and not needs_more(met.subject)
    loss = loss_of_call(met.subject, met.args, met.named) if called else None
    if type(tensor).__name__ == "KerasTensor":
        return _symbolic(tensor, loss, watch.random)
    if made is not None and hasattr(made.layer, "variables"):
        return _called(made, loss, watch.random)
    raise Unfit("the output is not the direct result of a model")


def read_tensor(met: Met) -> Any:
    """The tensor that is read at the place.  Raises Unfit or Depends where there is none."""
    if met.kind in _READING:
        try:
            tensor = _READING[met.kind](met.subject, met.args, met.named)
        except LookupError as error:
            raise Unfit(str(error)) from None
    else:
        every = (*met.args, *met.named.values())
        tensor = next((one for one in every if hasattr(one, "shape") and not isinstance(one, Made)), None)
        if tensor is None:
            tensor = next(iter(every), None)
    if isinstance(tensor, Made):
        raise Depends(tensor.source)
    if tensor is None or not hasattr(tensor, "shape"):
        raise Unfit("no tensor arrives at the place")
    return tensor


def _compiled(met: Met, random: np.random.Generator, head: str, wants_loss: bool) -> Subject:
    model = met.subject
    if isinstance(model, Made):
        raise Depends(model.source)
    if not hasattr(model, "variables") or not callable(model):
        raise Unfit("what is compiled is no Keras model")
    given: Any = None
    if getattr(model, "inputs", None) is None or not getattr(model, "built", True):
        given = build(model, random)
    names = list(getattr(model, "output_names", None) or [])

    def forward(x: Any) -> Any:
        return _head(model(x, training=True), head, names)

    def inputs(sizes: tuple[float, ...]) -> Any:
        if given is None:
            return inputs_of(model, random, sizes)
        return given

    loss = None
    if wants_loss:
        count = len(names) or 1
        try:
            loss = loss_of_compile(met.named.get("loss"), head, count, names)
        except (LookupError, ValueError) as error:
            raise Unfit(f"its loss could not be made: {error}") from None
    return Subject(model, forward, inputs, loss)


def _within(model: Any, layer: Any, random: np.random.Generator) -> Subject:
    """What arrives at a layer of a model."""
    import keras

    if getattr(model, "inputs", None) is None or not getattr(model, "built", True):
        build(model, random)
    before = keras.Model(model.inputs, layer.input)

    return Subject(before, before, lambda sizes: inputs_of(before, random, sizes), None)


def _head(output: Any, head: str, names: list[str]) -> Any:
    """The output that a head stands for.  Raises Unfit where that cannot be told: another would dispute anything."""
    if isinstance(output, dict):
        order = sorted(output)  # in which Keras deals out a list of losses
        if head.isdigit() and head not in output and order == list(output) and int(head) < len(order):
            head = order[int(head)]
        found = [output[head]] if head in output else list(output.values())
    elif isinstance(output, (list, tuple)):
        if head.isdigit() and int(head) < len(output):
            return output[int(head)]
        found = [one for one, name in zip(output, names, strict=False) if name == head] or list(output)
    else:
        found = [output] if not head or head not in names or len(names) < 2 else []
    if len(found) != 1:
        raise Unfit("the model's outputs could not be told apart")
    return found[0]


def _called(made: Maker, loss: LossCall | None, random: np.random.Generator) -> Subject:
    layer = made.layer

    def forward(x: Any) -> Any:
        output = layer(x, *made.more, **made.named)
        return another(output) if made.crossed else output

    def inputs(sizes: tuple[float, ...]) -> Any:
        return inputs_of(layer, random, sizes) if getattr(layer, "inputs", None) else made.given

    arrived = to_numpy(made.output) if hasattr(made.output, "numpy") else None
    return Subject(layer, forward, inputs, loss, arrived)


def _symbolic(tensor: Any, loss: LossCall | None, random: np.random.Generator) -> Subject:
    import keras

    sources = getattr(keras.utils, "get_source_inputs", None)
    if sources is None:
        raise Unfit("the output is a symbolic tensor")
    model = keras.Model(sources(tensor), tensor)
    return Subject(
        model,
        model,
        lambda sizes: inputs_of(model, random, sizes),
        loss,
    )

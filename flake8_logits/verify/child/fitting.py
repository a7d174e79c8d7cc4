"""Calls a loss that is given to ``compile`` as training would: with made-up labels, and what the model gives."""

from __future__ import annotations

from typing import Any

from flake8_logits.verify.child.made import Depends, Made

_ROWS = 2
"""How many axes an output has that is one row for each sample: labels with one less may take another from it."""


def fitted(function: Any, model: Any) -> Any:
    """What a loss gives for the output of a model.  Raises Depends where training may give the loss another tensor."""
    import keras

    for one in (function, model):
        if isinstance(one, Made):
            raise Depends(one.source)
    output = model(Made("x"), training=True)
    if isinstance(output, Made) or not hasattr(output, "shape"):
        raise Depends("which output the loss reads")
    if len(output.shape) > _ROWS and output.shape[-1] == 1:
        raise Depends("the shape of the labels")
    kind = keras.backend.floatx()
    if str(getattr(output.dtype, "name", output.dtype)).rpartition(".")[2] != kind:
        output = keras.ops.cast(output, kind) if hasattr(keras, "ops") else keras.backend.cast(output, kind)
    compute = function.call if isinstance(function, keras.losses.Loss) else function
    return compute(Made("y_true"), output)

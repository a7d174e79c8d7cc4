"""A loss as training computes it, and its gradient, on each backend that Keras has."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Forward = Callable[[Any], Any]
"""From inputs to the output in question."""
Losses = dict[str, Callable[[Any, Any], Any]]
"""Losses by name, each a function of labels and the output; all are computed of one and the same output."""
Pair = tuple[float, float]


def measure(
    backend: str, forward: Forward, model: Any, losses: Losses, x: Any, y: Any, eagerly: bool
) -> dict[str, Pair]:
    """For each loss its value and the norm of its gradient over all weights, which is nan where there is none."""
    if backend == "jax":
        return _jax(forward, model, losses, x, y)
    if backend == "torch":
        return _torch(forward, model, losses, x, y)
    return _tensorflow(forward, model, losses, x, y, eagerly)


def _tensorflow(forward: Forward, model: Any, losses: Losses, x: Any, y: Any, eagerly: bool) -> dict[str, Pair]:
    import tensorflow as tf

    variables = list(model.trainable_variables)

    def step(x: Any, y: Any) -> Any:
        found = {}
        with tf.GradientTape(persistent=True) as tape:
            output = forward(x)
            values = {name: tf.reduce_mean(tf.cast(loss(y, output), "float32")) for name, loss in losses.items()}
        for name, value in values.items():
            gradients = [one for one in tape.gradient(value, variables) if one is not None]
            found[name] = (value, tf.linalg.global_norm(gradients) if gradients else tf.constant(math.nan))
        return found

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(False)
    try:
        found = (step if eagerly else tf.function(step))(_tensors(x), tf.constant(y))
    finally:
        tf.config.run_functions_eagerly(before)
    return {name: (float(value), float(norm)) for name, (value, norm) in found.items()}


def _tensors(x: Any) -> Any:
    import tensorflow as tf

    return tf.nest.map_structure(tf.convert_to_tensor, x)


def _jax(forward: Forward, model: Any, losses: Losses, x: Any, y: Any) -> dict[str, Pair]:
    import jax
    import keras

    trainable = [one.value for one in model.trainable_variables]
    found: dict[str, Pair] = {}
    for name, loss in losses.items():

        def compute(values: Any, loss: Any = loss) -> Any:
            pairs = list(zip(model.trainable_variables, values, strict=True))
            with keras.StatelessScope(state_mapping=pairs):
                return keras.ops.mean(loss(y, forward(x)))

        value, gradients = jax.value_and_grad(compute)(trainable)
        found[name] = (float(value), math.sqrt(sum(float((one**2).sum()) for one in gradients)))
    return found


def _torch(forward: Forward, model: Any, losses: Losses, x: Any, y: Any) -> dict[str, Pair]:
    import keras

    found: dict[str, Pair] = {}
    for name, loss in losses.items():
        model.zero_grad()
        value = keras.ops.mean(loss(y, forward(x)))
        value.backward()
        norms = [float((one.value.grad**2).sum()) for one in model.trainable_variables if one.value.grad is not None]
        found[name] = (float(value), math.sqrt(sum(norms)))
    return found

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
Measure = Callable[[Any, Any], dict[str, Pair]]


def measuring(backend: str, forward: Forward, variables: list[Any], losses: Losses, eagerly: bool) -> Measure:
    """A function of inputs and labels: for each loss its value and the norm of its gradient, nan where there is none.

    The gradient is that over some variables.  It can be asked again when the weights have changed.
    """
    if backend == "jax":
        return lambda x, y: _jax(forward, variables, losses, x, y)
    if backend == "torch":
        return lambda x, y: _torch(forward, variables, losses, x, y)
    return _tensorflow(forward, variables, losses, eagerly)


def _tensorflow(forward: Forward, variables: list[Any], losses: Losses, eagerly: bool) -> Measure:
    import tensorflow as tf

    def step(x: Any, y: Any) -> Any:
        found = {}
        with tf.GradientTape(persistent=True) as tape:
            output = forward(x)
            values = {name: tf.reduce_mean(tf.cast(loss(y, output), "float32")) for name, loss in losses.items()}
        for name, value in values.items():
            gradients = [one for one in tape.gradient(value, variables) if one is not None]
            found[name] = (value, tf.linalg.global_norm(gradients) if gradients else tf.constant(math.nan))
        return found

    run = step if eagerly else tf.function(step)

    def act(x: Any, y: Any) -> dict[str, Pair]:
        before = tf.config.functions_run_eagerly()
        tf.config.run_functions_eagerly(False)
        try:
            found = run(_tensors(x), tf.constant(y))
        finally:
            tf.config.run_functions_eagerly(before)
        return {name: (float(value), float(norm)) for name, (value, norm) in found.items()}

    return act


def _tensors(x: Any) -> Any:
    import tensorflow as tf

    return tf.nest.map_structure(tf.convert_to_tensor, x)


def _jax(forward: Forward, variables: list[Any], losses: Losses, x: Any, y: Any) -> dict[str, Pair]:
    import jax
    import keras

    trainable = [one.value for one in variables]
    found: dict[str, Pair] = {}
    for name, loss in losses.items():

        def compute(values: Any, loss: Any = loss) -> Any:
            pairs = list(zip(variables, values, strict=True))
            with keras.StatelessScope(state_mapping=pairs):
                return keras.ops.mean(loss(y, forward(x)))

        value, gradients = jax.value_and_grad(compute)(trainable)
        found[name] = (float(value), math.sqrt(sum(float((one**2).sum()) for one in gradients)))
    return found


def _torch(forward: Forward, variables: list[Any], losses: Losses, x: Any, y: Any) -> dict[str, Pair]:
    import keras

    found: dict[str, Pair] = {}
    for name, loss in losses.items():
        for one in variables:
            one.value.grad = None
        value = keras.ops.mean(loss(y, forward(x)))
        value.backward()
        norms = [float((one.value.grad**2).sum()) for one in variables if one.value.grad is not None]
        found[name] = (float(value), math.sqrt(sum(norms)))
    return found

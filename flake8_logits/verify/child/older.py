"""What programs for older versions of Keras and TensorFlow ask for, where the installed ones have it no more."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from flake8_logits.verify.child.made import Depends, Made, touch

_ROWS = 8


def features() -> type[Any]:
    """A stand-in for the layer that made dense numbers of feature columns: it gives numbers as they are."""
    import keras

    class DenseFeatures(keras.layers.Layer):  # type: ignore[misc]
        """Whatever the columns are, what comes of them is made up."""

        def __init__(self, feature_columns: Any = None, trainable: bool = True, **named: Any) -> None:
            super().__init__(trainable=trainable, name=named.get("name"))

        def call(self, inputs: Any) -> Any:
            """The numbers that stand for the features."""
            return inputs

    return DenseFeatures


def let_callbacks_set_their_model() -> None:
    """From now on a callback may be given its model by an assignment, as in Keras 2."""
    import keras

    callback = keras.callbacks.Callback
    found = callback.__dict__.get("model")
    if isinstance(found, property) and found.fset is None:
        callback.model = property(found.fget, callback.set_model)


def let_models_be_built_again() -> None:
    """From now on a model that is built may be told a shape once more, as in Keras 2."""
    import keras

    plain = keras.Sequential.build

    @functools.wraps(plain)
    def build(self: Any, input_shape: Any = None) -> None:
        if not getattr(self, "inputs", None):
            plain(self, input_shape)

    keras.Sequential.build = build


def let_cells_be_told_their_numbers() -> None:
    """From now on a cell's first state may be asked for with a kind of numbers, as in Keras 2."""
    import keras

    for name in ("SimpleRNNCell", "GRUCell", "LSTMCell", "StackedRNNCells"):
        cell = getattr(keras.layers, name)
        if "dtype" not in inspect.signature(cell.get_initial_state).parameters:
            cell.get_initial_state = _without_numbers(cell.get_initial_state)


def _without_numbers(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def state(self: Any, *args: Any, dtype: Any = None, **named: Any) -> Any:
        return plain(self, *args, **named)

    return state


def placeholder(dtype: Any, shape: Any = None, name: Any = None) -> Any:
    """Numbers in the place of what TensorFlow 1 is fed with."""
    import tensorflow as tf

    if isinstance(shape, Made):
        raise Depends("the shape of a placeholder")
    touch(f"placeholder {name}" if isinstance(name, str) else "placeholder")
    kind = tf.as_dtype(dtype)
    dims = [_ROWS if size is None else int(size) for size in tf.TensorShape(shape or ())]
    if shape is None:  # most often a probability or a switch
        return tf.cast(0.5 if kind.is_floating else 0, kind)
    if kind.is_floating:
        return tf.constant(np.random.standard_normal(dims).astype("float32"), kind)
    if kind.is_integer or kind.is_bool:
        return tf.cast(tf.constant(np.random.randint(0, 2, dims)), kind)
    raise Depends(f"a placeholder of {kind.name}")


OLDER: dict[str, Callable[..., Any]] = {"tensorflow.placeholder": placeholder}
"""By name what is handed out for a function that the installed TensorFlow refuses to run."""

"""A layer that a program has from elsewhere, which is not run: it gives features, and nothing more is known of it."""

from __future__ import annotations

from typing import Any

from flake8_logits.verify.child.made import Depends, Made, profile

_LAYER = "layer"
"""Under this name what is made up keeps the layer that it is: it has weights, and they stay."""


def layer_of(made: Made) -> Any:
    """The layer that something made up is taken for, the same each time."""
    found = made.__dict__.get(_LAYER)
    if found is None:
        found = made.__dict__[_LAYER] = _features()(profile().shape)
    return found


def features_of(made: Made, given: list[Any]) -> Any:
    """What it gives for the first of some tensors.  Raises Depends where it is given no tensor."""
    first = given[0]
    if not hasattr(first, "shape") or not hasattr(first, "dtype"):
        raise Depends(made.source)
    return layer_of(made)(first)


def let_be_layers() -> None:
    """From now on a stack of layers may be given one that is made up."""
    import keras

    plain = keras.Sequential.add

    def add(self: Any, layer: Any, *args: Any, **named: Any) -> None:
        if isinstance(layer, Made):
            layer.goes_through()
            layer = layer_of(layer)
        plain(self, layer, *args, **named)

    keras.Sequential.add = add


def _features() -> type[Any]:
    import keras

    class Features(keras.layers.Layer):  # type: ignore[misc]
        """Numbers of a shape for each row of a batch, which grow with those that it is given."""

        def __init__(self, shape: tuple[int, ...]) -> None:
            super().__init__()
            self.features = shape

        def build(self, _: Any) -> None:
            """Have two numbers for each feature."""
            self.slope = self.add_weight(shape=self.features, initializer="random_normal")
            self.start = self.add_weight(shape=self.features, initializer="random_normal")

        def call(self, inputs: Any) -> Any:
            """Each row's mean along its own line for each feature."""
            rows = keras.ops.reshape(_numeric(inputs), (keras.ops.shape(inputs)[0], -1))
            mean = keras.ops.mean(rows, axis=-1)
            return keras.ops.reshape(mean, (-1, *(1 for _ in self.features))) * self.slope + self.start

    return Features


def _numeric(inputs: Any) -> Any:
    import keras

    if "str" in str(inputs.dtype):
        import tensorflow as tf

        inputs = tf.strings.length(inputs)
    return keras.ops.cast(inputs, "float32")

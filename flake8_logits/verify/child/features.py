"""A stand-in for the layer that made dense numbers of feature columns, which Keras 3 has no more."""

from __future__ import annotations

from typing import Any


def features() -> type[Any]:
    """A layer that takes numbers for features, and gives them as they are."""
    import keras

    class DenseFeatures(keras.layers.Layer):  # type: ignore[misc]
        """Whatever the columns are, what comes of them is made up."""

        def __init__(self, feature_columns: Any = None, trainable: bool = True, **named: Any) -> None:
            super().__init__(trainable=trainable, name=named.get("name"))

        def call(self, inputs: Any) -> Any:
            """The numbers that stand for the features."""
            return inputs

    return DenseFeatures

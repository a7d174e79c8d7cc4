"""Watches the layers of a run: which of them made a tensor, and what it was given; feeds them where data is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from flake8_logits.verify.child.draws import draw, replace_made


@dataclass
class Made:
    """A tensor's maker: the outermost layer or model that returned it, with the arguments of that call."""

    layer: Any
    given: Any
    more: tuple[Any, ...]
    named: dict[str, Any]
    output: Any


class Watch:
    """What is known of the tensors of one run."""

    def __init__(self, random: np.random.Generator, spread: float) -> None:
        self.random = random
        self.spread = spread
        self._made: dict[int, Made] = {}

    def maker(self, tensor: Any) -> Made | None:
        """The outermost layer whose result is this very tensor."""
        found = self._made.get(id(tensor))
        return found if found is not None and found.output is tensor else None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every layer that is called, and draw the weights of every variable that is made."""
        import keras

        plain = keras.layers.Layer.__call__

        def call(layer: Any, *args: Any, **named: Any) -> Any:
            if args:
                args = (replace_made(layer, args[0], self.random), *args[1:])
            output = plain(layer, *args, **named)
            if args and output is not args[0]:  # a layer that hands on what it is given has made nothing
                # The outermost comes last, and takes the place of those inside.
                self._made[id(output)] = Made(layer, args[0], args[1:], named, output)
            return output

        keras.layers.Layer.__call__ = call
        try:
            with self._drawing():
                yield
        finally:
            keras.layers.Layer.__call__ = plain

    @contextmanager
    def _drawing(self) -> Iterator[None]:
        import sys

        if "tensorflow" not in sys.modules:
            yield
            return
        import tensorflow as tf

        def create(next_creator: Any, **named: Any) -> Any:
            variable = next_creator(**named)
            if tf.executing_eagerly() and variable.dtype.is_floating and variable.shape.is_fully_defined():
                values = draw(variable.name, tuple(variable.shape), self.random)
                variable.assign(tf.cast(values * self.spread, variable.dtype))
            return variable

        with tf.variable_creator_scope(create):
            yield

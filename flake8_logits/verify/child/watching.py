"""Watches the layers of a run: which of them made a tensor, and what it was given; feeds them where data is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from flake8_logits.verify.child.draws import draw, replace_made
from flake8_logits.verify.child.running import Reached

_BEFORE = "_keras_logits"
"""Where a tensor has the numbers that its activation was given, if Keras did that outside of a graph."""


@dataclass
class Made:
    """A tensor's maker: the outermost layer or model that returned it, with the arguments of that call.

    ``crossed`` where it was handed to a function of TensorFlow since, or returned by one: there it is another tensor,
    of which nobody knows what it came of.
    """

    layer: Any
    given: Any
    more: tuple[Any, ...]
    named: dict[str, Any]
    output: Any
    crossed: bool = False


class Watch:
    """What is known of the tensors of one run, and whether its place lies in a graph: in a function of TensorFlow."""

    def __init__(self, random: np.random.Generator, spread: float) -> None:
        self.random = random
        self.spread = spread
        self.in_graph = False
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
            with self._drawing(), self._crossing():
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

    @contextmanager
    def _crossing(self) -> Iterator[None]:
        import sys

        if "tensorflow" not in sys.modules:
            yield
            return
        import tensorflow as tf

        functions: Any = type(tf.function(lambda: None))
        plain = functions.__call__

        def call(function: Any, *args: Any, **named: Any) -> Any:
            try:
                return self._crossed(plain(function, *self._crossed(args), **self._crossed(named)))
            except Reached:
                self.in_graph = True
                raise

        functions.__call__ = call
        try:
            yield
        finally:
            functions.__call__ = plain

    def _crossed(self, value: Any) -> Any:
        """A value with other tensors in the place of those that a layer made."""
        if type(value) in (tuple, list):
            return type(value)(self._crossed(one) for one in value)
        if type(value) is dict:
            return {key: self._crossed(one) for key, one in value.items()}
        found = self.maker(value)
        if found is None:
            return another(value) if hasattr(value, _BEFORE) else value
        other = another(value)
        self._made[id(other)] = replace(found, output=other, crossed=True)
        return other


def another(tensor: Any) -> Any:
    """A tensor of TensorFlow with the same numbers, of which nobody knows what it came of."""
    import tensorflow as tf

    return tf.identity(tensor)

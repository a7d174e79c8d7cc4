"""Watches the models of a run: draws the weights of each that is called first, and makes up its input."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from flake8_logits.verify.child.draws import LAST, MOST_DRAWN, SIZES
from flake8_logits.verify.child.frameworks.jax.inputs import batch, input_of
from flake8_logits.verify.child.made import Depends


class Watch:
    """One run: its weights are drawn, the last ones ``spread`` times as large; inputs have these sizes.

    ``weights`` are all of them in the order in which they were drawn.  Where some are ``given``, those are taken.
    """

    def __init__(
        self,
        random: np.random.Generator,
        spread: float,
        sizes: tuple[float, ...] = SIZES,
        given: list[Any] | None = None,
    ) -> None:
        self.random = random
        self.spread = spread
        self.sizes = sizes
        self.weights: list[Any] = []
        self._given = given
        self._kept: dict[int, tuple[Any, Any]] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every model that is called."""
        _current.append(self)
        try:
            yield
        finally:
            _current.pop()

    def once(self, key: Any, make: Any) -> Any:
        """What was made for an object in this run."""
        if id(key) not in self._kept:
            self._kept[id(key)] = (key, make())
        return self._kept[id(key)][1]

    def drawn(self, tree: Any) -> Any:
        """The same tree with other weights."""
        leaves, form = jax.tree_util.tree_flatten(tree)
        floats = [index for index, one in enumerate(leaves) if _is_weight(one)]
        for index in floats:
            leaves[index] = self.fresh(leaves[index], self.spread if index in floats[-LAST:] else 1.0)
        return jax.tree_util.tree_unflatten(form, leaves)

    def fresh(self, weight: Any, spread: float) -> Any:
        """Numbers in the place of a weight, as large as keeps those behind them alive; large weights repeat."""
        count, shape = math.prod(weight.shape), tuple(weight.shape)
        values = np.resize(self.random.standard_normal(min(count, MOST_DRAWN), "float32"), shape)
        fans = max(math.prod(shape[:-1]), 1) if len(shape) > 1 else 0
        made = jnp.asarray(values * (spread * (1.5 / math.sqrt(fans) if fans else 0.5)), weight.dtype)
        if self._given is not None:
            if len(self.weights) >= len(self._given) or self._given[len(self.weights)].shape != made.shape:
                raise Depends("weights that are others each time")
            made = self._given[len(self.weights)]
        self.weights.append(made)
        return made

    def batch(self) -> Any:
        """A batch as it is guessed now."""
        return batch(self.random, self.sizes)

    def input_of(self, layer: Any) -> Any:
        """What a layer takes that was made for a size."""
        return input_of(layer, self.random, self.sizes)


def _is_weight(value: Any) -> bool:
    return hasattr(value, "shape") and hasattr(value, "dtype") and jnp.issubdtype(value.dtype, jnp.floating)


_current: list[Watch] = []


def current() -> Watch:
    """The watch of the run that is on.  Raises Depends where there is none."""
    if not _current:
        raise Depends("a model that is called where none is watched")
    return _current[-1]

"""optax' losses at a place: where they read the prediction, what they expect, and which numbers would be right."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from flake8_logits.domain.contracts import Expects, Family
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Loss
from flake8_logits.verify.child.frameworks.base import Unfit
from flake8_logits.verify.child.made import Depends, Made

Convert = Callable[[Any], Any]
"""From an output to what a loss expects."""
_TINY = 1e-7
_STARRED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True)
class LossCall:
    """A loss with the options that it is called with."""

    row: Loss
    function: Any
    options: dict[str, Any]

    def compute(self, labels: Any, output: Any) -> Any:
        """The loss as the program calls it."""
        named = {self.row.prediction.name: output, self.row.target.name: labels}
        return self.function(**named, **self.options)

    def flipped(self) -> LossCall | None:
        """The same loss told the other way round; None where it has no switch."""
        switch = self.row.switch
        if switch is None:
            return None
        told = bool(self.options.get(switch.name, switch.default))
        return LossCall(self.row, self.function, {**self.options, switch.name: not told})


def row_of(function: Any) -> Loss | None:
    """The row of a loss, None if there is none."""
    row = lookup(f"optax.losses.{getattr(function, '__name__', '')}")
    return row if isinstance(row, Loss) else None


def loss_of_call(row: Loss, function: Any, args: tuple[Any, ...], named: dict[str, Any]) -> LossCall | None:
    """The loss that is called, None if it needs more than labels.

    Raises Depends where an option of it is made up, Unfit where the classes lie along another axis than the last.
    """
    known = (row.prediction.name, row.target.name)
    asked = inspect.signature(function).parameters.values()
    if any(one.default is one.empty and one.kind not in _STARRED and one.name not in known for one in asked):
        return None
    given = inspect.signature(function).bind_partial(*args, **named).arguments
    more = given.pop("kwargs", {})
    options = {key: value for key, value in {**given, **more}.items() if key not in known}
    made = next((value for value in jax.tree_util.tree_leaves(options) if isinstance(value, Made)), None)
    if made is not None:
        raise Depends(made.source)
    if options.get("axis", -1) != -1:
        raise Unfit("its loss looks for the classes along another axis than the last")
    return LossCall(row, function, options)


def prediction_of(row: Loss | None, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What is handed to a loss as its prediction; the first of its arguments that is numbers where it is not known."""
    if row is not None:
        if row.prediction.name in named:
            return named[row.prediction.name]
        index = row.prediction.index or 0
        return args[index] if index < len(args) else None
    every = (*args, *named.values())
    found = next((one for one in every if is_numbers(one)), None)
    return found if found is not None else next(iter(every), None)


def is_numbers(value: Any) -> bool:
    """Whether a value is an array of floats."""
    return isinstance(value, (jax.Array, np.ndarray)) and bool(jnp.issubdtype(value.dtype, jnp.floating))


def labels_for(loss: LossCall, output: Any, random: np.random.Generator) -> Any:
    """Labels of the form that a loss takes, for an output."""
    shape = tuple(output.shape)
    if "integer_labels" in loss.row.name:
        return jnp.asarray(random.integers(0, shape[-1], shape[:-1]))
    if loss.row.contract.expects is Expects.LOG_PROBABILITIES:
        made = jax.nn.softmax(jnp.asarray(random.normal(size=shape).astype("float32")))
        return jnp.log(made) if "log_targets" in loss.row.name else made
    if loss.row.contract.family is Family.CATEGORICAL:
        return jax.nn.one_hot(jnp.asarray(random.integers(0, shape[-1], shape[:-1])), shape[-1])
    return jnp.asarray(random.integers(0, 2, shape).astype("float32"))


CONVERSIONS: dict[str, Convert] = {
    "log": lambda output: jnp.log(jnp.maximum(output, _TINY)),
    "log_softmax": lambda output: jax.nn.log_softmax(output),
    "logit": lambda output: jax.scipy.special.logit(jnp.clip(output, _TINY, 1 - _TINY)),
    "sigmoid": lambda output: jax.nn.sigmoid(output),
    "exp": lambda output: jnp.exp(output),
}

"""PyTorch's losses at a place: where they read the prediction, what they expect, and which numbers would be right."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from flake8_logits.domain.contracts import Expects, Family
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.knowledge.rows import Loss
from flake8_logits.verify.child.made import Depends, Made

Convert = Callable[[Any, int], Any]
"""From an output and its class axis to what a loss expects."""
_TINY = 1e-7
_STARRED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True)
class LossCall:
    """A loss with the options that it is called with."""

    row: Loss
    function: Any
    options: dict[str, Any]

    @property
    def categorical(self) -> bool:
        """Whether the classes lie along axis 1."""
        return self.row.contract.family is Family.CATEGORICAL

    def axis(self, dimensions: int) -> int:
        """The axis of the classes, of an output with so many."""
        return 1 if self.categorical and dimensions > 1 else -1

    def compute(self, labels: Any, output: Any) -> Any:
        """The loss as the program calls it."""
        named = {self.row.prediction.name: output, self.row.target.name: labels}
        return self.function(**named, **self.options)


def row_of(function: Any) -> Loss | None:
    """The row of a loss, None if there is none."""
    if isinstance(function, torch.nn.Module):
        home = type(function).__module__.startswith("torch.")
        row = lookup(f"torch.nn.{type(function).__name__}") if home else None
    else:
        row = lookup(f"torch.nn.functional.{getattr(function, '__name__', '')}")
    return row if isinstance(row, Loss) else None


def loss_of_call(row: Loss, function: Any, args: tuple[Any, ...], named: dict[str, Any]) -> LossCall | None:
    """The loss that is called, None if it needs more than labels.  Raises Depends where an option is made up."""
    options = {key: value for key, value in named.items() if key not in (row.prediction.name, row.target.name)}
    asked = function.forward if isinstance(function, torch.nn.Module) else function
    others = list(inspect.signature(asked).parameters.values())[2:]
    if any(one.default is one.empty and one.kind not in _STARRED for one in others):
        return None
    options |= dict(zip((one.name for one in others), args[2:], strict=False))
    own = vars(function) if isinstance(function, torch.nn.Module) else {}
    made = next((value for value in (*options.values(), *own.values()) if isinstance(value, Made)), None)
    if made is not None:
        raise Depends(made.source)
    return LossCall(row, function, options)


def prediction_of(row: Loss | None, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What is handed to a loss as its prediction; the first of its arguments where it is not known."""
    return _argument(("input", 0) if row is None else (row.prediction.name, row.prediction.index or 0), args, named)


def labels_of(row: Loss | None, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What is handed to a loss as its labels; the second of its arguments where it is not known."""
    return _argument(("target", 1) if row is None else (row.target.name, row.target.index or 0), args, named)


def _argument(parameter: tuple[str, int], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    name, index = parameter
    if name in named:
        return named[name]
    return args[index] if index < len(args) else None


def labels_for(loss: LossCall, output: Any, random: np.random.Generator) -> Any:
    """Labels of the form that a loss takes, for an output."""
    shape = tuple(output.shape)
    axis = loss.axis(len(shape))
    if loss.categorical:
        units = shape[axis]
        rest = shape[:axis] + shape[axis + 1 :] if axis > 0 else shape[:-1]
        return torch.from_numpy(random.integers(0, units, rest))
    if loss.row.contract.expects is Expects.LOG_PROBABILITIES:
        return torch.softmax(torch.from_numpy(random.normal(size=shape).astype("float32")), -1)
    return torch.from_numpy(random.integers(0, 2, shape).astype("float32"))


def converting(name: str) -> Convert:
    """The function of this name, from an output and its class axis."""
    return _FUNCTIONS[name]


_FUNCTIONS: dict[str, Convert] = {
    "log": lambda output, axis: torch.log(output.clamp_min(_TINY)),
    "log_softmax": lambda output, axis: torch.log_softmax(output, axis),
    "logit": lambda output, axis: torch.logit(output, _TINY),
    "sigmoid": lambda output, axis: torch.sigmoid(output),
    "exp": lambda output, axis: output.exp(),
}

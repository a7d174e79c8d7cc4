"""The loss at the place: as the program calls it, told the other way round, and as it should be."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from flake8_logits.verify.child.made import Depends, Made

Array = np.ndarray[Any, Any]
_LABELS = ("y_true", "target", "labels", "onehot_labels", "multi_class_labels", "targets")
_PREDICTIONS = ("y_pred", "output", "logits", "predictions")
_OPTIONS = ("from_logits", "label_smoothing", "axis", "alpha", "gamma", "apply_class_balancing", "pos_weight")
_STARRED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_TINY = 1e-7


@dataclass
class LossCall:
    """A loss as a function of labels and predictions alone.

    ``name`` is lower case; ``flipped`` is the same loss told the other way round, None where it has no switch;
    ``axis`` is where it looks for the classes.
    """

    name: str
    compute: Callable[[Any, Any], Any]
    flipped: Callable[[Any, Any], Any] | None
    told: bool | None
    is_object: bool = False
    axis: int = -1

    @property
    def sparse(self) -> bool:
        """Whether labels are numbers of classes."""
        return "sparse" in self.name

    @property
    def binary(self) -> bool:
        """Whether each unit has a label of its own."""
        return "binary" in self.name or "sigmoid" in self.name


def loss_of_compile(loss: Any, head: str, outputs: int, names: list[str]) -> LossCall:
    """The loss that ``compile`` was given for one output.  Raises LookupError if there is none for it."""
    if isinstance(loss, dict) and "class_name" not in loss:
        loss = loss[head] if head in loss else next(iter(loss.values())) if outputs == 1 else loss[names[int(head)]]
    elif isinstance(loss, (list, tuple)):
        index = int(head) if head.isdigit() else names.index(head) if head in names else 0
        loss = loss[index]
    if isinstance(loss, Made):
        raise Depends(loss.source)
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    import keras

    given = keras.losses.get(loss)
    if given is None:
        raise LookupError("there is no loss for this output")
    return loss_of_call(given, (), {})


def loss_of_call(function: Any, args: tuple[Any, ...], named: dict[str, Any]) -> LossCall:
    """The loss that is called, with the options that it is called with."""
    name = _name(function)
    options = {key: value for key, value in named.items() if key in _OPTIONS}
    positional = dict(zip(_positional(function), args, strict=False))
    options |= {key: value for key, value in positional.items() if key in _OPTIONS}
    switch = options.get("from_logits", getattr(function, "from_logits", None))
    made = next((value for value in (*options.values(), switch) if isinstance(value, Made)), None)
    if made is not None:
        raise Depends(made.source)
    labels, prediction = _parameter(function, _LABELS), _parameter(function, _PREDICTIONS)

    def call(target: Any, told: dict[str, Any]) -> Callable[[Any, Any], Any]:
        def compute(y_true: Any, y_pred: Any) -> Any:
            if labels and prediction:
                return target(**{labels: y_true, prediction: y_pred}, **told)
            return target(y_true, y_pred, **told)

        return compute

    flipped: Callable[[Any, Any], Any] | None = None
    told = None if switch is None else bool(switch)
    if hasattr(function, "from_logits") and hasattr(function, "get_config"):
        config = {**function.get_config(), "from_logits": not told}
        flipped = call(type(function).from_config(config), {})
    elif "from_logits" in _positional(function):
        told = bool(switch)
        flipped = call(function, {**options, "from_logits": not told})
    axis = options.get("axis", getattr(function, "axis", None))
    return LossCall(
        name,
        call(function, options),
        flipped,
        told,
        hasattr(function, "get_config"),
        axis if type(axis) is int else -1,
    )


def needs_more(function: Any) -> bool:
    """Whether a loss cannot be called with labels and predictions alone, as where it must be told their lengths."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    asked = [one for one in parameters if one.default is one.empty and one.kind not in _STARRED]
    return any(one.name not in (*_LABELS, *_PREDICTIONS) for one in asked) and len(asked) > 2


def prediction_of(function: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What is handed to a loss as its prediction.  Raises LookupError where that cannot be told."""
    return _argument(function, args, named, _PREDICTIONS, 1)


def labels_of(function: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What is handed to a loss as its labels.  Raises LookupError where that cannot be told."""
    return _argument(function, args, named, _LABELS, 0)


def _argument(
    function: Any, args: tuple[Any, ...], named: dict[str, Any], names: tuple[str, ...], otherwise: int
) -> Any:
    for name in names:
        if name in named:
            return named[name]
    order = _positional(function)
    index = next((order.index(name) for name in names if name in order), otherwise)
    if index < len(args):
        return args[index]
    raise LookupError(f"the {names[0]} among the loss's arguments could not be told")


def _positional(function: Any) -> list[str]:
    asked = function
    if not inspect.isroutine(function) and not isinstance(function, type):
        asked = type(function).__call__.__get__(function)
    try:
        return list(inspect.signature(asked).parameters)
    except (TypeError, ValueError):
        return []


def _parameter(function: Any, names: tuple[str, ...]) -> str:
    order = _positional(function)
    return next((name for name in names if name in order), "")


def _name(function: Any) -> str:
    own = getattr(function, "__name__", "") or type(function).__name__
    return str(own).lower()


def labels_for(loss: LossCall, scale: str, shape: tuple[int, ...], random: np.random.Generator) -> Array:
    """Labels of the form that the loss takes, for predictions of a shape and scale."""
    axis = loss.axis if -len(shape) <= loss.axis < len(shape) else -1
    units, others = shape[axis], tuple(np.delete(shape, axis))
    if loss.sparse:
        return random.integers(0, units, others).astype("int32")
    if units == 1 or (loss.binary and scale != "softmax") or scale == "sigmoid":
        return random.integers(0, 2, shape).astype("float32")
    return np.moveaxis(np.eye(units, dtype="float32")[random.integers(0, units, others)], -1, axis)


class Right:
    """The right losses, written out: what each kind of output should be held against."""

    def __init__(self) -> None:
        import keras

        self.ops = getattr(keras, "ops", None) or _TensorFlowOps()

    def softmax(self, labels: Any, probabilities: Any) -> Any:
        """Cross-entropy of a distribution; labels are numbers of classes or one-hot."""
        logs = self.ops.log(self.ops.clip(self.ops.cast(probabilities, "float32"), _TINY, 1.0))
        return -self.ops.mean(self.ops.sum(self._one_hot(labels, probabilities) * logs, axis=-1))

    def sigmoid(self, labels: Any, probabilities: Any) -> Any:
        """Cross-entropy of each unit."""
        p = self.ops.clip(self.ops.cast(probabilities, "float32"), _TINY, 1.0 - _TINY)
        y = self._one_hot(labels, probabilities)
        return -self.ops.mean(y * self.ops.log(p) + (1.0 - y) * self.ops.log(1.0 - p))

    def categorical_logits(self, labels: Any, logits: Any) -> Any:
        """Cross-entropy of logits over classes."""
        logits = self.ops.cast(logits, "float32")
        return -self.ops.mean(self.ops.sum(self._one_hot(labels, logits) * self.ops.log_softmax(logits), axis=-1))

    def binary_logits(self, labels: Any, logits: Any) -> Any:
        """Cross-entropy of one logit per unit."""
        logits = self.ops.cast(logits, "float32")
        return self.ops.mean(self.ops.softplus(logits) - self._one_hot(labels, logits) * logits)

    def _one_hot(self, labels: Any, like: Any) -> Any:
        if len(labels.shape) < len(like.shape):
            labels = self.ops.one_hot(labels, int(like.shape[-1]))
        return self.ops.cast(labels, "float32")


class _TensorFlowOps:
    """The few operations that are needed, where Keras is too old to have its own."""

    def __getattr__(self, name: str) -> Any:
        import tensorflow as tf

        named = {
            "log": tf.math.log, "clip": tf.clip_by_value, "sum": tf.reduce_sum, "mean": tf.reduce_mean,
            "log_softmax": tf.nn.log_softmax, "softplus": tf.nn.softplus, "one_hot": tf.one_hot, "cast": tf.cast,
            "convert_to_tensor": tf.convert_to_tensor,
        }  # fmt: skip
        return named[name]

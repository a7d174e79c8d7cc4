"""What makes one tensor of several: Keras' merge layers and functions, TensorFlow's and numpy's concatenations."""

from __future__ import annotations

from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, EVERYTHING, EXTREMA, JOINED, MULTIPLIED, RESCALED
from flake8_logits.knowledge.rows import Along, Layer, Merges, Operation, Parameter

_INPUTS = Parameter("inputs", 0)


def _merge(
    class_name: str, function: str, scales: frozenset[Scale], kind: StepKind = StepKind.OTHER
) -> tuple[Layer | Operation, ...]:
    effect = Merges(scales)
    return (
        Layer(f"keras.layers.{class_name}", effect, kind=kind),
        Operation(f"keras.layers.{function}", effect, _INPUTS, kind=kind),
    )


def _joined(axis: Parameter | None) -> Merges:
    return Merges(JOINED, side_by_side=True, axis=axis)


# Of vectors of unit length it is a cosine.
_DOT = Merges(RESCALED, Along(Parameter("normalize", None, False), frozenset({False}), every=True))

_FIRST = Parameter("axis", 1, 0)
_LAST = Parameter("axis", 1, -1)

_KERAS_LAYERS = (
    *_merge("Average", "average", AVERAGED),
    *_merge("Add", "add", RESCALED),
    *_merge("Subtract", "subtract", RESCALED),
    *_merge("Multiply", "multiply", MULTIPLIED, StepKind.PRODUCT),
    *_merge("Maximum", "maximum", EXTREMA),
    *_merge("Minimum", "minimum", EXTREMA),
    Layer("keras.layers.Concatenate", _joined(Parameter("axis", 0, -1))),
    Operation("keras.layers.concatenate", _joined(_LAST), _INPUTS),
    Layer("keras.layers.Dot", _DOT, kind=StepKind.PRODUCT),
    Operation("keras.layers.dot", _DOT, _INPUTS, kind=StepKind.PRODUCT),
)

_STACKED_UP = _joined(None)
_SIDE_BY_SIDE = (
    Operation("tensorflow.concat", _joined(Parameter("axis", 1)), Parameter("values", 0)),
    Operation("keras.ops.concatenate", _joined(_FIRST), Parameter("xs", 0)),
    Operation("keras.ops.hstack", _STACKED_UP, Parameter("xs", 0)),
    Operation("keras.ops.vstack", _STACKED_UP, Parameter("xs", 0)),
    Operation("keras.backend.concatenate", _joined(_LAST), Parameter("tensors", 0)),
    Operation("numpy.concatenate", _joined(_FIRST), Parameter("arrays", 0)),
    Operation("numpy.hstack", _STACKED_UP, Parameter("tup", 0)),
    Operation("numpy.vstack", _STACKED_UP, Parameter("tup", 0)),
)

# The new axis comes first unless the program says otherwise, so each distribution stays whole.
_STACK = Merges(EVERYTHING, Along(Parameter("axis", 1, 0), frozenset({0, 1})))
_STACKED = (
    Operation("tensorflow.stack", _STACK, Parameter("values", 0)),
    Operation("keras.ops.stack", _STACK, Parameter("x", 0)),
    Operation("keras.backend.stack", _STACK, Parameter("x", 0)),
    Operation("numpy.stack", _STACK, Parameter("arrays", 0)),
)

_SUMS = (Operation("tensorflow.add_n", Merges(RESCALED), Parameter("inputs", 0)),)

ROWS: tuple[Layer | Operation, ...] = (*_KERAS_LAYERS, *_SIDE_BY_SIDE, *_STACKED, *_SUMS)

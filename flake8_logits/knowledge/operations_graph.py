"""Layers of TensorFlow 1, which are functions: ``tf.layers``, ``tf.contrib.layers`` (today ``tf_slim``), TFLearn's."""

from __future__ import annotations

from flake8_logits.domain.scales import Rescue
from flake8_logits.domain.steps import StepKind
from flake8_logits.knowledge.preserved import AVERAGED, DROPPED, EACH_NUMBER, EVERYTHING, RESCALED
from flake8_logits.knowledge.rows import Activates, Effect, Keeps, LastAxis, Loses, Operation, Parameter, Weighted

_INPUTS = Parameter("inputs", 0)


def _layer(name: str, effect: Effect, kind: StepKind = StepKind.OTHER) -> Operation:
    return Operation(f"tensorflow.compat.v1.layers.{name}", effect, _INPUTS, kind=kind)


def _slim(name: str, effect: Effect, kind: StepKind = StepKind.OTHER) -> Operation:
    return Operation(f"tf_slim.{name}", effect, _INPUTS, kind=kind)


def _convolution(activation: int) -> Weighted:
    return Weighted(Parameter("activation", activation), Parameter("filters", 1))


def _slim_convolution(activation: int) -> Weighted:
    return Weighted(Parameter("activation_fn", activation, "relu"), Parameter("num_outputs", 1))


_TF_LAYERS = (
    _layer("dense", Weighted(Parameter("activation", 2), Parameter("units", 1))),
    _layer("conv1d", _convolution(7)),
    _layer("conv2d", _convolution(7)),
    _layer("conv3d", _convolution(7)),
    _layer("separable_conv1d", _convolution(8)),
    _layer("separable_conv2d", _convolution(8)),
    _layer("conv2d_transpose", _convolution(6)),
    _layer("conv3d_transpose", _convolution(6)),
    _layer("flatten", Keeps(EVERYTHING, last=LastAxis.MOVES), StepKind.RESHAPE),
    _layer("dropout", Keeps(DROPPED), StepKind.NOISE),
    _layer("batch_normalization", Keeps(RESCALED), StepKind.NORMALISATION),
    *(_layer(f"average_pooling{n}d", Keeps(AVERAGED)) for n in "123"),
    *(_layer(f"max_pooling{n}d", Keeps(EACH_NUMBER)) for n in "123"),
)

_LINEAR = Weighted(None, Parameter("num_outputs", 1))

# Outside an ``arg_scope`` these end in relu unless told otherwise.
_SLIM_LAYERS = (
    _slim("fully_connected", Weighted(Parameter("activation_fn", 2, "relu"), Parameter("num_outputs", 1))),
    _slim("linear", _LINEAR),
    _slim("conv1d", _slim_convolution(7)),
    _slim("conv2d", _slim_convolution(7)),
    _slim("conv3d", _slim_convolution(7)),
    _slim("conv2d_transpose", _slim_convolution(6)),
    _slim("conv3d_transpose", _slim_convolution(6)),
    _slim("separable_conv2d", _slim_convolution(8)),
    _slim("flatten", Keeps(EVERYTHING, last=LastAxis.MOVES), StepKind.RESHAPE),
    _slim("dropout", Keeps(DROPPED), StepKind.NOISE),
    _slim("batch_norm", Loses("it may end in an activation of its own")),
    _slim("layer_norm", Loses("it may end in an activation of its own")),
    _slim("avg_pool2d", Keeps(AVERAGED)),
    _slim("avg_pool3d", Keeps(AVERAGED)),
    _slim("max_pool2d", Keeps(EACH_NUMBER)),
    _slim("max_pool3d", Keeps(EACH_NUMBER)),
    Operation("tf_slim.softmax", Activates("keras.activations.softmax", rescue=Rescue.NEVER), Parameter("logits", 0)),
)

_TFLEARN = (
    Operation(
        "tflearn.fully_connected",
        Weighted(Parameter("activation", 2, "linear"), Parameter("n_units", 1)),
        Parameter("incoming", 0),
        source="tflearn 0.5",
    ),
)

ROWS: tuple[Operation, ...] = (*_TF_LAYERS, *_SLIM_LAYERS, *_TFLEARN)

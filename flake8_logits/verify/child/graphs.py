"""The last operation of an output's graph that decides its scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PASSING = frozenset(
    {"Identity", "IdentityN", "Reshape", "Cast", "Squeeze", "ExpandDims", "StopGradient", "PreventGradient",
     "CheckNumerics", "EnsureShape", "Transpose", "StridedSlice", "Snapshot"}
)  # fmt: skip
DECIDING = {
    "Softmax": "softmax", "LogSoftmax": "log_softmax", "Sigmoid": "sigmoid", "Relu": "relu", "Relu6": "relu6",
    "Tanh": "tanh", "Softplus": "softplus", "Softsign": "softsign", "Elu": "elu", "Selu": "selu",
    "LeakyRelu": "leaky_relu",
    "BiasAdd": "linear", "MatMul": "linear", "BatchMatMulV2": "linear", "Conv2D": "linear", "Conv1D": "linear",
    "Conv3D": "linear", "Einsum": "linear", "Conv2DBackpropInput": "linear",
}  # fmt: skip
"""TensorFlow's operations, and the words of Keras for them; ``linear`` leaves numbers without bounds."""
ACTIVATIONS = frozenset({"softmax", "sigmoid", "log_softmax", "relu", "relu6", "tanh", "softplus", "softsign", "elu",
                         "selu", "leaky_relu", "linear"})  # fmt: skip
_STEPS = 40


def deciding_operation(function: Callable[[Any], Any], inputs: Any) -> str:
    """The word for what decides the scale of a TensorFlow function's output; empty if the graph does not show it."""
    import tensorflow as tf

    eagerly = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(False)
    try:
        graph = tf.function(function).get_concrete_function(inputs)
        tensor = graph.outputs[0]
    except Exception:
        return ""
    finally:
        tf.config.run_functions_eagerly(eagerly)
    for _ in range(_STEPS):
        operation = tensor.op
        if operation.type in DECIDING:
            return DECIDING[operation.type]
        if operation.type == "AddV2" and any(one.op.type in ("MatMul", "BiasAdd") for one in operation.inputs):
            return "linear"
        if operation.type not in PASSING or not operation.inputs:
            return ""
        tensor = operation.inputs[0]
    return ""


def deciding_layer(model: Any) -> str:
    """The same from the layers that made a Keras model's output, for backends that have no graph to look at."""
    outputs = getattr(model, "outputs", None)
    history = getattr(outputs[0], "_keras_history", None) if outputs else None
    operation = getattr(history, "operation", None) or (history[0] if history else None)
    for _ in range(_STEPS):
        if operation is None:
            return ""
        inner = getattr(operation, "outputs", None)
        if inner and hasattr(operation, "layers"):
            operation = inner[0]._keras_history[0]
            continue
        activation = getattr(operation, "activation", None)
        name = getattr(activation, "__name__", "") or type(operation).__name__.lower()
        return name if name in ACTIVATIONS else ""
    return ""

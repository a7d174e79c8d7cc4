"""The last operation of an output's graph that decides its scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_logits.verify.child.made import Depends, is_programs
from flake8_logits.verify.child.methods import provider_in

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
_ACTIVATED = ("Dense", "Activation", *(f"Conv{axes}D{how}" for axes in (1, 2, 3) for how in ("", "Transpose")))
"""How the names of those layers end whose activation is the last that they do: a recurrent one goes on from there."""
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


def deciding_layer(function: Callable[[Any], Any], inputs: Any) -> str:
    """The same from the layers that made the output of a Keras function, for backends without a graph to look at.

    What the program's own layers do is not seen, whatever they are called.
    """
    import keras

    try:
        tensor = function(keras.tree.map_structure(_of_its_form, inputs))
    except (Exception, Depends):
        return ""
    for _ in range(_STEPS):
        operation, node, place = getattr(tensor, "_keras_history", None) or (None, 0, 0)
        if operation is None or is_programs(provider_in(type(operation).__mro__, "call")):
            return ""
        word = _word_of(operation)
        if word:
            return word
        within = getattr(operation, "outputs", None) if hasattr(operation, "layers") else None
        if within:
            tensor = within[place]
        elif _kind_of(operation) == "Activation":  # which hands on what it is given
            tensor = operation._inbound_nodes[node].input_tensors[0]
        else:
            return ""
    return ""


def _of_its_form(array: Any) -> Any:
    import keras

    return keras.KerasTensor(tuple(array.shape), str(array.dtype))


def _kind_of(operation: Any) -> str:
    """The name of the class of Keras that a layer is of."""
    return next((cls.__name__ for cls in type(operation).__mro__ if not is_programs(cls)), "")


def _word_of(operation: Any) -> str:
    """The word for what a layer of Keras does last; empty where it does something else, or nothing."""
    kind = _kind_of(operation)
    if not kind.endswith(_ACTIVATED):
        return kind.lower() if kind.lower() in ACTIVATIONS else ""
    activation = getattr(operation, "activation", None)
    name = str(getattr(activation, "__name__", ""))
    known = name in ACTIVATIONS and str(getattr(activation, "__module__", "")).startswith("keras.")
    return name if known and (kind, name) != ("Activation", "linear") else ""

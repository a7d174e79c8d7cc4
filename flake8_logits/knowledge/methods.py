"""Methods of models, layers and tensors whose names alone say what they do."""

from __future__ import annotations

TRAINING_METHODS = frozenset(
    {"fit", "fit_generator", "train_on_batch", "train_step", "evaluate", "evaluate_generator", "test_on_batch"}
)
"""Methods of a Keras model that use the loss it was compiled with."""

LOSS_METHODS = frozenset({"compute_loss", "compiled_loss"})
"""Methods of a Keras model that apply the loss it was compiled with to what it gives."""

CALLBACK_METHODS = frozenset({"set_model"})
"""Methods of a Keras callback that are handed a model and neither train nor change it."""

WEIGHT_METHODS = frozenset({"add_weight", "add_variable"})
"""Methods of a Keras layer that give it a weight."""

LAYER_CALLS = frozenset({"__call__", "call", "apply"})
"""Methods of a layer that call it; ``apply`` is TensorFlow 1's word for it."""

SAME_NUMBERS = frozenset({"numpy", "copy", "read_value", "value"})
"""Methods of a tensor that give the same numbers, outside the graph."""

LIKE_FUNCTIONS = {
    "astype": "tensorflow.cast",
    "squeeze": "numpy.squeeze",
    "reshape": "numpy.reshape",
    "flatten": "keras.backend.batch_flatten",
    "ravel": "keras.backend.batch_flatten",
    "sum": "numpy.sum",
    "argmax": "numpy.argmax",
}
"""Methods of a tensor that do what a function does; what is flattened is one sample more often than a batch."""

_CHANGE_LISTS = frozenset({"append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort"})


def changes_lists(method: str) -> bool:
    """Whether a method of a list changes it."""
    return method in _CHANGE_LISTS

"""Methods of models, layers and tensors whose names alone say what they do."""

from __future__ import annotations

TRAINING_METHODS = frozenset(
    {"fit", "fit_generator", "train_on_batch", "train_step", "evaluate", "evaluate_generator", "test_on_batch"}
)
"""Methods of a Keras model that use the loss it was compiled with."""

LABELLED_METHODS = frozenset({"fit", "train_on_batch", "evaluate", "test_on_batch"})
"""Those of them that are given data and labels as ``x`` and ``y``."""

LOSS_METHODS = frozenset({"compute_loss", "compiled_loss"})
"""Methods of a Keras model that apply the loss it was compiled with to what it gives."""

CALLBACK_METHODS = frozenset({"set_model"})
"""Methods of a Keras callback that are handed a model and neither train nor change it."""

WEIGHT_METHODS = frozenset({"add_weight", "add_variable"})
"""Methods of a Keras layer that give it a weight."""

CALL = "call"
"""The method of a layer of Keras that calling it calls."""
LAYER_CALLS = frozenset({"__call__", "call", "apply"})
"""Methods of a layer that call it; ``apply`` is TensorFlow 1's word for it."""

SAME_NUMBERS = frozenset({"numpy", "copy", "read_value", "value"})
"""Methods of a tensor that give the same numbers, outside the graph."""

STILL_TENSORS = frozenset(
    [
        "clone",
        "contiguous",
        "cpu",
        "cuda",
        "detach",
        "double",
        "float",
        "half",
        "requires_grad_",
        "to",
        "type",
        "type_as",
    ]
)
"""Methods of a PyTorch tensor that give the same numbers in a tensor."""

AS_A_NUMBER = "item"
"""The method that gives the one number that a tensor holds."""

LIKE_FUNCTIONS = {
    "astype": "tensorflow.cast",
    "squeeze": "numpy.squeeze",
    "reshape": "numpy.reshape",
    "flatten": "keras.backend.batch_flatten",
    "ravel": "keras.backend.batch_flatten",
    "sum": "numpy.sum",
    "view": "numpy.reshape",
    "argmax": "numpy.argmax",
}
"""Methods of a tensor that do what a function does; what is flattened is one sample more often than a batch."""

_EXTREMES = {"max": "numpy.max", "min": "numpy.min"}


def like_extreme(method: str, dim: bool) -> str | None:
    """The function that gives the largest or smallest number as a method does; None for any other method.

    ``dim`` says that it is given an axis in a place or by a name that means it in PyTorch, where places come with it.
    """
    return None if dim else _EXTREMES.get(method)


def like_function(method: str) -> str:
    """The function of PyTorch that does what a method of its tensors does; in place it ends in an underscore."""
    return f"torch.{method.removesuffix('_')}"


WITH_PLACES = {"torch.max": "torch.amax", "torch.min": "torch.amin"}
"""Functions of PyTorch that give, along an axis, the largest or smallest numbers and where they are.

Each with the function that gives the numbers alone.
"""

PLACED = ("values", "indices")
"""The names of the two."""

PARTING = frozenset({"chunk", "split", "tensor_split", "unbind"})
"""Methods of a PyTorch tensor that cut it into parts."""

COMPARING = {
    "ge": ">=",
    "greater": ">",
    "greater_equal": ">=",
    "gt": ">",
    "le": "<=",
    "less": "<",
    "less_equal": "<=",
    "lt": "<",
}
"""Methods of a PyTorch tensor and functions of ``torch`` that compare, each with its operator."""

ROUNDING = frozenset({"round", "round_"})
"""Methods of a tensor or an array that round its numbers."""

LOGARITHMS = frozenset({"log", "log_", "logsumexp"})
"""Methods of a PyTorch tensor that take its logarithm."""

LARGEST = frozenset({"argmax"})
"""Methods of a tensor or an array that say where the largest number stands."""

ACTIVATING = frozenset({"softmax", "log_softmax", "sigmoid", "sigmoid_", "tanh", "relu", "relu_"})
"""Methods of a PyTorch tensor that are an activation."""

OVER_AN_AXIS = frozenset({"softmax", "log_softmax"})
"""Those that must be told of an axis."""

TURNED = frozenset({"t", "transpose", "permute", "view", "reshape", "squeeze", "unsqueeze", "requires_grad_"})
"""Methods of a tensor that leave weights weights."""

MODULE_ITSELF = frozenset(
    [
        "to",
        "cuda",
        "cpu",
        "xpu",
        "ipu",
        "half",
        "float",
        "double",
        "bfloat16",
        "type",
        "requires_grad_",
        "apply",
        "share_memory",
        "to_empty",
    ]
)
"""Methods of a PyTorch module that give the module back, moved or converted."""

EVAL = "eval"
SETS_MODE = frozenset({"train", EVAL})
"""Methods of a PyTorch module that put it and its parts into another mode, and give it back."""

WRAPPED = frozenset({"module", "_orig_mod"})
"""Where wrappers keep the PyTorch module that they wrap."""

REWRITTEN = "recompile"
"""The method of a traced PyTorch module by which it does what its graph says by then."""

ADDS_MODULE = frozenset({"add_module", "register_module"})
"""Methods of a PyTorch module that give it a part under a name."""

TRAINING = "training"
"""Whether a PyTorch module is in training mode."""

FORWARD = "forward"
"""The method of a PyTorch module that calling it calls."""

CALL_IT = frozenset({FORWARD, "__call__"})
"""Methods of a PyTorch module that call it."""

_CHANGE_LISTS = frozenset({"append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort"})


def changes_lists(method: str) -> bool:
    """Whether a method of a list changes it."""
    return method in _CHANGE_LISTS


_LOOK = frozenset(
    ["copy", "count", "difference", "elements", "fromkeys", "get", "index", "intersection", "isdisjoint", "issubset"]
    + ["issuperset", "items", "join", "keys", "most_common", "symmetric_difference", "total", "union", "values"]
    + ["__contains__", "__eq__", "__format__", "__ge__", "__getitem__", "__gt__", "__iter__", "__le__", "__len__"]
    + ["__lt__", "__ne__", "__or__", "__repr__", "__reversed__", "__str__"]
)


def looks_at_container(method: str) -> bool:
    """Whether a method of lists, sets, dicts and what derives from them leaves them as they are."""
    return method in _LOOK


HOOKS_OUTPUT = "register_forward_hook"
HOOKS_INPUT = "register_forward_pre_hook"
"""Methods of a PyTorch module by which a function is called after and before it; what that returns takes the place
of what the module gives, and is given."""
HOOKS_OF_ALL = tuple(f"torch.nn.register_module_forward_{hook}" for hook in ("hook", "pre_hook"))
"""Functions of PyTorch that do the same to all modules."""

RUNS_ON_PARTS = "apply"
"""The method of a PyTorch module that calls a function with each of its parts, and with itself."""

PARTS_BY_NAME = "_modules"
"""Where a PyTorch module keeps its parts."""

KEEPS_LAYERS = frozenset({"_layers", "_self_tracked_trackables"})
"""Where a Keras model keeps its layers: who reads it may change them."""
REWIRES = KEEPS_LAYERS | {"_functional", "_output_layers", "layers", "output", "outputs"}
"""Attributes of a Keras model of which one that is set changes what it gives, or may."""

GIVES_PARTS = {
    "children": (False, False),
    "named_children": (False, True),
    "modules": (True, False),
    "named_modules": (True, True),
}
"""Methods that give the parts of a PyTorch module: whether theirs too, behind itself, and whether with their names."""

SETS_PART = "set_submodule"
GETS_PART = "get_submodule"
"""Methods of a PyTorch module that set and give a part by its dotted name."""

"""What autograd knows of an output: the last operation that decides its scale, and the weights behind it."""

from __future__ import annotations

from typing import Any

_PASSING = frozenset(
    {"View", "UnsafeView", "ReshapeAlias", "Squeeze", "Unsqueeze", "T", "Transpose", "Permute", "Clone", "ToCopy",
     "Expand", "Select", "Slice", "Index", "Alias", "Flatten"}
)  # fmt: skip
_DECIDING = {
    "Softmax": "softmax", "LogSoftmax": "log_softmax", "Sigmoid": "sigmoid", "LogSigmoid": "softplus", "Relu": "relu",
    "Tanh": "tanh", "Softplus": "softplus", "Elu": "elu", "LeakyRelu": "leaky_relu",
    "Addmm": "linear", "Mm": "linear", "Bmm": "linear", "Baddbmm": "linear", "Convolution": "linear", "Mv": "linear",
    "Addbmm": "linear",
}  # fmt: skip
"""Autograd's nodes without ``Backward``, and the words of Keras for them; ``linear`` leaves numbers without bounds."""
_STEPS = 40


def deciding_operation(tensor: Any) -> str:
    """The word for what decides the scale of a tensor; empty if autograd does not show it."""
    node = tensor.grad_fn
    for _ in range(_STEPS):
        if node is None:
            return ""
        name = _name(node)
        if name in _DECIDING:
            return _DECIDING[name]
        before = [one for one, _ in node.next_functions if one is not None]
        if name == "Add" and any(_DECIDING.get(_name(_through(one))) == "linear" for one in before):
            return "linear"
        if name not in _PASSING or not before:
            return ""
        node = before[0]
    return ""


def _through(node: Any) -> Any:
    """The node behind those that only give another form."""
    for _ in range(_STEPS):
        if _name(node) not in _PASSING or not node.next_functions or node.next_functions[0][0] is None:
            break
        node = node.next_functions[0][0]
    return node


def _name(node: Any) -> str:
    return str(type(node).__name__).partition("Backward")[0]


def weights_behind(tensor: Any) -> list[Any]:
    """The weights that a tensor was computed from."""
    found: dict[int, Any] = {}
    seen: set[Any] = set()
    todo = [tensor.grad_fn]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        weight = getattr(node, "variable", None)
        if weight is not None:
            found[id(weight)] = weight
        todo.extend(one for one, _ in node.next_functions)
    return list(found.values())

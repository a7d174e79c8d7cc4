"""Functions that cut a tensor into parts along an axis."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

_SECOND = Parameter("dim", 2, 0)

PARTS: dict[str, Parameter] = {
    "torch.chunk": _SECOND,
    "torch.split": _SECOND,
    "torch.tensor_split": _SECOND,
    "torch.unbind": Parameter("dim", 1, 0),
    "jax.numpy.split": Parameter("axis", 2, 0),
    "jax.numpy.array_split": Parameter("axis", 2, 0),
}
"""By canonical name: the parameter with the axis; the tensor comes first."""

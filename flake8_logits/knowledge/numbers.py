"""Numbers that no model gives: those that a program draws, lays out along a line, or writes down.

All of these make tensors, which nothing writes into later.
"""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

DRAWN = (
    "keras.backend.random_normal",
    "keras.random.normal",
    "keras.random.truncated_normal",
    "tensorflow.random.normal",
    "tensorflow.random.truncated_normal",
    "tensorflow.random_normal",
)
"""Functions that draw numbers of any size."""
SPACED = ("tensorflow.linspace", "tensorflow.lin_space")
"""Functions that lay numbers out from one end to another, which they are given first."""
WRITTEN = ("tensorflow.constant",)
"""Functions that make a tensor of the numbers they are given first."""
ENDS = (Parameter("start", 0), Parameter("stop", 1))
"""Between which those of SPACED lie."""
VALUE = Parameter("value", 0)
"""What those of WRITTEN are given."""

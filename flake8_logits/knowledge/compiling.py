"""What ``compile`` of a Keras model is given, and where."""

from __future__ import annotations

from typing import Final

from flake8_logits.knowledge.rows import Parameter

COMPILE: Final = "compile"
"""The method by which a model is told its loss."""
LOSS: Final = Parameter("loss", 1)
METRICS: Final = (Parameter("metrics", None), Parameter("weighted_metrics", None))
"""By keyword: their places differ in Keras 2 and 3."""
RUN_EAGERLY: Final = Parameter("run_eagerly", 5)
"""Has the methods that Keras makes a graph of run without one."""
JIT_COMPILE: Final = Parameter("jit_compile", None)
OF_COMPILE: Final = (LOSS, *METRICS, RUN_EAGERLY, JIT_COMPILE)
"""All of them."""

"""Find outputs and losses of Keras and TensorFlow models that disagree about logits and probabilities."""

import logging
from typing import TypeVar

T = TypeVar("T")

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())


def reveal_output(value: T) -> T:
    """Return the value: a program that asks what a model or tensor is can be run as it is.

    What it is, ``flake8-logits reveal`` and the language server say, at the place of the call.
    """
    return value

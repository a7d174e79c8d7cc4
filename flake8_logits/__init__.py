"""Find outputs and losses of Keras, TensorFlow, PyTorch and JAX models that disagree about logits and probabilities."""

import logging
from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())


def reveal_output(value: T) -> T:
    """Return the value: a program that asks what a model or tensor is can be run as it is.

    What it is, ``flake8-logits reveal`` and the language server say, at the place of the call.
    """
    return value


def load_ipython_extension(shell: Any) -> None:
    """Have IPython show after each cell what it brought; ``%load_ext flake8_logits`` calls this."""
    _ipython().watch(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Have IPython show nothing more; ``%unload_ext flake8_logits`` calls this."""
    _ipython().unwatch(shell)


def _ipython() -> Any:
    # By name, because the package itself stands below all of its rooms.
    return import_module("flake8_logits.frontends.ipython")

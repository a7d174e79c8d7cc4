"""The installed libraries, and what a rule says of a program."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.rules.registry import BY_CODE
from flake8_logits.source.documents import python_document

Said = Callable[..., str]


@pytest.fixture(scope="session")
def tf() -> Any:
    """The installed TensorFlow; without one, what asks for it is skipped."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("tensorflow")


@pytest.fixture(scope="session")
def keras(tf: Any) -> Any:
    """The installed Keras, on TensorFlow."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = pytest.importorskip("keras")
    if library.backend.backend() != "tensorflow":
        pytest.skip("these sentences speak of Keras on TensorFlow")
    library.utils.set_random_seed(1)
    return library


@pytest.fixture
def page() -> Said:
    """The words of a rule's page, on one line."""
    return lambda code: " ".join(BY_CODE[code].page.split())


@pytest.fixture
def said() -> Said:
    """What a rule says of a model with these layers, loss and metrics: the consequence, then the message."""

    def ask(code: str, layers: str, loss: str = "", metrics: str = "", more: str = "") -> str:
        program = f"""
import keras
import tensorflow as tf
from keras.layers import Activation, Dense, Dropout, Softmax

model = keras.Sequential([{layers}])
model.compile(loss={loss or "'mse'"}, metrics=[{metrics}])
{more}
"""
        found = analyse(python_document("program.py", program.encode())).diagnostics
        (said,) = [f"{one.consequence} {one.message}" for one in found if one.code == code]
        return said

    return ask

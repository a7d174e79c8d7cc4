"""The installed libraries, imported once and only by the tests that ask for them."""

from __future__ import annotations

import os
import warnings
from typing import Any

import pytest


@pytest.fixture(scope="session")
def tensorflow() -> Any:
    """The installed TensorFlow; without one, what asks for it is skipped."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("tensorflow")


@pytest.fixture(scope="session")
def keras(tensorflow: Any) -> Any:
    """The installed Keras, on TensorFlow."""
    library = pytest.importorskip("keras")
    if library.backend.backend() != "tensorflow":
        pytest.skip("the programs are written for Keras on TensorFlow")
    return library

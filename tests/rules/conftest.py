"""What a rule says of a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.rules.registry import BY_CODE
from flake8_logits.source.documents import python_document

Said = Callable[..., str]


@pytest.fixture(scope="session")
def tf(tensorflow: Any) -> Any:
    """TensorFlow, by the name that programs give it."""
    return tensorflow


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

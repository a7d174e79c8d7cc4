"""What Keras undoes and what it does not, row by row, on the installed TensorFlow, as the verifier finds out."""

from __future__ import annotations

import pytest

from flake8_logits.domain.verification import Answer
from tests.verify.conftest import Settle

HEAD = "import keras\nimport tensorflow as tf\nfrom keras import layers\n"
TRUE = "model.compile('adam', loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
START = "i = keras.Input((6,))\n"
END = "model = keras.Model(i, x)\n"
DENSE = "x = layers.Dense(4, activation='softmax')(i)\n"

PRODUCERS = {
    "Dense(act=str)": (DENSE, True),
    "Dense(act=keras.activations.fn)": ("x = layers.Dense(4, activation=keras.activations.softmax)(i)\n", True),
    "Dense(act=backend nn op)": ("x = layers.Dense(4, activation=tf.nn.softmax)(i)\n", True),
    "Dense(act=keras.ops.fn)": ("x = layers.Dense(4, activation=keras.ops.softmax)(i)\n", True),
    "Activation(str)": ("x = layers.Activation('softmax')(layers.Dense(4)(i))\n", True),
    "layers.Softmax()": ("x = layers.Softmax()(layers.Dense(4)(i))\n", True),
    "functional keras.ops": ("x = keras.ops.softmax(layers.Dense(4)(i))\n", True),
    "functional keras.activations": ("x = keras.activations.softmax(layers.Dense(4)(i))\n", True),
    "Lambda(backend nn op)": ("x = layers.Lambda(tf.nn.softmax)(layers.Dense(4)(i))\n", True),
    "Reshape": (DENSE + "x = layers.Reshape((4,))(x)\n", False),
    "Flatten": (DENSE + "x = layers.Flatten()(x)\n", False),
    "Dropout": (DENSE + "x = layers.Dropout(1e-6)(x)\n", False),
    "Activation(linear)": (DENSE + "x = layers.Activation('linear')(x)\n", True),
    "Identity": (DENSE + "x = layers.Identity()(x)\n", True),
    "Average of two heads": (DENSE + "x = layers.Average()([x, layers.Dense(4, activation='softmax')(i)])\n", False),
    "nested Model": (DENSE + "inner = keras.Model(i, x)\ni = keras.Input((6,))\nx = inner(i)\n", True),
    # The outer one is undone, so the loss is that of the output as it is; that it is flattened twice is another matter.
    "activation twice": (DENSE + "x = layers.Activation('softmax')(x)\n", True),
}
"""The rows of a functional model, and whether a loss told ``from_logits=True`` still finds the logits."""


@pytest.mark.parametrize("producer", PRODUCERS)
def test_functional_models(settle: Settle, producer: str) -> None:
    body, rescued = PRODUCERS[producer]
    found = [told for one, told in settle(HEAD + START + body + END + TRUE) if one.code == "LGT102"]
    assert len(found) == 1
    assert found[0].answer is (Answer.RESCUED if rescued else Answer.CONFIRMED), found[0].reason


LOSSES = {
    "keras.losses.CategoricalCrossentropy(from_logits=True)": ("softmax", True),
    "keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)": ("softmax", True),
    "keras.losses.SparseCategoricalCrossentropy(True)": ("softmax", True),
    "keras.losses.BinaryCrossentropy(from_logits=True)": ("sigmoid", True),
    "keras.losses.BinaryFocalCrossentropy(from_logits=True)": ("sigmoid", False),
    "keras.losses.CategoricalFocalCrossentropy(from_logits=True)": ("softmax", False),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_losses(settle: Settle, loss: str) -> None:
    activation, rescued = LOSSES[loss]
    text = f"model = keras.Sequential([keras.Input((6,)), layers.Dense(4, activation='{activation}')])\n"
    found = [told for one, told in settle(f"{HEAD}{text}model.compile('adam', loss={loss})\n") if one.code == "LGT102"]
    assert [told.answer for told in found] == [Answer.RESCUED if rescued else Answer.CONFIRMED], found


@pytest.mark.parametrize(
    ("shape", "answer"), [("(6,)", Answer.RESCUED), ("(5, 6)", Answer.INCONCLUSIVE)], ids=["rows", "sequences"]
)
@pytest.mark.parametrize(
    "read", ["model.compile('adam', loss={})", "{}(np.zeros((2, 1)), model(np.zeros((2, *shape))))"]
)
def test_what_is_undone_for_labels_of_one_shape_alone(settle: Settle, read: str, shape: str, answer: Answer) -> None:
    # Labels without the last axis have the loss take that from the output, and with it what it remembers.
    text = f"{HEAD}model = keras.Sequential([keras.Input({shape}), layers.Dense(1, activation='sigmoid')])\n"
    text = f"import numpy as np\nshape = {shape}\n{text}" + read.format(
        "keras.losses.BinaryCrossentropy(from_logits=True)"
    )
    found = [told for one, told in settle(text) if one.code == "LGT102"]
    assert [told.answer for told in found] == [answer], found


def test_bare_operation_is_undone_in_graphs_but_not_eagerly(settle: Settle) -> None:
    text = HEAD + START + "x = layers.Dense(4, activation=tf.nn.softmax)(i)\n" + END
    eager = TRUE.replace("'adam', ", "'adam', run_eagerly=True, ")
    in_graph = settle(text + TRUE)[0][1]
    assert in_graph.answer is Answer.RESCUED and "eagerly" in in_graph.reason
    assert settle(text + eager)[0][1].answer is Answer.CONFIRMED

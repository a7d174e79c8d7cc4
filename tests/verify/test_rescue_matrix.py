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


def test_program_that_has_functions_run_eagerly_is_told_so(settle: Settle) -> None:
    text = HEAD + "ASK" + START + "x = layers.Dense(4, activation=tf.nn.softmax)(i)\n" + END + TRUE
    asked = text.replace("ASK", "tf.config.run_functions_eagerly(True)\n")
    assert settle(asked)[0][1].answer is Answer.CONFIRMED
    taken_back = text.replace("ASK", "tf.config.run_functions_eagerly(not tf.config.functions_run_eagerly())\n")
    taken_back = taken_back.replace(TRUE, f"tf.config.run_functions_eagerly(False)\n{TRUE}")
    assert settle(taken_back)[0][1].answer is Answer.RESCUED


FUNCTIONS = {
    "of what is handed to a function": ("loss = graph(lambda y, p: told(y, p))(y, model(x))\n", False),
    "by a name": ("@graph\ndef step(y, p):\n    return told(y, p)\nloss = step(y, p=model(x))\n", False),
    "in a dictionary": (
        "@graph\ndef step(both):\n    return told(both['y'], both['p'])\nloss = step({'y': y, 'p': model(x)})\n", False
    ),
    "from one function to the other": (
        ("@graph\ndef of(y, p):\n    return told(y, p)\n@graph\ndef step(x, y):\n    return of(y, model(x))\n"
        "loss = step(x, y)\n"), False,
    ),
    "of what a function returns": ("@graph\ndef run(x):\n    return model(x)\nloss = told(y, run(x))\n", False),
    "within one": ("@graph\ndef step(x, y):\n    return told(y, model(x))\nloss = step(x, y)\n", True),
}  # fmt: skip
"""Losses of what a model gave, and whether they still find its logits: a function has tensors of its own."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_have_tensors_of_their_own(settle: Settle, name: str) -> None:
    text, rescued = FUNCTIONS[name]
    made = (
        "model = keras.Sequential([keras.Input((6,)), layers.Dense(1, activation='sigmoid')])\n"
        "told, graph = keras.losses.BinaryCrossentropy(from_logits=True), tf.function\n"
        "x, y = tf.ones((2, 6)), tf.ones((2, 1))\n"
    )
    found = [told.answer for one, told in settle(HEAD + made + text) if one.code == "LGT102"]
    assert found == [Answer.RESCUED if rescued else Answer.CONFIRMED]

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


NET = (
    "import numpy as np\nx, y = np.ones((2, 6), 'float32'), np.zeros(2)\n"
    "told = keras.losses.SparseCategoricalCrossentropy(from_logits=True)\nclass Net(keras.Model):\n"
    "    def __init__(self):\n        super().__init__()\n        self.inner = layers.Dense(4)\n"
    "    def call(self, x):\n        return tf.nn.softmax(self.inner(x))\n"
)
OF_NET = "    def loss_of(self, x, y):\n        return told(y, self(x))\n"
STEP = "    def train_step(self, data):\n        x, y = data\n        return {'loss': self.loss_of(x, y)}\n"
FITTED = f"{OF_NET}{STEP}net = Net()\nnet.compile('sgd'OPTION)\nLATERnet.fit(x, y)\n"
HELPED = "def loss_of(x, y):\n    return told(y, net(x))\n"
STEPS = {
    "a helper of a function": (
        f"net = Net()\n{HELPED}@tf.function\ndef step(x, y):\n    return loss_of(x, y)\nstep(x, y)", True
    ),
    "a function that is made of it": (f"net = Net()\n{HELPED}step = tf.function(loss_of)\nstep(x, y)", True),
    "one that is kept": (f"net = Net()\n{HELPED}steps = [tf.function(loss_of)]\nsteps[0](x, y)", True),
    "one of two that are kept": (
        f"net = Net()\n{HELPED}steps = {{'graph': tf.function(loss_of), 'plain': loss_of}}\nsteps['graph'](x, y)", True
    ),
    "the function behind a graph": (
        f"net = Net()\n@tf.function\n{HELPED}loss_of.python_function(x, y)", None
    ),
    "what a graph calls outside of itself": (
        (f"net = Net()\n{HELPED}@tf.function\ndef step(x, y):\n"
        "    return tf.py_function(loss_of, [x, y], tf.float32)\nstep(x, y)"), None,
    ),
    "what a lambda calls": (f"net = Net()\n{HELPED}step = tf.function(lambda x, y: loss_of(x, y))\nstep(x, y)", True),
    "what a data set does": (
        f"net = Net()\n{HELPED}rows = tf.data.Dataset.from_tensors((x, y)).map(loss_of)\nnext(iter(rows))", None
    ),
    "a helper": (f"net = Net()\n{HELPED}def step(x, y):\n    return loss_of(x, y)\nstep(x, y)", False),
    "a decorator of another kind": (
        f"def register_function(f):\n    return f\nnet = Net()\n@register_function\n{HELPED}loss_of(x, y)", False
    ),
    "a model's method": (f"{OF_NET}net = Net()\nnet.loss_of(x, y)", False),
    "a step that the program does": (f"{OF_NET}{STEP}net = Net()\nnet.train_step((x, y))", False),
    "a step that Keras does": (FITTED.replace("OPTION", "").replace("LATER", ""), True),
    "a step of a helper that Keras does": (
        (f"    def train_step(self, data):\n        return {{'loss': loss_of(*data)}}\n{HELPED}"
        "net = Net()\nnet.compile('sgd')\nnet.fit(x, y)"), True,
    ),
    "a step that Keras does eagerly": (FITTED.replace("OPTION", ", run_eagerly=True").replace("LATER", ""), False),
    "a step that is eager later": (FITTED.replace("OPTION", "").replace("LATER", "net.run_eagerly = True\n"), None),
    "a step that is told by a dictionary": (
        FITTED.replace("OPTION", ", **{'run_eagerly': True}").replace("LATER", ""), None
    ),
    "a step that is told by a name": (
        "    late = False\n" + FITTED.replace("OPTION", ", run_eagerly=late").replace("LATER", ""), None
    ),
    "a step beside another that is eager": (
        FITTED.replace("OPTION", "").replace("LATER", "other = Net()\nother.compile('sgd', run_eagerly=True)\n"), None
    ),
    "a step that the program has done": (
        FITTED.replace(STEP, f"{STEP}    def make_train_function(self, force=False):\n"
        "        self.train_function = lambda rows: self.train_step(next(rows))\n        return self.train_function\n")
        .replace("OPTION", "").replace("LATER", ""), None,
    ),
}  # fmt: skip
"""Ways to a loss that finds the logits in a graph alone, and whether it does; None where that cannot be told."""
ANSWERS = {True: Answer.RESCUED, False: Answer.CONFIRMED, None: Answer.INCONCLUSIVE}


@pytest.mark.parametrize("name", STEPS)
def test_what_leads_to_a_loss_says_whether_it_is_in_a_graph(settle: Settle, name: str) -> None:
    text, rescued = STEPS[name]
    found = [told for one, told in settle(HEAD + NET + text) if one.code == "LGT102"]
    assert [told.answer for told in found] == [ANSWERS[rescued]], found


EAGERLY = {
    "a number": ("run_eagerly=1", ""),
    "a place": ("None, None, None, True", ""),
    "a dictionary": ("**{'run_eagerly': True}", ""),
    "for all": ("weighted_metrics=None", "tf.config.run_functions_eagerly(True)\n"),
}


@pytest.mark.parametrize("name", EAGERLY)
def test_compile_may_be_told_in_many_ways_to_run_eagerly(settle: Settle, name: str) -> None:
    told, later = EAGERLY[name]
    model = "model = keras.Sequential([keras.Input((6,)), layers.Dense(4, activation=tf.nn.softmax)])\n"
    loss = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
    text = f"{HEAD}{model}model.compile('sgd', {loss}, {told})\n{later}model.fit(tf.ones((2, 6)), tf.zeros(2))\n"
    found = [told.answer for one, told in settle(text) if one.code == "LGT102"]
    assert found == [Answer.CONFIRMED]


@pytest.mark.parametrize(
    ("behind", "answer"), [("", Answer.RESCUED), ("x = layers.Dropout(0.1)(x)\n", Answer.CONFIRMED)]
)
def test_classes_may_lie_along_another_axis(settle: Settle, behind: str, answer: Answer) -> None:
    text = HEAD + (
        "i = keras.Input((3, 8, 5))\nx = layers.Permute((2, 3, 1))(i)\nx = layers.Conv2D(4, 3, padding='same')(x)\n"
        f"x = layers.Softmax(axis=1)(layers.Permute((3, 1, 2))(x))\n{behind}{END}"
        "model.compile('sgd', keras.losses.CategoricalCrossentropy(from_logits=True, axis=1))\n"
    )
    found = [told for one, told in settle(text) if one.code == "LGT102"]
    assert [told.answer for told in found] == [answer], found


def test_what_is_undone_along_another_axis_than_the_loss_reads_is_not_called_the_switch(settle: Settle) -> None:
    text = HEAD + (
        f"i = keras.Input((4, 3))\nx = layers.Softmax(axis=1)(layers.Dense(3)(i))\n{END}"
        "model.compile('sgd', keras.losses.CategoricalCrossentropy(from_logits=True))\n"
    )
    found = [told for one, told in settle(text) if one.code == "LGT102"]
    assert [told.answer for told in found] == [Answer.INCONCLUSIVE], found


@pytest.mark.parametrize("activation", ["softmax", "sigmoid"])
def test_right_loss_is_computed_in_full_precision(settle: Settle, activation: str) -> None:
    policy = "keras.mixed_precision.set_global_policy('mixed_bfloat16')\n"
    loss = "binary_crossentropy" if activation == "softmax" else "categorical_crossentropy"
    model = f"model = keras.Sequential([keras.Input((6,)), layers.Dense(4, activation='{activation}')])\n"
    found = [told for _, told in settle(f"{HEAD}{policy}{model}model.compile('sgd', '{loss}')\n")]
    assert [told.answer for told in found] == [Answer.CONFIRMED], found
    assert found[0].loss is not None


METRICS = {
    "SparseCategoricalCrossentropy(from_logits=True)": Answer.INCONCLUSIVE,
    "SparseCategoricalCrossentropy()": Answer.CONFIRMED,
}


@pytest.mark.parametrize("metric", METRICS)
def test_cross_entropy_among_the_metrics_may_be_undone_as_the_loss_is(settle: Settle, metric: str) -> None:
    activation = ", activation='softmax'" if "True" in metric else ""
    told = "" if activation else "from_logits=True"
    text = HEAD + START + f"x = layers.Dense(4{activation})(i)\n" + END
    text += (
        f"model.compile('sgd', keras.losses.SparseCategoricalCrossentropy({told}), metrics=[keras.metrics.{metric}])\n"
    )
    found = [told.answer for one, told in settle(text) if one.code == "LGT304"]
    assert found == [METRICS[metric]]


GIVEN = {
    "an operation of Keras": ("p = keras.ops.softmax(net(x))\nloss = told(y, p)", Answer.RESCUED),
    "an activation of Keras": ("p = keras.activations.softmax(net(x))\nloss = told(y, p)", Answer.RESCUED),
    "an operation of TensorFlow": ("p = tf.nn.softmax(net(x))\nloss = told(y, p)", Answer.CONFIRMED),
    "a copy": ("p = tf.identity(keras.ops.softmax(net(x)))\nloss = told(y, p)", Answer.CONFIRMED),
    "what a function returns": (
        "@tf.function\ndef run(x):\n    return keras.ops.softmax(net(x))\nloss = told(y, run(x))", Answer.CONFIRMED
    ),
    "in a graph": (
        "@tf.function\ndef step(x, y):\n    return told(y, tf.nn.softmax(net(x)))\nstep(x, y)", Answer.INCONCLUSIVE
    ),
    "a layer without weights": ("p = layers.Softmax()(net(x * 1e5))\nloss = told(y, p)", Answer.INCONCLUSIVE),
    "always at the ends": ("p = tf.nn.softmax(net(x) * 1e9)\nloss = told(y, p)", Answer.INCONCLUSIVE),
}  # fmt: skip
"""Outputs that no model returns, and what is said of a loss that may find their logits."""


@pytest.mark.parametrize("name", GIVEN)
def test_loss_of_what_no_model_returns_is_computed_before_it_is_said_to_be_wrong(settle: Settle, name: str) -> None:
    text, answer = GIVEN[name]
    made = NET.partition("class ")[0] + "net = keras.Sequential([keras.Input((6,)), layers.Dense(4)])\n"
    found = [told for one, told in settle(HEAD + made + text) if one.code == "LGT102"]
    assert [told.answer for told in found] == [answer], found
    if answer is not Answer.INCONCLUSIVE:
        assert all(told.loss is not None for told in found)

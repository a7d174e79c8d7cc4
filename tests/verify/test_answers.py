"""The four answers, for models of every kind, as TensorFlow gives them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flake8_logits.domain.verification import Answer, Verification
from flake8_logits.source.documents import read_document
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import Settle, settled
from tests.verify.programs import first_claim

HEAD = "import keras\nimport tensorflow as tf\nimport numpy as np\nfrom keras import layers\n"
LOGITS = "model.compile('adam', loss='sparse_categorical_crossentropy')\n"
TRUE = "model.compile('adam', loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"


def only(settle: Settle, text: str) -> Verification:
    """What came of the only finding in a program, advice left aside."""
    found = [(diagnostic, told) for diagnostic, told in settle(text) if not diagnostic.code.startswith("LGT9")]
    assert len(found) == 1, found
    return found[0][1]


def test_confirmed_prints_both_losses_and_what_was_measured(settle: Settle) -> None:
    found = only(settle, HEAD + "model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n" + LOGITS)
    assert found.answer is Answer.CONFIRMED
    assert found.measured is not None and found.loss is not None
    assert found.measured.looks_like == "logits" and found.measured.units == 10
    assert found.measured.low < 0 and found.measured.high > 1
    assert found.loss.computed != pytest.approx(found.loss.right, rel=0.01)
    assert found.backend == "tensorflow" and dict(found.versions)["keras"]
    assert f"{found.loss.computed:.4g}" in found.reason and f"{found.loss.right:.4g}" in found.reason


def test_rescued_is_right_on_the_live_tensor_and_wrong_on_a_copy(settle: Settle) -> None:
    found = only(settle, HEAD + "model = keras.Sequential([keras.Input((4,)), layers.Dense(10, 'softmax')])\n" + TRUE)
    assert found.answer is Answer.RESCUED
    assert found.loss is not None and found.measured is not None
    assert found.loss.computed == pytest.approx(found.loss.right, rel=0.01)
    assert found.loss.on_copy != pytest.approx(found.loss.right, rel=0.01)
    assert found.measured.sum_low == pytest.approx(1) and found.measured.sum_high == pytest.approx(1)
    assert "TensorFlow" in found.reason and "another backend" in found.reason


def test_disputed_says_what_the_output_is(settle: Settle, verifier: Verifier, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(HEAD + "model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n" + LOGITS)
    document = read_document(str(path))[0]
    wrong = replace(first_claim(document), scales=("softmax",))
    found = verifier.verify(document.units, str(path), wrong)
    assert found.answer is Answer.DISPUTED
    assert found.measured is not None and found.measured.looks_like == "logits"
    assert "the output lies between -" in found.reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("model = keras.Sequential([layers.Dense(10), layers.Dense(-3), layers.Dense(10)])\n", "ValueError at line 5"),
        ("model = keras.Sequential([layers.Dense(10)])\nmodel.build(1, 2, 3)\n", "TypeError at line 6"),
        (
            "import json\nd = json.load('x')\nb = d.make()\nmodel = keras.Model(b.input, layers.Dense(9)(b.output))\n",
            "it depends on what is not run: d.make()",
        ),
    ],
)
def test_inconclusive_says_why(settle: Settle, body: str, reason: str) -> None:
    found = only(settle, HEAD + body + LOGITS)
    assert found.answer is Answer.INCONCLUSIVE
    assert reason in found.reason


MODELS = {
    "functional in a function": "def build(classes=10):\n    i = keras.Input((8,))\n"
    "    return keras.Model(i, layers.Dense(classes)(i))\n"
    "model = build()\n",
    "not built yet, of images": "model = keras.Sequential([layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(10)])\n",
    "of words": "model = keras.Sequential([layers.Embedding(50, 8), layers.LSTM(8), layers.Dense(10)])\n",
    "subclassed": "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
    "        self.d = layers.Dense(10)\n"
    "    def call(self, x, training=False):\n        return self.d(x)\nmodel = Net()\n",
    "several inputs": "a, b = keras.Input((4,)), keras.Input((5,), dtype='int32')\n"
    "x = layers.Concatenate()([a, layers.Flatten()(layers.Embedding(9, 2)(b))])\n"
    "model = keras.Model([a, b], layers.Dense(10)(x))\n",
    "a length that is not known": "i = keras.Input((None, 3))\n"
    "model = keras.Model(i, layers.Dense(10)(layers.GRU(4)(i)))\n",
    "a shape taken from data": "(x, y), _ = keras.datasets.mnist.load_data()\nx = x.reshape(-1, 28 * 28) / 255.0\n"
    "model = keras.Sequential([keras.Input(x.shape[1:]), layers.Dense(len(np.unique(y)))])\n",
    "sizes from a file": "data = np.load('x.npz')\n"
    "model = keras.Sequential([keras.Input((data['x'].shape[1],)), layers.Dense(data['n'])])\n",
    "without weights of ImageNet": "base = keras.applications.VGG16(weights='imagenet', "
    "include_top=False, input_shape=(32, 32, 3))\n"
    "model = keras.Sequential([base, layers.GlobalAveragePooling2D(), layers.Dense(10)])\n",
    "a condition on data, without matter": "import os\nif os.path.exists('x'):\n    hidden = 8\nelse:\n"
    "    hidden = 16\n"
    "model = keras.Sequential([keras.Input((4,)), layers.Dense(hidden), layers.Dense(10)])\n",
    "words as strings": "i = keras.Input((), dtype='string')\nx = layers.StringLookup(vocabulary=['a', 'b'])(i)\n"
    "x = layers.Embedding(9, 4)(x)\nmodel = keras.Model(i, layers.Dense(10)(x))\n",
}


@pytest.mark.parametrize("name", MODELS)
def test_models_of_all_kinds_are_confirmed(settle: Settle, name: str) -> None:
    found = only(settle, HEAD + MODELS[name] + LOGITS)
    assert found.answer is Answer.CONFIRMED, found.reason
    assert found.measured is not None and found.measured.operation == "linear"


STEP = """
model = keras.Sequential([keras.Input((4,)), layers.Dense(10, activation="softmax")])
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam()
@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        probabilities = model(x, training=True)
        loss = LOSS
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
for x, y in tf.data.Dataset.from_tensor_slices(np.load("x.npy")).batch(3):
    step(x, y)
"""


def test_loss_that_is_called_in_a_training_step(settle: Settle) -> None:
    assert only(settle, HEAD + STEP.replace("LOSS", "loss_fn(y, probabilities)")).answer is Answer.RESCUED
    bare = "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=probabilities)"
    assert only(settle, HEAD + STEP.replace("LOSS", bare)).answer is Answer.CONFIRMED


MODES = (
    "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
    "        self.out = layers.Dense(10)\n    def call(self, x, training={}):\n        x = self.out(x)\n"
    "        return x if {} else keras.ops.softmax(x)\nmodel = Net()\n"
)
"""A model that gives logits in one mode, and probabilities in the other."""
CALL = "x, y = np.ones((8, 4), 'float32'), np.zeros(8, 'int32')\n{}(y, model(x{}))\n"
TOLD = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
BY_MODE = {
    "logits in training": MODES.format("False", "training") + LOGITS,
    "probabilities in training": MODES.format("False", "not training") + TRUE,
    "logits where it is called": MODES.format("False", "training")
    + CALL.format("keras.losses.SparseCategoricalCrossentropy()", ", training=True"),
    "probabilities where it is called": MODES.format("False", "not training") + CALL.format(TOLD, ", training=True"),
    "probabilities where it is called, by default": MODES.format("True", "not training") + CALL.format(TOLD, ""),
}


@pytest.mark.parametrize("name", BY_MODE)
def test_output_is_that_of_the_mode_in_which_the_loss_reads_it(settle: Settle, name: str) -> None:
    found = only(settle, HEAD + BY_MODE[name])
    assert found.answer is (Answer.CONFIRMED if "logits in" in name or "logits where" in name else Answer.RESCUED)


SOFTMAX = "i = keras.Input((4,))\nx = layers.Dense(10, 'softmax')(i)\nx = {}(x)\nmodel = keras.Model(i, x)\n"


@pytest.mark.parametrize("layer", ["layers.Dropout(0.5)", "layers.GaussianNoise(0.5)"])
def test_noise_behind_an_activation_withdraws_nothing(settle: Settle, layer: str) -> None:
    found = settle(HEAD + SOFTMAX.format(layer) + TRUE)
    assert {one.code: told.answer for one, told in found} == dict.fromkeys(["LGT102", "LGT208"], Answer.CONFIRMED)


def test_what_changes_numbers_behind_an_activation_withdraws_nothing(settle: Settle) -> None:
    found = only(settle, HEAD + SOFTMAX.format("(lambda x: keras.ops.clip(x, 0.05, 0.95))") + TRUE)
    assert found.answer is Answer.INCONCLUSIVE and "it may be a part of a distribution" in found.reason


def test_output_that_comes_there_before_another_does_not_withdraw_it(settle: Settle) -> None:
    text = "def train(model):\n    " + TRUE + "    model.fit(np.ones((8, 4)), np.zeros(8))\n"
    text += "train(keras.Sequential([keras.Input((4,)), layers.Dense(10)]))\n"
    found = only(settle, HEAD + text + "train(keras.Sequential([keras.Input((4,)), layers.Dense(10, 'softmax')]))\n")
    assert found.answer is Answer.INCONCLUSIVE and "others come to this place" in found.reason


def test_bound_below_that_a_program_has_set_is_one(settle: Settle) -> None:
    text = "model = keras.Sequential([keras.Input((4,)), layers.Dense(1), layers.ELU(alpha=3.0)])\n"
    found = only(settle, HEAD + text + "model.compile('adam', loss='binary_crossentropy')\n")
    assert found.answer is Answer.CONFIRMED, found.reason


@pytest.mark.parametrize(
    "body",
    [
        "x = layers.Dense(4, 'softmax')(i)\nx = layers.Activation('softmax')(x)\n",
        "x = layers.Dense(4, 'softmax')(i)\nx = layers.Softmax()(x)\n",
        "x = keras.ops.softmax(layers.Dense(4, 'softmax')(i))\n",
        "x = keras.Sequential([layers.Dense(4, 'softmax'), layers.Softmax()])(i)\n",
    ],
)
def test_softmax_of_a_softmax_is_confirmed(settle: Settle, body: str) -> None:
    end = "model = keras.Model(i, x)\nmodel.compile('adam', loss='categorical_crossentropy')\n"
    text = HEAD + "i = keras.Input((4,))\n" + body + end
    found = [told for one, told in settle(text) if one.code == "LGT206"]
    assert [told.answer for told in found] == [Answer.CONFIRMED], found


def test_heads_are_told_apart(settle: Settle) -> None:
    text = HEAD + (
        "i = keras.Input((4,))\n"
        "model = keras.Model(i, [layers.Dense(3, 'softmax', name='p')(i), layers.Dense(5, name='z')(i)])\n"
        "model.compile('adam', loss=['categorical_crossentropy', 'categorical_crossentropy'])\n"
    )
    found = only(settle, text)
    assert found.answer is Answer.CONFIRMED
    assert found.measured is not None and found.measured.units == 5


HEADS = "i = keras.Input((4,))\nz, p = layers.Dense(5, name='z')(i), layers.Dense(3, 'softmax', name='p')(i)\n"
BOTH = "ce = keras.losses.CategoricalCrossentropy(from_logits=True)\nmodel.compile('adam', loss={})\n"
NAMED = "model = keras.Model(i, {{{}}})\n"


def test_another_head_than_the_one_in_question_disputes_nothing(settle: Settle) -> None:
    model = NAMED.format("'a': z, 'b': p")
    found = [told for one, told in settle(HEAD + HEADS + model + BOTH.format("[ce, ce]")) if one.code == "LGT102"]
    assert [told.answer for told in found] == [Answer.RESCUED], found


def test_list_of_losses_for_names_that_are_not_in_order_says_nothing(settle: Settle) -> None:
    model = NAMED.format("'b': z, 'a': p")
    assert not settle(HEAD + HEADS + model + BOTH.format("[ce, ce]"))


def test_distribution_that_was_rounded_to_nothing_disputes_nothing(settle: Settle) -> None:
    text = HEAD + (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.out = layers.Dense(2)\n    def call(self, x):\n        e = tf.exp(self.out(x))\n"
        "        return e / (tf.reduce_sum(e, axis=-1, keepdims=True) + 1e-7)\nmodel = Net()\n"
    )
    assert only(settle, text + TRUE).answer is Answer.INCONCLUSIVE


def test_mixed_precision_is_measured_within_its_rounding(settle: Settle) -> None:
    text = HEAD + (
        "keras.mixed_precision.set_global_policy('mixed_float16')\n"
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(10), layers.Activation('softmax', "
        "dtype='float32')])\n"
    )
    found = only(settle, text + TRUE)
    assert found.answer is Answer.RESCUED


def test_models_do_not_see_each_other(settle: Settle) -> None:
    text = HEAD + "keras.mixed_precision.set_global_policy('float64')\nkeras.layers.Dense.seen = True\n"
    settle(text + "model = keras.Sequential([keras.Input((4,)), layers.Dense(10)])\n" + LOGITS)
    after = HEAD + "units = 10 if not hasattr(layers.Dense, 'seen') else -1\n"
    found = only(settle, after + "model = keras.Sequential([keras.Input((4,)), layers.Dense(units)])\n" + LOGITS)
    assert found.answer is Answer.CONFIRMED


def test_models_of_another_file(verifier: Verifier, tmp_path: Path) -> None:
    (tmp_path / "nets.py").write_text(
        "import os\nimport keras\nos.remove('nets.py')\n"
        "def build(n):\n    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(n)])\n"
    )
    main = tmp_path / "train.py"
    main.write_text("import keras\nimport nets\nmodel = nets.build(10)\n" + LOGITS)
    ((_, found),) = settled(str(main), verifier)
    assert found.answer is Answer.CONFIRMED
    assert (tmp_path / "nets.py").is_file()


def test_notebooks(verifier: Verifier, tmp_path: Path) -> None:
    import json

    sources = [
        "!pip install keras\nimport keras",
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])",
        LOGITS,
    ]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": one} for one in sources]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    ((_, found),) = settled(str(path), verifier)
    assert found.answer is Answer.CONFIRMED


OWN = "def own(y, p):\n    {}return keras.losses.sparse_categorical_crossentropy(y, p, from_logits={})\n"
GIVEN_TO_COMPILE = {
    "logits": (OWN.format("", False), "10", Answer.CONFIRMED),
    "what Keras undoes": (OWN.format("", True), "10, 'softmax'", Answer.RESCUED),
    "labels that are changed": (OWN.format("y = tf.cast(y, 'int32') - 1\n    ", False), "10", Answer.CONFIRMED),
    "what is cast": (
        "keras.mixed_precision.set_global_policy('mixed_float16')\n" + OWN.format("", True),
        "10, 'softmax'",
        Answer.INCONCLUSIVE,
    ),
}
"""Losses of a program that ``compile`` is given, the last layer of the model, and the answer."""


@pytest.mark.parametrize("name", GIVEN_TO_COMPILE)
def test_loss_of_the_program_that_compile_is_given(settle: Settle, name: str) -> None:
    loss, last, answer = GIVEN_TO_COMPILE[name]
    model = f"model = keras.Sequential([keras.Input((4,)), layers.Dense({last})])\nmodel.compile('adam', loss=own)\n"
    found = only(settle, HEAD + loss + model)
    assert found.answer is answer, found.reason


def test_which_output_a_loss_of_the_program_reads_is_not_guessed(settle: Settle) -> None:
    text = "x = keras.Input((4,))\nmodel = keras.Model(x, [layers.Dense(3)(x), layers.Dense(3)(x)])\n"
    for _, found in settle(HEAD + OWN.format("", False) + text + "model.compile('adam', loss=own)\n"):
        assert found.answer is Answer.INCONCLUSIVE, found.reason


def test_loss_that_a_model_computes_itself_reads_what_it_gives(settle: Settle) -> None:
    text = (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.last = layers.Dense(5)\n    def call(self, x):\n        return self.last(x)\n"
        "    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):\n"
        "        return keras.losses.sparse_categorical_crossentropy(y, y_pred)\n"
        "net = Net()\nnet.compile('adam')\nnet.fit(np.zeros((8, 4)), np.zeros(8))\n"
    )
    found = only(settle, HEAD + text)
    assert found.answer is Answer.CONFIRMED, found.reason

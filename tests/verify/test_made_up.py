"""Programs that hang on data, on older versions or on a tuner are built all the same, with what is made up."""

from __future__ import annotations

import pytest

from flake8_logits.domain.verification import Answer
from flake8_logits.source.documents import documents_of
from flake8_logits.verify.child.made import Depends, Made
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import Settle

HEAD = "import tensorflow as tf\nfrom tensorflow import keras\nfrom elsewhere import data\n"
COMPILED = "model.compile('adam', loss='sparse_categorical_crossentropy')\nmodel.fit(data)\n"

PROGRAMS = {
    "data goes through functions": "x = tf.cast(tf.image.resize(data, (8, 8)), tf.float32) / 255.0\n"
    "x = tf.reshape(x, [-1, 64])\nmodel = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Dense(10)])\n"
    + COMPILED,
    "a callback is given its model": "class Log(keras.callbacks.Callback):\n    def __init__(self, model):\n"
    "        super().__init__()\n        self.model = model\nmodel = keras.Sequential([keras.layers.Dense(10)])\n"
    "log = Log(model)\n" + COMPILED,
    "a layer keeps its state": "model = keras.Sequential([keras.layers.Embedding(100, 8, "
    "batch_input_shape=[64, None]), keras.layers.GRU(8, stateful=True), keras.layers.Dense(3)])\n" + COMPILED,
    "a tuner builds the model": "from kerastuner.tuners import RandomSearch\ndef build(choices):\n"
    "    model = keras.Sequential([keras.layers.Dense(choices.Int('units', 32, 512)), keras.layers.Dense(10)])\n"
    "    model.compile('adam', loss='sparse_categorical_crossentropy')\n    return model\n"
    "tuner = RandomSearch(build, objective='val_accuracy')\ntuner.search(data)\n",
    "a tuner that is not installed sums up": "from keras_tuner import RandomSearch\ndef build(choices):\n"
    "    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])\ntuner = RandomSearch(build)\n"
    "tuner.search_space_summary()\nbest = tuner.get_best_hyperparameters(1)[0]\n"
    "model = tuner.get_best_models(1)[0]\n" + COMPILED,
    "features come from elsewhere": "import tensorflow_hub as hub\nmodel = keras.Sequential()\n"
    "model.add(hub.KerasLayer('some/where', input_shape=[], dtype=tf.string))\n"
    "model.add(keras.layers.Dense(10))\n" + COMPILED,
    "features come from a file": "base = keras.models.load_model('base.keras')\nbase.trainable = False\n"
    "class Net(keras.Model):\n    def __init__(self, base):\n        super().__init__()\n        self.base = base\n"
    "        self.last = keras.layers.Dense(10)\n    def call(self, x):\n        return self.last(self.base(x)[:, 0])\n"
    "model = Net(base)\n" + COMPILED,
    "a call is replaced": "import types\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])\n"
    "plain = model.call\ndef call(self, x, **named):\n    return tf.identity(plain(x, **named))\n"
    "model.call = types.MethodType(call, model)\n" + COMPILED,
    "a model is in another": "from keras.src.distillation.distiller import Distiller\n"
    "from keras.distillation import LogitsDistillation\n"
    "def net():\n    return keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])\n"
    "model = Distiller(teacher=net(), student=net(), distillation_losses=LogitsDistillation())\n" + COMPILED,
    "a model is built again": "model = keras.Sequential([keras.layers.Embedding(100, 8, "
    "batch_input_shape=[64, None]), keras.layers.GRU(8), keras.layers.Dense(3)])\n"
    "model.build(tf.TensorShape([1, None]))\n" + COMPILED,
    "files are chosen": "names = sorted(item.name for item in data.glob('*/') if item.is_dir())\n"
    "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])\n"
    "model.add(keras.layers.Dense(len(names)))\n" + COMPILED,
    "options are set on what is unknown": "options = data.options()\noptions.units = 10\n"
    "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(options.units)])\n" + COMPILED,
    "a step within a function": "def train(model, rows):\n    loss = keras.losses.SparseCategoricalCrossentropy()\n"
    "    @tf.function\n    def step(x, y):\n        return loss(y, model(x))\n    for x, y in rows:\n"
    "        step(x, y)\nmodel = keras.Sequential([keras.layers.Dense(10)])\ntrain(model, data)\n",
    "numbers are fed": "x = tf.placeholder(tf.float32, [None, 4])\ny = tf.placeholder(tf.int32, [None])\n"
    "keep = tf.placeholder(tf.float32)\nweights = tf.get_variable('weights', [4, 3])\n"
    "p = tf.nn.softmax(tf.nn.dropout(tf.matmul(x, weights), keep))\n"
    "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=p)\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_finding_is_confirmed(settle: Settle, name: str) -> None:
    ((_, told),) = settle(HEAD + PROGRAMS[name])
    assert told.answer is Answer.CONFIRMED, told.reason


BEHIND = {
    "what comes last": "model.add(hub.KerasLayer('some/where'))\n",
    "what is computed of it": "model.add(hub.KerasLayer('some/where'))\n"
    "model.add(keras.layers.Lambda(lambda x: x * 9))\n",
}
"""Ends of a model of which only what is made up could say what they give."""


@pytest.mark.parametrize("name", BEHIND)
def test_what_is_made_up_decides_nothing(settle: Settle, verifier: Verifier, name: str) -> None:
    text = "import tensorflow_hub as hub\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])\n"
    ((found, _),) = settle(HEAD + text + "\n" * BEHIND[name].count("\n") + COMPILED)  # the same place
    assert found.claim is not None
    document = documents_of("program.py", (HEAD + text + BEHIND[name] + COMPILED).encode())[0]
    told = verifier.verify(document.units, "program.py", found.claim, False)
    assert told.answer is Answer.INCONCLUSIVE and "hub.KerasLayer" in told.reason, told.reason


def test_what_is_set_on_the_unknown_is_all_that_is_known_of_it(settle: Settle) -> None:
    text = "options = data.options()\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])\n"
    text += "options.model = model\noptions.prepare()\n"
    ((_, told),) = settle(HEAD + text + COMPILED)
    assert told.answer is Answer.INCONCLUSIVE, told.reason


def test_a_library_that_walks_what_is_made_up_comes_to_an_end() -> None:
    walk = {"__name__": "a_library"}
    exec("def walk(items):\n    return [walk(item) for item in items]", walk)
    with pytest.raises(Depends):
        walk["walk"](Made("data"))  # type: ignore[operator]

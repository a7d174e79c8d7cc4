"""Programs that hang on data, on older versions or on a tuner are built all the same, with what is made up."""

from __future__ import annotations

import pytest

from flake8_logits.domain.verification import Answer
from flake8_logits.verify.child.made import Depends, Made
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
    "numbers are fed": "x = tf.placeholder(tf.float32, [None, 4])\ny = tf.placeholder(tf.int32, [None])\n"
    "keep = tf.placeholder(tf.float32)\nweights = tf.get_variable('weights', [4, 3])\n"
    "p = tf.nn.softmax(tf.nn.dropout(tf.matmul(x, weights), keep))\n"
    "loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=p)\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_finding_is_confirmed(settle: Settle, name: str) -> None:
    ((_, told),) = settle(HEAD + PROGRAMS[name])
    assert told.answer is Answer.CONFIRMED, told.reason


def test_a_library_that_walks_what_is_made_up_comes_to_an_end() -> None:
    walk = {"__name__": "a_library"}
    exec("def walk(items):\n    return [walk(item) for item in items]", walk)
    with pytest.raises(Depends):
        walk["walk"](Made("data"))  # type: ignore[operator]

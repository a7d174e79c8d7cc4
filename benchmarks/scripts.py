"""Training scripts to be edited: a small project with models, losses and data of its own, made up for the purpose.

Nine scripts of 140 to 680 lines, of the kinds that people have open: without a function, with builders, with a class
of a model, with a loop of their own, and each in a project whose modules they import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

LAYERS = '''
"""Blocks that the models are made of."""

import tensorflow as tf
from tensorflow.keras import layers


def convolution(x, width, stride=1, activation="relu"):
    x = layers.Conv2D(width, 3, strides=stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation(activation)(x)


def block(x, width, stride=1):
    shortcut = x
    x = convolution(x, width, stride)
    x = convolution(x, width, activation="linear")
    if stride != 1:
        shortcut = layers.Conv2D(width, 1, strides=stride)(shortcut)
    return layers.ReLU()(layers.Add()([shortcut, x]))


class Head(layers.Layer):
    def __init__(self, classes, activation=None, **options):
        super().__init__(**options)
        self.dropout = layers.Dropout(0.2)
        self.dense = layers.Dense(classes, activation=activation)

    def call(self, x, training=False):
        return self.dense(self.dropout(x, training=training))
'''

MODELS = '''
"""The models."""

import tensorflow as tf
from tensorflow.keras import layers

from zoo.blocks import Head, block, convolution


def body(inputs, widths=(32, 64, 128), depth=2):
    x = convolution(inputs, widths[0])
    for number, width in enumerate(widths):
        for turn in range(depth):
            x = block(x, width, 2 if number and not turn else 1)
    return layers.GlobalAveragePooling2D()(x)


def build(shape=(32, 32, 3), classes=10, activation=None, **options):
    inputs = layers.Input(shape)
    return tf.keras.Model(inputs, Head(classes, activation)(body(inputs, **options)))


def two_heads(shape, classes, boxes):
    inputs = layers.Input(shape)
    x = body(inputs)
    return tf.keras.Model(inputs, {"kind": Head(classes, name="kind")(x), "box": Head(boxes, name="box")(x)})
'''

TRAINING = '''
"""What the scripts share."""

import tensorflow as tf

from zoo.models import build, two_heads


def loss_of(name, smoothing=0.0):
    if name == "binary":
        return tf.keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=smoothing)
    return tf.keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)


def compiled(model, rate=1e-3, loss=None, metrics=("accuracy",)):
    model.compile(tf.keras.optimizers.Adam(rate), loss=loss or loss_of("categorical"), metrics=list(metrics))
    return model


def trained(model, data, epochs=1, callbacks=()):
    history = model.fit(data, epochs=epochs, callbacks=list(callbacks))
    return model, history.history


def everything(shape, classes):
    both = {"kind": loss_of("categorical"), "box": "mse"}
    return [compiled(build(shape, classes)), compiled(two_heads(shape, classes, 4), loss=both)]
'''

HEADER = '''
"""Trains a classifier."""

import argparse
import json
import os

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

from zoo.blocks import Head, block, convolution
from zoo.models import body, build, two_heads
from zoo.training import compiled, everything, loss_of, trained

CLASSES, SHAPE, EPOCHS = 10, (32, 32, 3), 3
'''


def plain(n: int) -> str:
    """A stretch of a script that has no functions."""
    return f"""
(images_{n}, labels_{n}), test_{n} = tf.keras.datasets.cifar10.load_data()
images_{n} = images_{n}.astype("float32") / 255.0
mean_{n}, spread_{n} = np.mean(images_{n}, axis=0), np.std(images_{n}) + 1e-7
images_{n} = (images_{n} - mean_{n}) / spread_{n}
model_{n} = tf.keras.Sequential()
model_{n}.add(layers.Input(SHAPE))
for width in (32, 64, {64 + n}):
    model_{n}.add(layers.Conv2D(width, 3, padding="same"))
    model_{n}.add(layers.BatchNormalization())
    model_{n}.add(layers.ReLU())
    model_{n}.add(layers.MaxPooling2D())
model_{n}.add(layers.Flatten())
model_{n}.add(layers.Dense(CLASSES))
model_{n}.compile("adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
history_{n} = model_{n}.fit(images_{n}, labels_{n}, epochs=EPOCHS, validation_split=0.1)
print("accuracy", history_{n}.history["accuracy"][-1], "of", len(images_{n}))
"""


def builder(n: int) -> str:
    """A function that builds a model, one that trains it, and one that has nothing to do with either."""
    return f"""
def model_{n}(shape=SHAPE, classes=CLASSES, dropout=0.{n % 9 + 1}):
    inputs = layers.Input(shape)
    x = convolution(inputs, 32)
    for width in (32, {32 + n}):
        x = block(x, width, stride=2)
        if dropout:
            x = layers.Dropout(dropout)(x)
    outputs = layers.Dense(classes)(layers.GlobalAveragePooling2D()(x))
    return tf.keras.Model(inputs, outputs)


def train_{n}(data, flags):
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True) if flags.sparse else loss_of(flags.loss)
    model = compiled(model_{n}(dropout=flags.dropout), flags.rate, loss)
    callbacks = [tf.keras.callbacks.EarlyStopping(patience={n})]
    if flags.folder:
        callbacks.append(tf.keras.callbacks.ModelCheckpoint(os.path.join(flags.folder, "model_{n}.keras")))
    model, history = trained(model, data, flags.epochs, callbacks)
    return {{"accuracy": history["accuracy"][-1], "epochs": len(history["loss"])}}


def report_{n}(found, path):
    lines = []
    for name, value in sorted(found.items()):
        lines.append(f"{{name}}: {{value:.3f}}" if isinstance(value, float) else f"{{name}}: {{value}}")
    with open(path, "w") as file:
        json.dump({{"lines": lines, "number": {n}}}, file)
    return len(lines)
"""


def custom(n: int) -> str:
    """A model of one's own with a step of its own, and the loop that calls it."""
    return f"""
class Classifier{n}(tf.keras.Model):
    def __init__(self, classes=CLASSES, width={32 + n}):
        super().__init__()
        self.first = layers.Conv2D(width, 3, activation="relu")
        self.second = layers.Conv2D(width * 2, 3, activation="relu")
        self.pool = layers.GlobalAveragePooling2D()
        self.head = Head(classes)
        self.seen = tf.keras.metrics.Mean()

    def call(self, images, training=False):
        x = self.second(self.first(images))
        return self.head(self.pool(x), training=training)

    def train_step(self, data):
        images, labels = data
        with tf.GradientTape() as tape:
            logits = self(images, training=True)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.seen.update_state(loss)
        return {{"loss": self.seen.result()}}


def loop_{n}(data, steps={n + 10}):
    model, criterion = Classifier{n}(), loss_of("categorical", 0.{n % 9})
    optimizer = tf.keras.optimizers.Adam()
    for step, (images, labels) in zip(range(steps), data):
        with tf.GradientTape() as tape:
            loss = criterion(labels, model(images, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.weights), model.weights))
        if step % 10 == 0:
            print(step, float(loss))
    return model
"""


KINDS: Sequence[tuple[str, Callable[[int], str], int]] = (
    ("without a function", plain, 140),
    ("without a function", plain, 290),
    ("builders", builder, 160),
    ("builders", builder, 340),
    ("builders", builder, 500),
    ("builders", builder, 680),
    ("own training steps", custom, 330),
    ("own training steps", custom, 480),
    ("own training steps", custom, 550),
)
"""What the scripts are made of, and how long they are at least."""


def script(stretch: Callable[[int], str], lines: int) -> str:
    """A script of at least so many lines."""
    text, number = HEADER.lstrip(), 0
    while text.count("\n") < lines:
        text += "\n" + stretch(number)
        number += 1
    return text


def write_project(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the project; yield the kind and the path of each script."""
    (folder / "zoo").mkdir(parents=True, exist_ok=True)
    (folder / "setup.cfg").touch()
    modules = {"__init__": "", "blocks": LAYERS, "models": MODELS, "training": TRAINING}
    for name, text in modules.items():
        (folder / "zoo" / f"{name}.py").write_text(text.lstrip(), encoding="utf-8")
    for number, (kind, stretch, lines) in enumerate(KINDS):
        path = folder / f"train_{number}.py"
        path.write_text(script(stretch, lines), encoding="utf-8")
        yield kind, path

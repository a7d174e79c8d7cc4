"""Programs of two files: a script whose model comes from another one, and one whose loss is in another one."""

from __future__ import annotations

IMPORTING = """\
import keras
from models import head

model = keras.Sequential([head()])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
"""
MODULE = """\
import keras


def head():
    return keras.layers.Dense(10{activation})
"""
CALLED = """\
import keras


def train(model):
    model.compile(loss="sparse_categorical_crossentropy")
"""
CALLING = """\
import keras
from {0} import {1}

{1}(keras.Sequential([keras.layers.Dense(10)]))
"""

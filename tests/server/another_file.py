"""A script whose model comes from another file."""

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

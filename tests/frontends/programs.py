"""Programs and notebooks for the front-ends to report on."""

from __future__ import annotations

import json

CLASHING = """\
import keras

model = keras.Sequential([keras.layers.Dense(10)])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
"""
"""LGT101 at line 4, column 38 (from 1)."""

CONTRADICTING = """\
import keras

model = keras.Sequential([keras.layers.Dense(10, activation="softmax")])
model.compile(
    optimizer="adam",
    loss=keras.losses.SparseCategoricalCrossentropy(
        from_logits=True,
    ),
)
"""
"""LGT102 at line 7, column 9 (from 1)."""

QUIET = CLASHING.replace("Dense(10)", 'Dense(10, activation="softmax")')
STABLE = CLASHING.replace("Dense(10)", 'Dense(1, activation="sigmoid")').replace("sparse_categorical", "binary")
"""LGT901, advice, at line 4."""
BROKEN = "import keras\nmodel.compile(loss=\n"
UNDECIDED = CLASHING.replace("keras.layers.Dense(10)", "head()")


def notebook(*cells: str) -> str:
    """The text of a notebook with these code cells."""
    return json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None}
                for cell in cells
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )

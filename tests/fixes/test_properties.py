"""What holds of every fix, on programs put together at random from the ways in which one writes them."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_logits.domain.fixes import Edit, Fix
from flake8_logits.fixes.mending import Mender
from flake8_logits.source.patching import patched
from tests.fixes.mended import DEFAULT, codes, look, mend, spots, viewer

IMPORTS = {
    "import keras": ("keras.Sequential", "keras.layers.", "keras.losses.", "keras.metrics."),
    "import tensorflow as tf": ("tf.keras.Sequential", "tf.keras.layers.", "tf.keras.losses.", "tf.keras.metrics."),
    "from tensorflow import keras": ("keras.Sequential", "keras.layers.", "keras.losses.", "keras.metrics."),
    "from tensorflow.keras import Sequential, layers, losses, metrics": (
        "Sequential",
        "layers.",
        "losses.",
        "metrics.",
    ),
    "from keras.layers import Dense\nfrom keras.models import Sequential": ("Sequential", "", "", ""),
}
LOSSES = ("categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy")
CLASSES = ("CategoricalCrossentropy", "SparseCategoricalCrossentropy", "BinaryCrossentropy")
HEADS = ("Dense(10)", "Dense(1)", 'Dense(10, activation="softmax")', 'Dense(1, activation="sigmoid")')
NOISE = ("", "# größe: 層 😀", "x = [\n    1,  # eins\n]", "def f(a, *b):\n\treturn (a,\n\t\tb)", '"""Text\n"""')
METRICS = ("[]", '["accuracy"]', "['AUC', \"acc\"]", '[\n        "accuracy",  # shown\n    ]')


@dataclass(frozen=True)
class File:
    path: str
    data: bytes


def _loss(draw: st.DrawFn, losses: str) -> str:
    number = draw(st.integers(0, 2))
    forms = [repr(LOSSES[number]), f'"{LOSSES[number]}"']
    if losses:
        name = losses + CLASSES[number]
        forms += [losses + LOSSES[number], f"{name}()", f"{name}(from_logits=False)", f"{name}(from_logits=True)"]
        forms += [f"{name}(True)", f'{name}(\n        name="x",\n    )', f'{name}( name="x" )']
    return draw(st.sampled_from(forms))


@st.composite
def programs(draw: st.DrawFn) -> str:
    imports, (sequential, layers, losses, _) = draw(st.sampled_from(sorted(IMPORTS.items())))
    parts = [imports]
    for number in range(draw(st.integers(1, 3))):
        model = f"model_{number}"
        parts.append(draw(st.sampled_from(NOISE)))
        parts.append(f"{model} = {sequential}([{layers}{draw(st.sampled_from(HEADS))}])")
        loss = _loss(draw, losses)
        if draw(st.booleans()):
            parts.append(f"loss_{number} = {loss}")
            loss = f"loss_{number}"
        metrics = draw(st.sampled_from(METRICS))
        parts.append(f'{model}.compile(\n    "adam",\n    loss={loss},\n    metrics={metrics},\n)')
    return "\n".join(parts) + draw(st.sampled_from(["", "\n"]))


@st.composite
def files(draw: st.DrawFn) -> File:
    program = draw(programs())
    if draw(st.booleans()):
        newline = draw(st.sampled_from(["\n", "\r\n"]))
        return File("train.py", program.replace("\n", newline).encode())
    source = program.splitlines(keepends=True) if draw(st.booleans()) else program
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["%matplotlib inline"]},
        {"cell_type": "code", "metadata": {"b": 1, "a": 2}, "outputs": [{"text": ["1\n"]}], "source": source},
    ]
    notebook = {"nbformat": 4, "cells": cells, "metadata": {}}
    indent = draw(st.sampled_from([None, 1]))
    return File("train.ipynb", json.dumps(notebook, indent=indent, ensure_ascii=draw(st.booleans())).encode())


def _fixes(file: File) -> list[Fix]:
    base = look(file.path, file.data)
    answers = Mender(viewer(file.path), DEFAULT).proposals(base, spots(base))
    return [answer for answer in answers.values() if isinstance(answer, Fix)]


def _outside(file: File, edits: list[Edit]) -> list[tuple[str, ...]]:
    """The program's text between the edits, unit by unit."""
    stretches = []
    for cell, text in look(file.path, file.data).texts.items():
        bounds = sorted(text.bounds(edit.span) for edit in edits if edit.span.cell == cell)
        edges = [0, *(edge for pair in bounds for edge in pair), len(text.text)]
        stretches.append(tuple(text.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)))
    return stretches


@settings(max_examples=25, deadline=None)
@given(files())
def test_what_is_mended_is_gone_and_nothing_new_is_found(file: File) -> None:
    before, data = codes(file.path, file.data), mend(file.path, file.data)
    after = codes(file.path, data)
    assert after <= before
    assert (data == file.data) == (after == before)
    assert not look(file.path, data).problems
    assert mend(file.path, data) == data


@settings(max_examples=25, deadline=None)
@given(files())
def test_every_fix_holds_alone_and_changes_nothing_but_its_spans(file: File) -> None:
    before = codes(file.path, file.data)
    for fix in _fixes(file):
        edits = list(fix.edits)
        data = patched(file.path, file.data, edits)
        assert codes(file.path, data) < before
        for units, text in zip(_outside(file, edits), look(file.path, data).texts.values(), strict=True):
            position = 0
            for stretch in units:
                position = text.text.index(stretch, position) + len(stretch)
            assert text.text.startswith(units[0]) and text.text.endswith(units[-1])
        if file.path.endswith(".py"):
            ast.parse(data)
            outside = b"\r\n" in file.data
            assert (b"\r\n" in data) == outside and data.count(b"\r") == data.count(b"\r\n")
        else:
            _assert_same_around(json.loads(file.data), json.loads(data))


def _assert_same_around(before: dict[str, object], after: dict[str, object]) -> None:
    """Two notebooks differ in the sources of their cells alone, and hold these in the same way."""
    for notebook in (before, after):
        cells = notebook["cells"]
        assert isinstance(cells, list)
        notebook["cells"] = [{**cell, "source": type(cell["source"]).__name__} for cell in cells]
    assert json.dumps(before) == json.dumps(after)

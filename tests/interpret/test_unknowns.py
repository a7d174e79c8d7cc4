"""Every reason for which sight can be lost has a small program that loses it, at the place where it is lost.

``# here`` marks the line where sight was lost; the loss stands on the last line of the program.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import UnknownSite
from flake8_logits.domain.unknown import End, Reason
from flake8_logits.interpret.abstract.budget import DEEPEST_CALL, MOST_CALLS_OF_ONE
from flake8_logits.interpret.abstract.joins import MOST_CANDIDATES
from flake8_logits.interpret.abstract.mro import MOST_ANCESTORS
from flake8_logits.interpret.engine.observations import MOST_OBSERVATIONS
from flake8_logits.source.documents import python_document

PACKAGE = Path(__file__).resolve().parents[2] / "flake8_logits"

HEAD = """\
import keras
import tensorflow as tf
from keras import layers
"""
COMPILE = "model.compile(loss='categorical_crossentropy')\n"
CALL = "keras.losses.categorical_crossentropy(labels, x)\n"
INPUTS = "inputs = keras.Input((8,))\n"
MODEL = "model = keras.Sequential([layers.Dense(3)])\n"
HEADS = """\
x = [layers.Dense(3, name='a')(inputs), layers.Dense(3, name='b')(inputs)]
model = keras.Model(inputs, x)
"""
SOFTMAX = INPUTS + "x = layers.Dense(3, activation='softmax')(inputs)\n"

REPORTED: dict[str, tuple[Reason, str]] = {
    "a name of nowhere": (Reason.UNDEFINED_NAME, "undefined.compile(loss='categorical_crossentropy')  # here\n"),
    "an output of nowhere": (Reason.UNDEFINED_NAME, "keras.losses.categorical_crossentropy(labels, x)  # here\n"),
    "a parameter": (
        Reason.PARAMETER,
        "def train(model):  # here\n    model.compile(loss='categorical_crossentropy')\n",
    ),
    "a parameter of a method": (
        Reason.PARAMETER,
        "class Trainer:\n    def train(self, model):  # here\n        model.compile(loss='categorical_crossentropy')\n",
    ),
    "a parameter of a loss": (
        Reason.PARAMETER,
        "def loss(y_true, y_pred):  # here\n    return keras.losses.categorical_crossentropy(y_true, y_pred)\n",
    ),
    "a loss that is a default": (
        Reason.DEFAULT,
        "def loss(y, x, f=keras.losses.BinaryCrossentropy(True)):  # here\n    f(y, layers.Dense(1)(x))\n",
    ),
    "a module that is not there": (Reason.IMPORTED, "from .models import model  # here\n" + COMPILE),
    "a function that is not there": (Reason.UNKNOWN_CALL, "model = build()  # here\n" + COMPILE),
    "a function of a library": (
        Reason.UNKNOWN_CALL,
        "import library\nmodel = library.build()  # here\n" + COMPILE,
    ),
    "a layer of Keras": (Reason.UNKNOWN_LAYER, INPUTS + "x = layers.Mystery(3)(inputs)  # here\n" + CALL),
    "a method of a tensor": (
        Reason.UNKNOWN_METHOD,
        INPUTS + "x = layers.Dense(3)(inputs)\nx = x.mystery()  # here\n" + CALL,
    ),
    "a method of a model": (Reason.UNKNOWN_METHOD, MODEL + "x = model.mystery(images)  # here\n" + CALL),
    "an attribute by its name": (
        Reason.UNKNOWN_ATTRIBUTE,
        "model = getattr(settings, name)  # here\n" + COMPILE,
    ),
    "an attribute of a function": (
        Reason.UNKNOWN_ATTRIBUTE,
        "def f(): pass\nmodel = f.model  # here\n" + COMPILE,
    ),
    "a layer of a model": (
        Reason.UNKNOWN_ATTRIBUTE,
        "model = keras.Model(inputs, layers.Dense(3)(inputs))\nx = model.layers[0](images)  # here\n" + CALL,
    ),
    "an activation by its name": (
        Reason.UNKNOWN_ACTIVATION,
        "model = keras.Sequential([layers.Dense(3, activation='mystery')])  # here\n" + COMPILE,
    ),
    "a switch": (
        Reason.UNKNOWN_SWITCH,
        MODEL + "model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=flag))  # here\n",
    ),
    "a loss": (
        Reason.UNKNOWN_LOSS,
        MODEL + "model.compile(loss=keras.losses.CategoricalCrossentropy)  # here\n",
    ),
    "a product": (
        Reason.UNKNOWN_OPERATION,
        SOFTMAX + "x = x * x  # here\n" + CALL,
    ),
    "an operation": (Reason.UNKNOWN_OPERATION, SOFTMAX + "x = tf.mystery(x)  # here\n" + CALL),
    "numbers that are asked for": (
        Reason.ASKED,
        SOFTMAX + "if undefined(x):\n    keras.losses.categorical_crossentropy(labels, x, True)  # here\n",
    ),
    "a loss as output": (
        Reason.LOST_SCALE,
        SOFTMAX + "x = keras.losses.kl_divergence(labels, x)  # here\n" + CALL,
    ),
    "a tanh of probabilities": (Reason.LOST_SCALE, SOFTMAX + "x = tf.tanh(x)  # here\n" + CALL),
    "a sum over the classes": (Reason.LOST_SCALE, SOFTMAX + "x = tf.reduce_sum(x, axis=-1)  # here\n" + CALL),
    "a slice of a distribution": (Reason.LOST_SCALE, SOFTMAX + "x = x[:, 1:]  # here\n" + CALL),
    "the input": (Reason.INPUT, "x = keras.Input((8,))  # here\n" + CALL),
    "the input of a model": (
        Reason.INPUT,
        "model = keras.Sequential([layers.Flatten()])\nmodel.compile(loss='categorical_crossentropy')  # here\n",
    ),
    "a model of a file": (Reason.LOADED, "model = keras.models.load_model(path)  # here\n" + COMPILE),
    "a class of the program's own": (
        Reason.CUSTOM,
        "class Net(keras.Model): pass\nmodel = Net()\nmodel.compile(loss='categorical_crossentropy')  # here\n",
    ),
    "a clone that is changed by a function out of sight": (
        Reason.UNKNOWN_CALL,
        MODEL + "model = keras.models.clone_model(model, None, change)  # here\n" + COMPILE,
    ),
    "numbers that are drawn": (Reason.NO_MODEL, "x = tf.random.normal((2, 3))  # here\n" + CALL),
    "a loss that is not used": (
        Reason.UNUSED,
        (
            "part = keras.Sequential([layers.Dense(1)])\npart.compile(loss='binary_crossentropy')  # here\n"
            "whole = keras.Sequential([part, layers.Dense(1)])\nwhole.compile(loss='mse')\nwhole.fit(data)\n"
        ),
    ),
    "labels and predictions in each other's place": (
        Reason.SWAPPED,
        (
            "model = keras.Sequential([layers.Dense(3, 'softmax')])\nloss = keras.losses.CategoricalCrossentropy()\n"
            "loss(model(images), others)  # here\n"
        ),
    ),
    "a recurrent layer as head": (
        Reason.LOST_SCALE,
        "model = keras.Sequential([keras.Input((7, 3)), layers.LSTM(4, 'softmax')])  # here\n" + COMPILE,
    ),
    "a head that is wrong, or positive numbers that the loss divides by their sum": (
        Reason.CONTRADICTORY,
        "model = keras.Sequential([layers.Dense(3, None if logits else 'softplus')])  # here\n" + COMPILE,
    ),
    "a head that is right at times": (
        Reason.DISAGREE,
        "model = keras.Sequential([layers.Dense(3, None if logits else 'softmax')])  # here\n" + COMPILE,
    ),
    "models and losses side by side, of which some fit": (
        Reason.DISAGREE,
        (
            "models = [keras.Sequential([layers.Dense(3, name)]) for name in (None, 'softmax')]  # here\n"
            "for model, loss in zip(models, ['categorical_crossentropy'] * 2):\n    model.compile(loss=loss)\n"
        ),
    ),
    "models out of sight beside losses": (
        Reason.LOOP,
        (
            "losses = ['categorical_crossentropy', 'binary_crossentropy']\n"
            "for model, loss in zip(models, losses):  # here\n    model.compile(loss=loss)\n"
        ),
    ),
    "a softmax over the steps of a sequence": (
        Reason.OTHER_AXIS,
        "inputs = keras.Input((7, 4))\nmodel = keras.Model(inputs, layers.Softmax(axis=1)(inputs))  # here\n" + COMPILE,
    ),
    "a model and a loss given to a library": (
        Reason.UNKNOWN_CALL,
        (
            "from library import Wrapper\ndef build(): return keras.Sequential([layers.Dense(3)])\n"
            "wrapper = Wrapper(model=build, loss='categorical_crossentropy')  # here\n"
        ),
    ),
    "a loss written by hand": (
        Reason.OWN_LOSS,
        MODEL
        + "def own(y_true, y_pred):  # here\n    return -keras.ops.sum(y_true * y_pred)\nmodel.compile(loss=own)\n",
    ),
    "a loss written by hand that looks for what is near the labels": (
        Reason.OWN_LOSS,
        MODEL
        + "def own(y_true, y_pred):  # here\n    return -keras.ops.max(y_true - y_pred)\nmodel.compile(loss=own)\n",
    ),
    "a loss of nowhere": (Reason.UNDEFINED_NAME, MODEL + "model.compile(loss=settings)  # here\n"),
    "a loss that another one replaces": (
        Reason.REPLACED,
        MODEL + COMPILE.rstrip("\n") + "  # here\nmodel.compile(loss='mse')\nmodel.fit(data)\n",
    ),
    "an expression": (Reason.EXPRESSION, "model = {}[key]  # here\n" + COMPILE),
    "a generator": (
        Reason.EXPRESSION,
        "def models():\n    yield keras.Sequential([layers.Dense(3)])\nmodel = models()  # here\n" + COMPILE,
    ),
    "a model handed away": (Reason.ESCAPED, MODEL + "mystery(model)  # here\n" + COMPILE),
    "a list handed away": (
        Reason.ESCAPED,
        "parts = [layers.Dense(3)]\nmystery(parts)  # here\nmodel = keras.Sequential(parts)\n" + COMPILE,
    ),
    "a star": (
        Reason.STAR_IMPORT,
        "from mystery import *\nkeras.losses.categorical_crossentropy(labels, x)  # here\n",
    ),
    "a loop": (Reason.LOOP, "for model in models:  # here\n    model.compile(loss='categorical_crossentropy')\n"),
    "a comprehension": (
        Reason.LOOP,
        "model = keras.Sequential([layers.Dense(n) for n in sizes])  # here\n" + COMPILE,
    ),
    "an empty model": (
        Reason.EMPTY_MODEL,
        "model = keras.Sequential()\nmodel.compile(loss='categorical_crossentropy')  # here\n",
    ),
    "a model that was emptied": (
        Reason.EMPTY_MODEL,
        MODEL + "model.pop()\nmodel.compile(loss='categorical_crossentropy')  # here\n",
    ),
    "a head too few": (
        Reason.NO_OUTPUT,
        MODEL + "model.compile(loss=['categorical_crossentropy', 'mse'])  # here\n",
    ),
    "a head of another name": (
        Reason.NO_OUTPUT,
        HEADS + "model.compile(loss={'c': 'categorical_crossentropy'})  # here\n",
    ),
    "a loss without an output": (
        Reason.NO_OUTPUT,
        "keras.losses.categorical_crossentropy(labels)  # here\n",
    ),
    "a function that only raises": (
        Reason.NOT_RETURNED,
        "def build():\n    raise NotImplementedError\nx = build()  # here\n" + CALL,
    ),
    "recursion": (
        Reason.RECURSION,
        "def build(x):\n    return build(x)  # here\nx = build(1)\n" + CALL,
    ),
    "calls too deep": (
        Reason.CALL_DEPTH,
        "".join(
            f"def f{i}(x):\n    return f{i + 1}(x){'  # here' if i == DEEPEST_CALL - 1 else ''}\n"
            for i in range(DEEPEST_CALL + 2)
        )
        + "x = f0(1)\n"
        + CALL,
    ),
    "calls too many": (
        Reason.CALL_COUNT,
        "def build(x, number):\n    return layers.Dense(3)(x)\n"
        + "".join(f"x = build(inputs, {i})\n" for i in range(MOST_CALLS_OF_ONE))
        + "x = build(inputs, -1)  # here\n"
        + CALL,
    ),
    "calls too many of what has the loss": (
        Reason.CALL_COUNT,
        "def train(model):\n    model.compile(loss='categorical_crossentropy')\n"
        + "".join(f"train(keras.Sequential([layers.Dense({i % 8 + 1})]))\n" for i in range(MOST_CALLS_OF_ONE))
        + "train(keras.Sequential([layers.Dense(1)]))  # here\n",
    ),
    "values too many": (
        Reason.CANDIDATES,
        INPUTS
        + f"names = {['softmax', *(f'name{i}' for i in range(MOST_CANDIDATES))]}\n"
        + "x = layers.Dense(3, activation=names[which])(inputs)\n"
        + CALL,
    ),
    "observations too many": (
        Reason.CANDIDATES,
        "def loss(x):\n    return keras.losses.categorical_crossentropy(labels, x)  # here\n"
        + "".join(
            f"loss([{', '.join(f'layers.Dense({i * 8 + j + 1})(inputs)' for j in range(8))}][key])\n"
            for i in range(MOST_OBSERVATIONS // 8 + 2)
        ),
    ),
    "an array that is changed": (
        Reason.WRITTEN,
        MODEL + "x = model.predict(images)\nx[0] = 1  # here\n" + CALL,
    ),
    "ancestors too many": (
        Reason.ANCESTORS,
        "class Net0(keras.Model):\n    def call(self, x):\n        return keras.activations.softmax(x)\n"
        + "".join(f"class Net{i}(Net{i - 1}): pass\n" for i in range(1, MOST_ANCESTORS))
        + f"class Last(Net{MOST_ANCESTORS - 1}): pass  # here\nmodel = Last()\nmodel.compile(loss='bce')\n",
    ),
    "statements too many": (
        Reason.STATEMENTS,
        "def train():  # here\n    model = keras.Sequential([layers.Dense(3)])\n    model.compile(loss='bce')\n"
        + "".join("    " * i + f"    for i{i} in range(16):\n" for i in range(6))
        + "    " * 7
        + "pass\n",
    ),
}
"""Programs whose loss is reported with the reason."""

PLACELESS = frozenset({"values too many"})
"""Here nobody can say which line it was: everything that ever was assigned."""


def sites(text: str) -> list[UnknownSite]:
    report = analyse(python_document("unknown.py", text.encode()))
    assert report.problems == ()
    assert report.diagnostics == ()
    return list(report.unknowns)


@pytest.mark.parametrize("name", REPORTED)
def test_sight_is_lost_for_this_reason_at_this_place(name: str) -> None:
    reason, program = REPORTED[name]
    text = HEAD + program
    lines = text.splitlines()
    found = sites(text)
    assert [site.reason for site in found] == [reason]
    (site,) = found
    here = [number for number, line in enumerate(lines, 1) if line.endswith("# here")]
    where = site.lost_at
    assert ([] if where is None else [where.line]) == here
    assert bool(here) != (name in PLACELESS)


@pytest.mark.parametrize(
    ("name", "end", "detail"),
    [
        ("a loss of nowhere", End.LOSS, "settings"),
        ("a switch", End.LOSS, ""),
        ("a parameter", End.OUTPUT, "model"),
        ("a parameter of a loss", End.OUTPUT, "y_pred"),
        ("a recurrent layer as head", End.OUTPUT, "LSTM"),
    ],
)
def test_it_is_said_which_end_is_not_known_and_by_which_name(name: str, end: End, detail: str) -> None:
    (site,) = sites(HEAD + REPORTED[name][1])
    assert (site.end, site.detail) == (end, detail)


def test_a_parameter_is_shown_at_its_own_line() -> None:
    text = "def loss(\n    y_true,\n    y_pred,\n):\n    return keras.losses.categorical_crossentropy(y_true, y_pred)\n"
    (site,) = sites(HEAD + text)
    assert site.lost_at is not None
    assert (site.lost_at.line, site.detail) == (6, "y_pred")


def test_losses_beside_something_of_unknown_length_are_read() -> None:
    text = "for size, loss in zip(sizes, ['categorical_crossentropy', 'sparse_categorical_crossentropy']):\n"
    text += "    model = keras.Sequential([layers.Dense(size)])\n    model.compile(loss=loss)\n"
    report = analyse(python_document("zipped.py", (HEAD + text).encode()))
    assert [(found.code, found.span.line) for found in report.diagnostics] == [("LGT101", 6)]


IN_PROJECTS = frozenset({Reason.OTHER_FILES, Reason.MANY_CALLERS, Reason.UNREAD_CALLER})
"""Reasons that need several files; ``test_budget`` and ``test_callers`` have programs for them."""


def test_every_reason_has_a_program() -> None:
    assert {reason for reason, _ in REPORTED.values()} | IN_PROJECTS == set(Reason)


@pytest.mark.parametrize(
    "distance",
    ["keras.ops.square(y_true - y_pred)", "(y_true - y_pred) ** 2", "keras.ops.abs(y_pred - y_true)"],
)
def test_a_distance_from_labels_takes_any_numbers(distance: str) -> None:
    text = MODEL + f"def own(y_true, y_pred):\n    return keras.ops.mean({distance})\nmodel.compile(loss=own)\n"
    report = analyse(python_document("own.py", (HEAD + text).encode()))
    assert (report.diagnostics, report.unknowns) == ((), ())


@pytest.mark.parametrize(
    "numbers",
    ["tf.random.normal((2, 3))", "tf.linspace(-3.0, 5.0, 3)", "tf.constant([[0.5, -2.0, 7.0]])"],
)
def test_a_loss_of_logits_that_no_model_gives_is_decided(numbers: str) -> None:
    loss = "keras.losses.categorical_crossentropy(labels, x, from_logits=True)\n"
    assert sites(f"{HEAD}x = {numbers}\n{loss}") == []


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ("tf.constant([[0.5, 0.25, 0.25]])", Reason.NO_MODEL),
        ("np.array([[0.5, 0.25, 0.25]])", Reason.NO_MODEL),
        ("[[0.5, 0.25, 0.25]]", Reason.NO_MODEL),
        ("[[0.5, unknown, 0.25]]", Reason.EXPRESSION),
        ("tf.random.uniform((2, 3))", Reason.UNKNOWN_CALL),
    ],
)
def test_numbers_that_may_be_probabilities_are_not_taken_for_logits(numbers: str, reason: Reason) -> None:
    loss = "keras.losses.categorical_crossentropy(labels, x, from_logits=True)\n"
    assert [site.reason for site in sites(f"{HEAD}import numpy as np\nx = {numbers}\n{loss}")] == [reason]


WRITTEN_DOWN = ["np.array({})", "np.asarray({}, dtype='float32').reshape((1, 3))", "tf.constant({})", "{}"]


@pytest.mark.parametrize("written", WRITTEN_DOWN)
@pytest.mark.parametrize(("numbers", "told"), [("[[0.5, 0.25, 0.25]]", False), ("[[0.5, -2, 7.0]]", True)])
def test_numbers_that_are_written_down_and_fit_are_decided(written: str, numbers: str, told: bool) -> None:
    loss = f"keras.losses.categorical_crossentropy(labels, x, from_logits={told})\n"
    assert sites(f"{HEAD}import numpy as np\nx = {written.format(numbers)}\n{loss}") == []


@pytest.mark.parametrize("written", WRITTEN_DOWN)
def test_nothing_is_reported_of_numbers_that_are_written_down(written: str) -> None:
    loss = "keras.losses.categorical_crossentropy(labels, x)\n"
    report = analyse(
        python_document("own.py", f"{HEAD}import numpy as np\nx = {written.format([[8, -2.0]])}\n{loss}".encode())
    )
    assert report.diagnostics == ()
    assert [site.reason for site in report.unknowns] == [Reason.NO_MODEL]


@pytest.mark.parametrize(
    "change", ["x[0] = other", "x[:] = layers.Dense(3)(other)", "x = np.log(x)", "x = x * other", "x = softmax(x)"]
)
def test_numbers_that_were_changed_since_are_not_those_that_are_written_down(change: str) -> None:
    loss = "keras.losses.categorical_crossentropy(labels, x, from_logits=True)\n"
    text = f"{HEAD}import numpy as np\nx = np.array([[8, -2.0]])\n{change}\n{loss}"
    assert len(sites(text)) == (change != "x[:] = layers.Dense(3)(other)")


@pytest.mark.parametrize(
    "loss",
    [
        "keras.losses.hinge(labels, x)",
        "keras.losses.MeanSquaredError()(labels, x)",
        "torch.nn.MSELoss()(x, labels)",
        "torch.nn.functional.l1_loss(x, labels)",
        "optax.l2_loss(x, labels)",
    ],
)
def test_a_loss_that_takes_any_numbers_is_no_question(loss: str) -> None:
    program = f"import keras, optax, torch\ndef step(x, labels):\n    {loss}\n"
    assert not analyse(python_document("program.py", program.encode())).unknowns

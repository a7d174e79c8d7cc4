"""Rules say compatible things of one loss, and whoever does what a message says has a program that is right."""

from __future__ import annotations

import itertools
import re

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Diagnostic
from flake8_logits.source.documents import python_document

ACTIVATIONS = ["", "softmax", "sigmoid", "relu", "tanh", "elu", "softplus", "log_softmax", "log_sigmoid"]
TAILS = ["", "Dropout(0.5)", "BatchNormalization()", 'Activation("softmax")', 'Activation("sigmoid")']
SWITCHED = [
    "CategoricalCrossentropy",
    "SparseCategoricalCrossentropy",
    "CategoricalFocalCrossentropy",
    "BinaryCrossentropy",
    "BinaryFocalCrossentropy",
]
LOSSES = [
    "'categorical_crossentropy'",
    "'sparse_categorical_crossentropy'",
    "'binary_crossentropy'",
    "'mse'",
    "'kld'",
    *(f"keras.losses.{name}({told})" for name in SWITCHED for told in ("", "from_logits=True")),
    *(f"tf.nn.{name}_cross_entropy_with_logits" for name in ("softmax", "sigmoid", "sparse_softmax")),
]
TOGETHER: list[set[str]] = [
    {"LGT102", "LGT206"},
    {"LGT102", "LGT208"},
    {"LGT103", "LGT206"},
    {"LGT103", "LGT208"},
    {"LGT202", "LGT206"},
    {"LGT203", "LGT206"},
    {"LGT203", "LGT208"},
    {"LGT204", "LGT206"},
]
"""Two mistakes that are mended apart: something stands behind the head, and the head does not fit the loss."""

HEADS = list(itertools.product((1, 2, 3), ACTIVATIONS, TAILS))


def _layers(units: int, activation: str, tail: str) -> str:
    layer = f'Dense({units}, activation="{activation}")' if activation else f"Dense({units})"
    return ", ".join(part for part in (layer, tail) if part)


def _found(layers: str, loss: str) -> tuple[Diagnostic, ...]:
    program = f"""
import keras
import tensorflow as tf
from keras.layers import Activation, BatchNormalization, Dense, Dropout

model = keras.Sequential([{layers}])
model.compile(loss={loss})
"""
    found = analyse(python_document("program.py", program.encode())).diagnostics
    return tuple(diagnostic for diagnostic in found if not diagnostic.code.startswith("LGT9"))


@pytest.mark.parametrize("loss", LOSSES)
def test_two_rules_speak_of_two_mistakes(loss: str) -> None:
    for head in HEADS:
        codes = [diagnostic.code for diagnostic in _found(_layers(*head), loss)]
        assert len(codes) < 2 or set(codes) in TOGETHER, (head, codes)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("units", [1, 2, 3])
@pytest.mark.parametrize("loss", LOSSES)
def test_advice_leads_to_a_right_program(loss: str, units: int, activation: str) -> None:
    for diagnostic in _found(_layers(units, activation, ""), loss):
        ways = list(_mended(units, activation, loss, diagnostic.message.rpartition("; ")[2]))
        assert ways
        for layers, mended in ways:
            assert _found(layers, mended) == (), (diagnostic.message, layers, mended)


def _mended(units: int, activation: str, loss: str, advice: str) -> list[tuple[str, str]]:
    """The programs that an advice describes, as layers and loss."""
    plain, same = _layers(units, "", ""), _layers(units, activation, "")
    name = loss.rpartition(".")[2].partition("(")[0]
    told = f"keras.losses.{name}(from_logits=True)"
    binary = "keras.losses.BinaryCrossentropy()"
    use = re.fullmatch(r"use (\w+)\(from_logits=True\)", advice)
    head = re.fullmatch(r"(?:use|end the model in) (softmax|sigmoid)", advice)
    beside = re.fullmatch(
        r"use (?:(softmax|sigmoid), or )?'?(\w+)'?(?:, or (softmax|sigmoid))? for several classes at once", advice
    )
    drop = re.fullmatch(r"drop (from_logits=True, or )?the \w+", advice)
    one = re.fullmatch(r"use '?(\w+)'?(\(.*\))?, or one unit per class", advice)
    if use:
        return [(same, f"keras.losses.{use[1]}(from_logits=True)")]
    if head:
        return [(_layers(units, head[1], ""), loss)]
    if beside:
        other = f"'{beside[2]}'" if loss.startswith("'") else f"keras.losses.{beside[2]}()"
        return [(_layers(units, beside[1] or beside[3], ""), loss), (same, other)]
    if drop:
        return [*([(same, f"keras.losses.{name}()")] if drop[1] else []), (plain, loss)]
    if one:
        made = f"keras.losses.{one[1]}{one[2]}" if one[2] else f"'{one[1]}'"
        return [(same, made), (_layers(2, "softmax", ""), "keras.losses.CategoricalCrossentropy()")]
    return {
        "pass from_logits=True": [(same, told)],
        "drop the activation and pass from_logits=True": [(plain, told)],
        "end the model in softmax or sigmoid": [(_layers(units, "softmax" if units > 1 else "sigmoid", ""), loss)],
        "give it what stands before the logarithm": [(_layers(units, "sigmoid", ""), loss)],
        "use a sigmoid and a binary loss, or one unit per class": [
            (_layers(1, "sigmoid", ""), binary),
            (_layers(2, "softmax", ""), "keras.losses.CategoricalCrossentropy()"),
        ],
        "use sigmoid, or no activation for a number": [(_layers(1, "sigmoid", ""), loss), (plain, "'mse'")],
        "give it one unit per class": [(_layers(2, "softmax", ""), loss)],
        "give it one unit per class, and no softmax": [(_layers(2, "", ""), loss)],
    }[advice]

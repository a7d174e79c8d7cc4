"""Callables that are made of each other are followed as deep as calls are."""

from __future__ import annotations

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.unknown import End
from flake8_logits.interpret.abstract.budget import DEEPEST_CALL
from flake8_logits.source.documents import python_document

HEAD = """\
import functools
import jax
import optax

def loss(x, y):
    return optax.softmax_cross_entropy(jax.nn.softmax(x), y).mean()

"""
MAKERS = ["functools.partial(f, 1)", "functools.partial(print, f)", "jax.jit(jax.vmap(jax.grad(f)))"]


def report(lines: str) -> Report:
    return analyse(python_document("chain.py", (HEAD + lines).encode()))


def test_a_chain_is_followed() -> None:
    chain = "f = functools.partial(f)\n" * (DEEPEST_CALL - 1)
    text = f"f = functools.partial(loss)\n{chain}def train(logits, labels):\n    return f(logits, labels)\n"
    assert [found.code for found in report(text).diagnostics] == ["LGT103"]


def test_a_loss_behind_a_chain_that_is_too_long_is_said_to_be_undecided() -> None:
    text = "import keras\nf = functools.partial(keras.losses.categorical_crossentropy)\n"
    text += "f = functools.partial(f)\n" * DEEPEST_CALL + "model = keras.Sequential([keras.layers.Dense(3)])\n"
    found = analyse(python_document("chain.py", f"{text}model.compile(loss=f)\n".encode()))
    assert not found.diagnostics
    assert [site.end for site in found.unknowns] == [End.LOSS]


@pytest.mark.parametrize("maker", MAKERS)
def test_what_is_made_of_itself_thousands_of_times_is_read(maker: str) -> None:
    """It took minutes: whoever asked for the models in one of them looked into all."""
    found = report("f = loss\n" + f"f = {maker}\n" * 2_000 + "f(1, 2)\n")
    assert [one.code for one in found.diagnostics] == ["LGT103"]

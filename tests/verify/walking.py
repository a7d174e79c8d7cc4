"""Walks from every listed name through every attribute that the guard lets be asked, and says where it comes to.

Run as ``python -m tests.verify.walking``, with ``torch`` or ``jax`` for those; on standard output stand, as lists in
JSON, the ways that lead to what no program may have, and the number of objects that were seen.
"""

from __future__ import annotations

import builtins
import importlib
import io
import json
import os
import sys
import types
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

from flake8_logits.knowledge.runnable import MODULES
from flake8_logits.verify.allowed import DEFINABLE, TEXTS, Access, access
from flake8_logits.verify.child.frameworks.registered import framework
from flake8_logits.verify.child.guard import Guard
from flake8_logits.verify.child.libraries import Missing, library
from flake8_logits.verify.child.made import Depends, Made

DEEPEST, MOST_OF_A_TYPE = 4, 3
"""How far a walk goes; of objects of one type, but for classes, so many are looked into."""
_KINDS = (types.ModuleType, types.FrameType, types.CodeType, types.TracebackType, io.IOBase)
_HOMES = frozenset(
    """os posix nt sys subprocess importlib socket shutil ctypes pickle marshal io _io inspect code runpy tempfile
    pathlib _frozen_importlib _imp gc""".split()  # noqa: SIM905
)
_BUILTINS = {
    id(getattr(builtins, name))
    for name in """eval exec compile open __import__ globals vars locals breakpoint input getattr setattr delattr dir
    memoryview type""".split()  # noqa: SIM905
}


def is_out(value: Any) -> bool:
    """Whether a value is one that no program may have."""
    if isinstance(value, _KINDS) or id(value) in _BUILTINS or value is sys.modules or value is os.environ:
        return True
    if isinstance(value, type) and issubclass(value, type):
        return True
    if type(value) is dict and "__builtins__" in value:
        return True
    named = isinstance(value, (types.FunctionType, types.BuiltinFunctionType, type))
    return named and str(getattr(value, "__module__", "")).partition(".")[0] in _HOMES


def _beginnings(chosen: str) -> Iterator[tuple[str, Any]]:
    for module, names in MODULES.items():
        for name in sorted(names):
            dotted = f"{module}.{name}"
            if access(dotted) is Access.ALLOWED:
                try:
                    yield dotted, library(dotted, dotted)
                except (Missing, AttributeError, ImportError):
                    continue
    yield from {"": _objects, "torch": _objects_of_torch, "jax": _objects_of_jax}[chosen]().items()


def _objects() -> dict[str, Any]:
    import keras
    import numpy as np
    import tensorflow as tf

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.Embedding(4, 2)])
    model.compile("adam", loss="mse")
    tape = tf.GradientTape()
    try:
        importlib.import_module("nothing at all")
    except ImportError as error:
        raised = error
    return {
        "a model": model, "a layer": model.layers[0], "an optimizer": model.optimizer, "a tensor": tf.ones((2, 2)),
        "a variable": tf.Variable(1.0), "a weight": model.weights[0], "a symbol": keras.Input((3,)), "a tape": tape,
        "an array": np.ones(3), "a number": np.float32(1), "a generator": np.random.default_rng(1),
        "a loss": keras.losses.MeanSquaredError(), "a metric": keras.metrics.Mean(), "a graph": tf.Graph(),
        "an initializer": keras.initializers.GlorotUniform(), "a function": tf.function(lambda x: x), "a text": "x",
        "a list": [1], "a dictionary": {}, "an error": raised, "a shape": tf.TensorShape([1]), "a type": tf.float32,
        "a set": {1}, "bytes": b"", "a slice": slice(1), "ragged": tf.ragged.constant([[1], [1, 2]]),
        "a module": tf.Module(), "generated": (one for one in [1]), "a call": len, "a super": super(keras.Model, model),
        "a callback": keras.callbacks.EarlyStopping(), "a namespace": library("keras.layers", "keras.layers"),
        "a function of Python": _objects, "a bound method": model.call,
    }  # fmt: skip


def _objects_of_torch() -> dict[str, Any]:
    import torch

    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), torch.nn.Softmax(dim=1))
    drawn = torch.distributions.Categorical(logits=torch.zeros(3))
    return {
        "a module": model, "a layer": model[0], "a tensor": torch.ones(2, 2), "an output": model(torch.ones(2, 4)),
        "a weight": model[0].weight, "a loss": torch.nn.CrossEntropyLoss(), "a distribution": drawn,
        "a shape": torch.ones(2).shape, "the largest": torch.ones(2, 2).max(1), "a device": torch.device("cpu"),
        "a recurrent layer": torch.nn.LSTM(2, 3), "attention": torch.nn.MultiheadAttention(4, 2),
        "a generator": torch.Generator(), "a type": torch.float32, "a super": super(torch.nn.Sequential, model),
        "a namespace": library("torch.nn", "torch.nn"), "a bound method": model.forward,
        "packed": torch.nn.utils.rnn.pack_sequence([torch.ones(2, 1)]), "a list": torch.nn.ModuleList([model]),
    }  # fmt: skip


def _objects_of_jax() -> dict[str, Any]:
    import equinox as eqx
    import flax.linen as nn
    import haiku as hk
    import jax
    from flax import nnx

    key = jax.random.PRNGKey(0)
    traced: list[Any] = []
    jax.make_jaxpr(lambda x: traced.append(x) or x)(1.0)  # type: ignore[func-returns-value]
    transformed = library("haiku.transform", "haiku.transform")(lambda x: hk.Linear(2)(x))
    state = library("flax.training.train_state.TrainState", "flax.training.train_state.TrainState")
    dense = nn.Dense(3)
    return {
        "an array": jax.numpy.ones(3), "a key": key, "a traced number": traced[0], "a module of linen": dense,
        "weights": dense.init(key, jax.numpy.ones((1, 2))), "a stack": nn.Sequential([dense, nn.relu]),
        "a module of nnx": nnx.Linear(2, 3, rngs=nnx.Rngs(0)), "a variable": nnx.Param(jax.numpy.ones(2)),
        "keys": nnx.Rngs(0), "a module of Equinox": eqx.nn.MLP(2, 3, 4, 1, key=key), "a transformation": transformed,
        "a state": state.create(apply_fn=dense.apply, params={}, tx=None), "an update": jax.numpy.ones(3).at[0],
        "a namespace": library("jax.numpy", "jax.numpy"), "a compiled function": jax.jit(lambda x: x),
        "a bound module": dense.bind({}), "a type": jax.numpy.float32, "a super": super(nn.Dense, dense),
        "a method": dense.apply, "an initializer": nn.initializers.lecun_normal(), "frozen": library(
            "flax.core.FrozenDict", "flax.core.FrozenDict")({}),
    }  # fmt: skip


def _names(value: Any) -> set[str]:
    try:
        found = set(dir(value))
    except Exception:
        found = set()
    return found | DEFINABLE | TEXTS | {"__class__", "__dict__", "__globals__", "__self__", "__func__", "__wrapped__"}


def walk(name: str = "") -> tuple[list[str], int]:
    """The ways out that were found, and the number of objects that were seen."""
    if name:
        framework(name).prepare()
    guard = Guard()
    ways: list[str] = []
    seen: dict[int, Any] = {}
    types_seen: Counter[type] = Counter()
    todo = deque((way, value, 0) for way, value in _beginnings(name))
    while todo:
        way, value, depth = todo.popleft()
        if is_out(value):
            ways.append(way)
            continue
        if id(value) in seen or type(value) is Made or depth > DEEPEST:
            continue
        seen[id(value)] = value
        types_seen[type(value)] += not isinstance(value, type)
        if types_seen[type(value)] > MOST_OF_A_TYPE:
            continue
        for asked in _names(value):
            try:
                found = guard.get(value, asked)
            except (Exception, Depends):
                continue
            todo.append((f"{way}.{asked}", found, depth + 1))
        if isinstance(value, (list, tuple, set, frozenset)):
            todo.extend((f"{way}[]", one, depth + 1) for one in list(value)[:50])
        elif isinstance(value, dict):
            todo.extend((f"{way}[{key!r:.20}]", one, depth + 1) for key, one in list(value.items())[:50])
    return ways, len(seen)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    answers.write(json.dumps(walk(*sys.argv[1:])))
    answers.close()

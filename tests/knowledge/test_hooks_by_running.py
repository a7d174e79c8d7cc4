"""The methods that Keras' models call on themselves, held against the installed Keras."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flake8_logits.knowledge.compiling import OF_COMPILE, RUN_EAGERLY
from flake8_logits.knowledge.hooks import (
    BEFORE_GRAPH,
    HOOKS,
    IN_GRAPH,
    LEAVE_OUTPUTS_ALONE,
    MAKES_GRAPH,
    OUT_OF_GRAPH,
    RUN_OTHERWISE,
    Part,
)

OF_KERAS_2 = frozenset({"compiled_metrics"})
ATTRIBUTES = frozenset({"train_function", "test_function", "predict_function", "loss", "compiled_loss"})
"""Held by an instance, or a property: a test cannot put a method in their place."""
ELSEWHERE = frozenset({"symbolic_call", "quantized_call", "rematerialized_call", "stateless_call"}) | frozenset(
    {"stateless_compute_loss"}
)
"""Called in graphs, under a policy, or on JAX."""

ACTIVITIES: dict[Part, tuple[str, ...]] = {
    Part.LOSS: ("train",),
    Part.METRICS: ("train", "test"),
    Part.PREDICTIONS: ("predict",),
    Part.OUTPUTS: ("train", "test", "predict"),
}


def _methods(model: type) -> set[str]:
    """The public methods of a class of Keras, with ``__call__``, without those of Python and TensorFlow."""
    return {
        name
        for cls in model.__mro__
        if cls.__module__.startswith("keras.")
        for name, value in vars(cls).items()
        if (callable(value) or isinstance(value, (classmethod, staticmethod))) and not name.startswith("_")
    } | {"__call__"}


def test_every_method_of_a_model_is_known(keras: Any) -> None:
    unlisted = _methods(keras.Model) - set(HOOKS) - LEAVE_OUTPUTS_ALONE
    assert {name for name in unlisted if "quanti" not in name} == set()
    assert not set(HOOKS) & LEAVE_OUTPUTS_ALONE


def test_no_hook_is_made_up(keras: Any) -> None:
    missing = set(HOOKS) - _methods(keras.Model) - ATTRIBUTES - OF_KERAS_2
    assert missing == set()


@pytest.mark.parametrize("hook", sorted(set(HOOKS) - ATTRIBUTES - OF_KERAS_2 - ELSEWHERE))
def test_keras_calls_a_hook_where_it_may_change_something(keras: Any, hook: str) -> None:
    called: set[str] = set()
    model = _noting(keras, hook, called)
    model.compile("sgd", "mse", metrics=["mae"], run_eagerly=True)
    inputs, labels = np.zeros((2, 3)), np.zeros((2, 1))
    where: set[str] = set()
    acts: dict[str, Callable[[], object]] = {
        "train": lambda: model.fit(inputs, labels, verbose=0),
        "test": lambda: model.evaluate(inputs, labels, verbose=0),
        "predict": lambda: model.predict(inputs, verbose=0),
    }
    for name, act in acts.items():
        called.clear()
        act()
        where |= {name} if called else set()
    assert all(where & set(ACTIVITIES[part]) for part in HOOKS[hook])
    assert ("predict" in where) <= (Part.PREDICTIONS in HOOKS[hook])


def _noting(keras: Any, hook: str, called: set[str]) -> Any:
    """A model that notes when Keras calls one of its methods."""

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        called.add(hook)
        return getattr(super(cls, self), hook)(*args, **kwargs)

    cls: Any = type("Noting", (keras.Model,), {hook: method})
    inputs = keras.Input((3,))
    return cls(inputs, keras.layers.Dense(1)(inputs))


@pytest.mark.parametrize("eagerly", [False, True])
def test_steps_are_in_a_graph_unless_compile_is_told(keras: Any, eagerly: bool) -> None:
    graphs: dict[str, bool] = {}

    def noting(name: str) -> Any:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            graphs[name] = not tensorflow.executing_eagerly()
            return getattr(super(cls, self), name)(*args, **kwargs)

        return method

    tensorflow = pytest.importorskip("tensorflow")
    cls: Any = type("Noting", (keras.Model,), {name: noting(name) for name in IN_GRAPH})
    inputs = keras.Input((3,))
    model = cls(inputs, keras.layers.Dense(1)(inputs))
    model.compile("sgd", "mse", **{RUN_EAGERLY.name: eagerly})
    model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
    model.evaluate(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
    assert graphs == dict.fromkeys(IN_GRAPH, not eagerly)


def test_compile_takes_its_arguments_there_and_others_can_be_overridden(keras: Any) -> None:
    taken = list(inspect.signature(keras.Model.compile).parameters)[1:]
    for parameter in OF_COMPILE:
        assert parameter.name in (taken if parameter.index is None else taken[parameter.index : parameter.index + 1])
    assert all(hasattr(keras.Model, name) for name in RUN_OTHERWISE)


def test_functions_of_tensorflow_are_in_graphs_and_out_of_them() -> None:
    tensorflow = pytest.importorskip("tensorflow")
    graphs: list[bool] = []

    def note(number: Any) -> Any:
        graphs.append(not tensorflow.executing_eagerly())
        return number

    made = getattr(tensorflow, MAKES_GRAPH)(note)
    made(tensorflow.ones(1))
    for name in BEFORE_GRAPH:
        getattr(made, name)(tensorflow.ones(1))
    for name in OUT_OF_GRAPH:
        lifted = getattr(tensorflow, name)
        getattr(tensorflow, MAKES_GRAPH)(lambda x, lifted=lifted: lifted(note, [x], tensorflow.float32))(
            tensorflow.ones(1)
        )
    assert graphs == [True, False, False, *[False] * len(OUT_OF_GRAPH)]

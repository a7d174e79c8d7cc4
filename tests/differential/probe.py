"""Runs a program with TensorFlow and measures what its outputs really are.

Weights are drawn anew several times, small and large, and the inputs come at three sizes at once, because fresh
weights and tame inputs lie: an untrained logit is a small number like any other.
"""

from __future__ import annotations

import linecache
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tests.differential.evidence import Evidence, evidence_of
from tests.differential.grammar import LOSSES, Program
from tests.differential.sessions import begin_anew

SPREADS = (1.0, 40.0, 1.0, 40.0, 3.0, 200.0)
SIZES = (1.0, 30.0, 1000.0)
ROWS = 12
SQUASHING = frozenset(
    {
        "Sigmoid",
        "Relu6",
        "ClipByValue",
        "Minimum",
        "SelectV2",
        "Select",
        "Tanh",
        "StatefulPartitionedCall",
        "PartitionedCall",
    }
)
FILE = "program_under_test.py"


class Refused(Exception):
    """TensorFlow does not build or run the program."""


@dataclass(frozen=True)
class Measured:
    """One output of one run: by which names a loss may find it, what was measured, and what the loss was told.

    ``told`` is None where what reads it is not told; ``loss`` is its name, where it is asked.
    """

    names: frozenset[str]
    evidence: Evidence
    told: bool | None
    run: str
    loss: str = ""


class Meetings:
    """Stands where the program calls a loss function, and remembers what it was called with."""

    def __init__(self) -> None:
        self.seen: list[tuple[Any, bool]] = []

    def __call__(self, labels: Any, predictions: Any, from_logits: bool = False) -> Any:
        """Remember; the loss itself does not matter."""
        self.seen.append((predictions, bool(from_logits)))
        return predictions


def measure(program: Program, rounds: int = 1) -> list[Measured]:
    """Every output of every run: once for each setting of the flags; more ``rounds`` draw more weights.

    Raises Refused if TensorFlow does.
    """
    found: list[Measured] = []
    count = len(program.flags)
    for number in range(2**count):
        setting = {flag: str(number >> place & 1) for place, flag in enumerate(program.flags)}
        found.extend(_run(program, setting, rounds))
    return found


def _run(program: Program, setting: dict[str, str], rounds: int) -> list[Measured]:
    import tensorflow as tf

    begin_anew()
    # Some functions of Keras ask for the source of a lambda.
    linecache.cache[FILE] = (len(program.runnable), None, program.runnable.splitlines(keepends=True), FILE)
    observations = Meetings()
    own = {"_observation": observations, "_told": told_of, "_called": told_when_called}
    namespace: dict[str, Any] = {"__name__": "program", **own}
    os.environ.update(setting)
    eager = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(program.runnable, FILE, "exec", dont_inherit=True), namespace)
            return _probe(
                program, namespace, observations, " ".join(f"{key}={value}" for key, value in setting.items()), rounds
            )
    except Exception as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
    finally:
        tf.config.run_functions_eagerly(eager)
        for key in setting:
            del os.environ[key]


def _probe(
    program: Program, namespace: dict[str, Any], observations: Meetings, run: str, rounds: int
) -> list[Measured]:
    import tensorflow as tf

    random = np.random.default_rng(3)
    inputs = np.concatenate([random.normal(size=(ROWS, 4)) * size for size in SIZES])
    x = tf.constant(inputs, "float32")
    found: list[Measured] = []
    for model in namespace.get("nets", [namespace["model"]]):
        found.extend(_probe_one(program, namespace, model, x, observations, random, run, rounds))
    return found


def _probe_one(
    program: Program,
    namespace: dict[str, Any],
    model: Any,
    x: Any,
    observations: Meetings,
    random: np.random.Generator,
    run: str,
    rounds: int,
) -> list[Measured]:
    import tensorflow as tf

    model(x[:2])
    labels = tf.zeros((len(x), 3))
    ask: Callable[[], Any] = lambda: model(x, training=program.training)  # noqa: E731
    if program.asked == "step":
        ask = _asking(observations, lambda: namespace["step"](x))
    elif program.asked == "reader":
        ask = _asking(observations, lambda: namespace["step"](x, labels))
    elif program.asked == "compute loss":
        ask = _asking(observations, lambda: model.compute_loss(x, labels, model(x, training=program.training)))
    elif program.asked == "train step":
        ask = _asking(observations, lambda: model.train_step((x, labels)))
    elif program.asked in ("own loss", "written loss"):
        own = model.loss
        call = own.call if hasattr(own, "call") else own
        ask = _asking(observations, lambda: call(labels, model(x, training=program.training)))
    outputs = []
    _silence_noise(model)
    for spread in SPREADS * rounds:
        _draw_weights(model, random, spread)
        outputs.append(ask())
    if observations.seen:
        told = observations.seen[-1][1] if program.kinds <= LOSSES else None
        found = [Measured(frozenset(), evidence_of([_numbers(output) for output in outputs]), told, run)]
    else:
        found = _heads(program, model, outputs, run)
    if any(one.evidence.depend for one in found):
        squashes = _may_squash(ask)
        found = [replace(one, evidence=replace(one.evidence, may_squash=squashes)) for one in found]
    return found


def _silence_noise(model: Any) -> None:
    """Let noise be none: what is asked is what the layers around it give, and noise at random settles nothing."""
    for layer in model._flatten_layers():
        for strength in ("rate", "stddev"):
            if isinstance(getattr(layer, strength, None), float):
                setattr(layer, strength, 0.0)


def _may_squash(ask: Callable[[], Any]) -> bool:
    """Whether the graph that leads to the outputs holds an operation that a sigmoid can be made of."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(False)
    try:
        graph = tf.function(ask).get_concrete_function().graph
        return any(operation.type in SQUASHING for operation in _within(graph))
    except Exception:
        # Not every program can be traced; then nothing is refuted by it.
        return True
    finally:
        tf.config.run_functions_eagerly(True)


def _within(graph: Any) -> list[Any]:
    """The operations of a graph and of the functions it calls."""
    inner = [function.graph for function in getattr(graph, "_functions", {}).values() if hasattr(function, "graph")]
    return [*graph.get_operations(), *(operation for one in inner for operation in one.get_operations())]


def _asking(observations: Meetings, act: Callable[[], Any]) -> Callable[[], Any]:
    def ask() -> Any:
        act()
        return observations.seen[-1][0]

    return ask


def _draw_weights(model: Any, random: np.random.Generator, spread: float) -> None:
    for variable in model.variables:
        if "float" not in str(variable.dtype):
            continue
        values = random.normal(size=tuple(variable.shape)) * spread
        if "variance" in variable.name:
            values = np.abs(values) + 0.1
        variable.assign(values.astype("float32"))


def _numbers(output: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(output, "float64")


def _heads(program: Program, model: Any, outputs: list[Any], run: str) -> list[Measured]:
    loss = model.loss
    if not program.heads:
        if isinstance(outputs[0], (list, tuple)) and len(outputs[0]) == 1:
            outputs = [output[0] for output in outputs]
        return [Measured(frozenset(), evidence_of([_numbers(output) for output in outputs]), told_of(loss), run)]
    found: list[Measured] = []
    for head in program.heads:
        key: Any = head.name if isinstance(outputs[0], dict) else head.index
        values = [_numbers(output[key]) for output in outputs]
        own = loss
        if isinstance(loss, dict):
            own = loss[head.name]
        elif isinstance(loss, (list, tuple)):
            own = loss[head.index]
        names = frozenset({str(head.index), head.name})
        found.append(Measured(names, evidence_of(values), told_of(own), run))
    return found


def told_when_called(loss: Any) -> bool | None:
    """What a loss was told that the program calls.  Raises TypeError for what cannot be called, as that call does."""
    if not callable(loss):
        raise TypeError(f"{loss!r} is not callable")
    return told_of(loss)


def told_of(loss: Any) -> bool | None:
    """What a loss was told of its input: strings and bare functions read probabilities."""
    return bool(getattr(loss, "from_logits", False))

"""Names looked up in the installed libraries, and what a scale means in numbers."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from flake8_logits.domain.scales import Scale

Numbers = npt.NDArray[np.float32]


@pytest.fixture(scope="session")
def resolve(tensorflow: Any, keras: Any) -> Callable[[str], Any]:
    """From a canonical name to the thing itself in the installed libraries; None where they do not have it."""
    beginnings = {"keras": (keras, tensorflow.keras), "tensorflow": (tensorflow, tensorflow.compat.v1)}

    def find(name: str) -> Any:
        root, *rest = name.split(".")
        if root in beginnings:
            return next((found for top in beginnings[root] if (found := _walk(top, rest)) is not None), None)
        for split in range(len(rest), 0, -1):
            try:
                module = importlib.import_module(".".join([root, *rest[: split - 1]]))
            except ImportError:
                continue
            return _walk(module, rest[split - 1 :])
        return None

    return find


@pytest.fixture(scope="session")
def torch_thing(torch: Any) -> Callable[[str], Any]:
    """From a canonical name of PyTorch to the thing itself; None where the installed one does not have it."""
    return _imported


@pytest.fixture(scope="session")
def jax_thing(jax: Any) -> Callable[[str], Any]:
    """From a canonical name of a library for JAX to the thing itself; None where the installed one does not have it."""
    return _imported


def _imported(name: str) -> Any:
    """What stands at a name in the longest part of it that is a module; None where nothing does."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        return _walk(module, parts[length:])
    return None


def _walk(top: Any, names: list[str]) -> Any:
    for name in names:
        try:
            top = getattr(top, name)
        except (AttributeError, ImportError):
            return None
    return top


def _normal(*shape: int, spread: float = 5.0) -> Numbers:
    return (np.random.default_rng(7).normal(size=shape) * spread).astype("float32")


def _softmax(x: Numbers) -> Numbers:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), "float32")


def _sigmoid(x: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-x)), "float32")


_SAMPLES: dict[Scale, Callable[[Numbers], Numbers]] = {
    Scale.LOGITS: lambda x: x,
    Scale.SOFTMAX: _softmax,
    Scale.SIGMOID: _sigmoid,
    Scale.LOG_SOFTMAX: lambda x: np.log(_softmax(x)),
    Scale.LOG_SIGMOID: lambda x: np.log(_sigmoid(x)),
    Scale.NON_NEGATIVE: lambda x: np.maximum(x, 0),
    Scale.BOUNDED: np.tanh,
    Scale.LOWER_BOUNDED: lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
    Scale.UNIT_INTERVAL: _sigmoid,
}

_NARROWER: dict[Scale, tuple[Scale, ...]] = {
    Scale.LOGITS: (Scale.NON_NEGATIVE, Scale.LOWER_BOUNDED, Scale.LOG_SIGMOID),
    Scale.SOFTMAX: (),
    Scale.SIGMOID: (Scale.SOFTMAX,),
    Scale.LOG_SOFTMAX: (),
    Scale.LOG_SIGMOID: (Scale.LOG_SOFTMAX,),
    Scale.NON_NEGATIVE: (Scale.SIGMOID,),
    Scale.BOUNDED: (Scale.SIGMOID, Scale.LOG_SIGMOID),
    Scale.LOWER_BOUNDED: (Scale.NON_NEGATIVE, Scale.BOUNDED),
}


class Meaning:
    """What a scale means in numbers."""

    def logits(self, *shape: int, spread: float = 5.0) -> Numbers:
        """Any real numbers, always the same ones."""
        return _normal(*shape, spread=spread)

    def sample(self, scale: Scale, *shape: int) -> Numbers:
        """Numbers of a scale, always the same ones."""
        return _SAMPLES[scale](_normal(*shape))

    def holds(self, scale: Scale, x: Any) -> bool:
        """Whether numbers can be of a scale."""
        x = np.asarray(x)
        low, high = float(x.min()), float(x.max())
        within = {
            Scale.LOGITS: True,
            Scale.SOFTMAX: low >= 0 and np.allclose(x.sum(-1), 1, atol=1e-4),
            Scale.SIGMOID: low >= 0 and high <= 1,
            Scale.LOG_SOFTMAX: high <= 0 and np.allclose(np.exp(x).sum(-1), 1, atol=1e-4),
            Scale.LOG_SIGMOID: high <= 0,
            Scale.NON_NEGATIVE: low >= 0,
            Scale.BOUNDED: low >= -1 and high <= 1,
            # selu reaches lowest, to minus its scale times its alpha.
            Scale.LOWER_BOUNDED: low >= -1.7581,
            Scale.UNIT_INTERVAL: low >= 0 and high <= 1,
        }
        return bool(np.isfinite(x).all() and within[scale])

    def is_just(self, scale: Scale, x: Any) -> bool:
        """Whether numbers are of a scale and of none that would say more."""
        return self.holds(scale, x) and not any(self.holds(narrower, x) for narrower in _NARROWER[scale])


@pytest.fixture(scope="session")
def meaning() -> Meaning:
    """What a scale means in numbers."""
    return Meaning()

"""What a layer for JAX is given where a program's data is made up: numbers of the size that it says it takes."""

from __future__ import annotations

import re
from typing import Any

import jax.numpy as jnp
import numpy as np

from flake8_logits.verify.child.made import Profile, profile

PASSING = re.compile(r"Dropout|Pool|Identity|Lambda|Flatten|Reshape")
"""Layers that say nothing of what they take, and give of it what it was."""
FLAGS = re.compile(r"train|deterministic|use_running_average|inference|eval")
"""How parameters begin that say how a model is run; nobody knows better than that it is not trained."""
PROFILES = (
    Profile(8, (32,)),
    Profile(8, (28, 28, 1)),
    Profile(8, (32, 32, 3)),
    Profile(8, (16,), True),
    Profile(8, (16, 32)),
    Profile(2, (224, 224, 3)),
    Profile(2, (64, 64, 3)),
)
"""Guesses at a batch: how many rows, and the shape of each, where no layer says more."""
_TOKENS = 16


def batch(random: np.random.Generator, sizes: tuple[float, ...]) -> Any:
    """A batch as it is guessed now, its rows of several sizes."""
    if profile().tokens:
        return jnp.asarray(random.integers(0, _TOKENS, (profile().size, *profile().shape)))
    return scaled((profile().size, *profile().shape), random, sizes)


def scaled(shape: tuple[int, ...], random: np.random.Generator, sizes: tuple[float, ...]) -> Any:
    """Numbers of a shape, the rows of several sizes one after the other."""
    scales = np.resize(np.asarray(sizes), shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    return jnp.asarray((random.normal(size=shape) * scales).astype("float32"))


def input_of(layer: Any, random: np.random.Generator, sizes: tuple[float, ...]) -> Any:
    """What a layer takes that was made for a size: a batch, but a single row for those of Equinox."""
    single = type(layer).__module__.startswith("equinox")
    shape = _shape(layer)
    if getattr(layer, "num_embeddings", None) is not None:
        return jnp.asarray(random.integers(0, int(layer.num_embeddings), () if single else (profile().size, _TOKENS)))
    if single:
        return scaled((1, *shape), random, (float(random.choice(np.asarray(sizes))),))[0]
    return scaled((profile().size, *shape), random, sizes)


def _shape(layer: Any) -> tuple[int, ...]:
    """The shape of one row."""
    extent = profile().shape[0]
    channels = getattr(layer, "in_channels", None)
    if channels is not None:  # of Equinox, before the places
        return (int(channels), *(extent for _ in range(int(layer.num_spatial_dims))))
    features = getattr(layer, "in_features", None)
    if features is None:
        features = getattr(layer, "in_size", None) or getattr(layer, "input_size", None) or profile().shape[-1]
    if not isinstance(features, int):
        return tuple(features) if isinstance(features, tuple) else (1,)
    kernel = getattr(layer, "kernel_size", None)
    places = kernel if isinstance(kernel, tuple) else () if kernel is None else (kernel,)
    return (*(extent for _ in places), features)

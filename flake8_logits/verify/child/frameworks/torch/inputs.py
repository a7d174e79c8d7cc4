"""What a module of PyTorch is given where a program's data is made up: numbers of the size that it says it takes."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import torch

from flake8_logits.verify.child.made import Made, Profile, profile

_PASSING = re.compile(r"Flatten|Dropout|Identity|Pool|Pad\d|Upsampl|Unflatten|PixelShuffle|Unfold")
"""Modules that say nothing of what they take, and give of it what it was."""
_SPACE = re.compile(r"(\d)d$")

PROFILES = (
    Profile(8, (3, 32, 32)),
    Profile(8, (1, 28, 28)),
    Profile(2, (3, 224, 224)),
    Profile(8, (3, 64, 64)),
    Profile(8, (3, 128, 128)),
    Profile(2, (3, 256, 256)),
    Profile(8, (32,)),
)
"""Guesses at a batch: how many rows, and for pictures how large.  What else there is to know the modules say."""


def is_librarys(module: Any) -> bool:
    """Whether a module is one of PyTorch's own that does something itself."""
    return type(module).__module__.startswith("torch.") and not isinstance(
        module, (torch.nn.Sequential, torch.nn.ModuleList, torch.nn.ModuleDict, torch.nn.DataParallel)
    )


def given(module: Any, args: tuple[Any, ...], random: np.random.Generator, sizes: tuple[float, ...]) -> tuple[Any, ...]:
    """The arguments of a module with numbers in the place of what is made up."""
    first, *rest = args
    if isinstance(first, Made):
        first = input_of(module, random, sizes)
    # A state that nobody knows is the one to begin with.
    return (first, *(None if isinstance(one, Made) else one for one in rest))


def passes_on(module: Any) -> bool:
    """Whether what is made up stays so behind a module."""
    return _PASSING.search(type(module).__name__) is not None


def input_of(module: Any, random: np.random.Generator, sizes: tuple[float, ...]) -> Any:
    """A batch that a module takes, its rows of several sizes."""
    shape = _shape(module)
    if hasattr(module, "num_embeddings"):
        most = max(int(module.num_embeddings), 1)
        return torch.from_numpy(random.integers(0, most, shape))
    values = random.normal(size=shape)
    scales = np.resize(np.asarray(sizes), shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    return torch.from_numpy((values * scales).astype("float32"))


def _shape(module: Any) -> tuple[int, ...]:
    """The shape of a batch; a size that the module only learns from its input, 0 until then, is the profile's."""
    rows, extent = profile().size, profile().shape[-1]
    name = type(module).__name__
    found = _SPACE.search(name)
    space = [extent] * int(found[1]) if found else []
    if hasattr(module, "in_channels"):
        return (rows, module.in_channels or profile().shape[0], *space)
    if hasattr(module, "in_features"):
        return (rows, module.in_features or extent)
    if hasattr(module, "input_size"):
        return (rows, module.input_size) if name.endswith("Cell") else (rows, rows, module.input_size)
    if hasattr(module, "num_features"):
        return (rows, module.num_features or profile().shape[0], *(space[1:] if found and found[1] == "1" else space))
    width = getattr(module, "embed_dim", None) or getattr(getattr(module, "self_attn", None), "embed_dim", None)
    if width is not None:
        return (rows, rows, width)
    if hasattr(module, "num_embeddings"):
        return (rows, extent)
    return (rows, *profile().shape)

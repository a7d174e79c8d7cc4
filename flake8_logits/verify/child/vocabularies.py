"""Keeps layers that look words up from reading files: a vocabulary that is a text is the path of one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from flake8_logits.verify.child.made import Depends, Made, is_programs, touch

_TAKING = ("__init__", "set_vocabulary")
_KINDS = (str, bytes, int)
WORDS = ["a", "good", "film", "bad", "the", "end", "of", "it"]
"""What a layer learns where nothing is known of its texts."""


def keep_from_files(layer: type) -> None:
    """From now on the layer takes lists of words alone, however it is made: by a call, a copy or a configuration."""
    adapt = layer.__dict__.get("adapt")
    if adapt is not None and not hasattr(adapt, "lists"):
        layer.adapt = _with_words(adapt)  # type: ignore[attr-defined]
    for name in _TAKING:
        plain = layer.__dict__.get(name)
        if plain is not None and not hasattr(plain, "lists"):
            setattr(layer, name, _with_lists(plain))


def _with_words(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A layer that is taught from what is made up learns a few words."""

    @functools.wraps(plain)
    def adapt(self: Any, data: Any, *args: Any, **named: Any) -> Any:
        if not isinstance(data, Made):
            return plain(self, data, *args, **named)
        touch(data.source)
        return self.set_vocabulary(list(range(len(WORDS))) if type(self).__name__ == "IntegerLookup" else WORDS)

    adapt.lists = True  # type: ignore[attr-defined]
    return adapt


def _with_lists(plain: Callable[..., Any]) -> Callable[..., Any]:
    parameters = inspect.signature(plain)

    @functools.wraps(plain)
    def listed(*args: Any, **named: Any) -> Any:
        given = {**parameters.bind_partial(*args).arguments, **named}
        for key, value in given.items():
            if key == "vocabulary" and not _is_listed(value):
                raise Depends(f"{key}={value!r:.60}")
        return plain(*args, **named)

    # Keras asks for the parameters without looking through what is wrapped.
    listed.__signature__ = parameters  # type: ignore[attr-defined]
    listed.lists = True  # type: ignore[attr-defined]
    return listed


def _is_listed(value: Any) -> bool:
    if isinstance(value, (list, tuple)) and not is_programs(type(value)):
        return all(type(one) in _KINDS or isinstance(one, np.generic) for one in value)
    is_tensor = type(value).__name__ == "EagerTensor" and not is_programs(type(value))
    return value is None or type(value) is np.ndarray or is_tensor

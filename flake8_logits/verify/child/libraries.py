"""Hands a slice the libraries it asks for, after asking once more whether it may have them."""

from __future__ import annotations

import importlib
import types
from typing import Any

from flake8_logits.verify.allowed import Access, access, leads_on

_SPELLED_AS = {"keras": ("keras", "tensorflow.keras"), "tensorflow": ("tensorflow", "tensorflow.compat.v1")}


class Missing(Exception):
    """The library, or that part of it, is not installed."""


def library(dotted: str, spelt: str) -> Any:
    """The module or object of a canonical name.  Raises Missing where the installed version does not have it."""
    if access(dotted) is not Access.ALLOWED and not leads_on(dotted):
        raise Missing(f"{spelt} is not allowed")
    root, _, rest = dotted.partition(".")
    for top in _SPELLED_AS.get(root, (root,)):
        found = _resolve(f"{top}.{rest}" if rest else top)
        if found is not None:
            return found
    raise Missing(f"the installed {root} has no {spelt}")


def _resolve(dotted: str) -> Any:
    parts = dotted.split(".")
    for split in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        try:
            for name in parts[split:]:
                found = getattr(found, name)
        except AttributeError:
            continue
        return found
    return None


def star(dotted: str) -> dict[str, Any]:
    """What a star import of a module binds, without the modules in it."""
    module = library(dotted, dotted)
    found: dict[str, Any] = {}
    for name in getattr(module, "__all__", None) or dir(module):
        if access(f"{dotted}.{name}") is Access.ALLOWED:
            value = getattr(module, name, None)
            if not isinstance(value, types.ModuleType):
                found[name] = value
    return found


def versions() -> dict[str, str]:
    """The versions of the libraries that were used."""
    import sys

    return {
        name: str(getattr(sys.modules[name], "__version__", "?"))
        for name in ("keras", "tf_keras", backend())
        if name in sys.modules
    }


def backend() -> str:
    """The backend that Keras computes on."""
    import keras

    ask = getattr(keras.backend, "backend", None) or keras.config.backend
    return str(ask())

"""The frameworks by name, each imported when it is first asked for."""

from __future__ import annotations

import importlib
from functools import cache

from flake8_logits.verify.child.frameworks.base import Framework

_HOME = "flake8_logits.verify.child.frameworks"
_PLACES = {"keras": f"{_HOME}.keras", "torch": f"{_HOME}.torch.framework", "jax": f"{_HOME}.jax.framework"}


@cache
def framework(name: str) -> Framework:
    """The framework of a name.  Raises ImportError where it is not installed."""
    found: Framework = importlib.import_module(_PLACES[name]).FRAMEWORK
    return found

"""Keeps the objects of JAX's libraries from having special names of their own, and from looking up what is no array."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from flake8_logits.verify.child.looking_up import among_what_is_held, is_plain, is_public, looking_for, to_hold
from flake8_logits.verify.child.made import Depends


def confine() -> None:
    """From now on, in this process, what numpy asks an object for is found in none of them, and norms are of arrays.

    nnx sets attributes by names that a program gives it, and hands out what is written beside a variable.  Its lists
    ask for the text of an index, which a program's number answers as it likes.
    """
    for library, close in (("flax", _nnx), ("equinox", _equinox)):
        if importlib.util.find_spec(library) is not None:
            close()


def _nnx() -> None:
    from flax import nnx
    from flax.nnx import helpers

    vars(helpers).update(getattr=among_what_is_held, setattr=to_hold)
    base: Any = getattr(nnx, "Pytree", nnx.Module)
    module: Any = nnx.Module
    variable: Any = nnx.Variable
    base.__setattr__ = _plainly(base.__setattr__)
    variable.__getattr__ = _plainly(variable.__getattr__)
    module.sow = _of_variables(module.sow)


def _equinox() -> None:
    from equinox import _tree
    from equinox.nn import _spectral_norm, _weight_norm

    # The last is what stands for an array while one is put in its place.
    look_up = looking_for(jax.Array, np.ndarray, _tree._LeafWrapper)
    for module in (_spectral_norm, _weight_norm):
        vars(module)["getattr"] = look_up


def _plainly(plain: Callable[..., Any]) -> Callable[..., Any]:
    def act(self: Any, name: Any, *value: Any) -> Any:
        if not is_plain(name):
            raise AttributeError(f"{name!r:.60}")
        return plain(self, name, *value)

    return act


def _of_variables(plain: Callable[..., Any]) -> Callable[..., Any]:
    """``sow``, which keeps variables under public names."""

    def sow(self: Any, kind: Any, name: Any, *args: Any, **named: Any) -> Any:
        from flax import nnx

        is_kind = isinstance(kind, str) or (isinstance(kind, type) and issubclass(kind, nnx.Variable))
        if not is_kind or not is_public(name):
            raise Depends("nnx.Module.sow")
        return plain(self, kind, name, *args, **named)

    return sow

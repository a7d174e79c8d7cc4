"""Functions of TensorFlow and PyTorch as they are handed out: what is made up stays so, and no device is asked for."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

from flake8_logits.knowledge.runnable import COUNTED, SIZED
from flake8_logits.verify.child.made import Depends, Made, is_of_model

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.BuiltinMethodType)
_MADE_BY_JAX = ("jax.", "jaxlib.")
_PLACES = ("device", "pin_memory")


def passing_on(dotted: str, found: Any) -> Any:
    """What is handed out for a name of a library: a function is wrapped, anything else is itself."""
    compiled = callable(found) and type(found).__module__.startswith(_MADE_BY_JAX) and not isinstance(found, type)
    if not isinstance(found, _FUNCTIONS) and not compiled:
        return found
    name = dotted.rpartition(".")[2]
    return _passing(found, name in SIZED, name in COUNTED)


def _passing(plain: Callable[..., Any], sized: bool, counted: bool) -> Callable[..., Any]:
    @functools.wraps(plain, updated=())
    def act(*args: Any, **named: Any) -> Any:
        given = args[0] if args else next(iter(named.values()), None)
        if isinstance(given, (list, tuple)) and not sized:
            given = next((one for one in given if isinstance(one, Made)), None)
        if isinstance(given, Made) and not sized:
            every = (*args, *named.values(), *(args[0] if args and isinstance(args[0], (list, tuple)) else ()))
            if any(is_of_model(one) for one in every):
                raise Depends(given.source)
            return Made(given.source)
        if counted:
            args = (*args[:1], *(int(one) if isinstance(one, Made) else one for one in args[1:]))
        return plain(*args, **{name: one for name, one in named.items() if name not in _PLACES})

    act.autograph_info__ = {}  # type: ignore[attr-defined]  # TensorFlow calls it as it is
    return act

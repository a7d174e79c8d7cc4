"""Attributes of libraries' classes: which are listed, and methods for objects of the class and nothing else.

A method asks and sets what it knows its own objects to have, past the guard.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

from flake8_logits.knowledge.runnable import KINDS
from flake8_logits.verify.child.made import Depends, Made


def of_class(provider: type, name: str, found: Any) -> Any:
    """What a class of a library hands out under a name: a method that checks its object, made up for a property."""
    if isinstance(found, property):
        return Made(f"{provider.__name__}.{name}")
    is_method = type(found) is types.FunctionType and type(provider.__dict__.get(name)) is not staticmethod
    return _on_objects_of(provider, found) if is_method else found


def is_listed(holder: Any, name: str) -> bool:
    """Whether an object or a class of a library may be asked for an attribute."""
    names = {name_of(one) for one in (holder if isinstance(holder, type) else type(holder)).__mro__}
    return any(name in row.attributes for row in KINDS if row.classes & names)


def name_of(cls: type) -> str:
    """A class as the list of kinds names it: its package and its own name."""
    return f"{str(cls.__module__).partition('.')[0]}.{cls.__name__}"


def provider_in(mro: tuple[type, ...], name: str) -> type:
    """The first of some classes that has an attribute."""
    return next((one for one in mro if name in one.__dict__), object)


def _on_objects_of(kind: type, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method, updated=())
    def act(*args: Any, **named: Any) -> Any:
        if not args or kind not in type(args[0]).__mro__:
            raise Depends(f"{method.__qualname__} of something else")
        return method(*args, **named)

    act.autograph_info__ = {}  # type: ignore[attr-defined]  # TensorFlow calls it as it is
    return act

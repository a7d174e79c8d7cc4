"""What stands for an annotation when a slice runs: libraries evaluate those that are text, wherever it is from."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

_GENERIC = frozenset({"types", "typing"})
_THEMSELVES = (None, Ellipsis, typing.Any, typing.ClassVar, dataclasses.KW_ONLY)


def annotation(value: Any) -> Any:
    """An annotation that is a class, or made of classes alone; ``object`` in the place of any other.

    What tells a class of data that something is no field of it, or one for its beginning alone, still does.
    """
    if is_of_classes(value):
        return value
    if isinstance(value, dataclasses.InitVar):
        return dataclasses.InitVar
    return typing.ClassVar if typing.get_origin(value) is typing.ClassVar else object


def is_of_classes(value: Any) -> bool:
    """Whether no text is anywhere in an annotation, nor anything that could hold one."""
    if issubclass(type(value), type) or any(value is one for one in _THEMSELVES):
        return True
    if type(value) is list:  # the parameters of a Callable
        return all(is_of_classes(one) for one in value)
    inside = typing.get_args(value) if type(value).__module__ in _GENERIC else ()
    return bool(inside) and all(is_of_classes(one) for one in inside)

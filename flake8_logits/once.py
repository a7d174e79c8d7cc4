"""Attributes that are computed when they are first read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class computed_once(Generic[T]):
    """``functools.cached_property`` without a lock: until Python 3.12 one thread that computes held up all others.

    Where the one waited for another to leave, as whoever needs room on the stack does, both waited for ever.  Threads
    that ask at the same time may compute it twice; all later ones are given the same.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> computed_once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...

    def __get__(self, instance: object | None, owner: type | None = None) -> computed_once[T] | T:
        if instance is None:
            return self
        # Next time the attribute is found before this is asked.  Of two at once the first stays.
        found: T = instance.__dict__.setdefault(self._name, self._compute(instance))
        return found

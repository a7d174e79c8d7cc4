"""Closes the classes of a program: what Python and libraries ask of an object by a special name comes from its class.

numpy asks the object itself for ``__array_interface__``, which holds an address, and ``copy.deepcopy`` asks it for
``__reduce_ex__``, which holds what to call and to set.  A class cannot define these names; where a library wrote one
into the dictionary of an object, it is not found there.
"""

from __future__ import annotations

from typing import Any

_ASKED_OF_OBJECTS = (
    "__array_interface__", "__array_struct__", "__cuda_array_interface__", "__dlpack__", "__mro_entries__", "__copy__",
    "__deepcopy__", "__reduce__", "__reduce_ex__", "__getstate__", "__setstate__",
)  # fmt: skip


class _Sealed:
    """What the classes above have under a name, and never what an object's dictionary has."""

    nowrap = True
    """Flax wraps the descriptors of a program's classes, and makes of an AttributeError another error."""

    def __init__(self, owner: type, name: str) -> None:
        self.owner = owner
        self.name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        above: Any = super(self.owner, owner if instance is None else instance)
        return getattr(above, self.name)

    def __set__(self, instance: Any, value: Any) -> None:
        raise AttributeError(self.name)


def seal(cls: type) -> None:
    """Keep the objects of a class from having special names of their own that libraries ask for."""
    for name in _ASKED_OF_OBJECTS:
        if name not in cls.__dict__:
            type.__setattr__(cls, name, _Sealed(cls, name))


def of_super(value: super, name: str) -> Any:
    """What a ``super`` object itself has under a name, whatever the classes that it asks have."""
    return super.__dict__[name].__get__(value)

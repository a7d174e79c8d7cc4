"""The private names that a library's classes have or ask of their own objects: no heir of theirs gives them a value.

A library looks attributes up by names that it keeps under such a name, and hands on what it finds: past the guard.
Functions beside a class ask its objects, too, for what the class has.
"""

from __future__ import annotations

import functools
import sys
import types
import weakref
from collections.abc import Iterator
from typing import Any

from flake8_logits.verify.allowed import is_special
from flake8_logits.verify.child.looking_up import is_public
from flake8_logits.verify.child.made import is_programs

FIELDS = "_fields"
"""Where a named tuple has the names of its fields."""
_OF_ABC = {"_abc_impl"}
"""What Python itself writes into each class that may be abstract."""
_failing: weakref.WeakSet[types.FunctionType] = weakref.WeakSet()
"""The methods that raise whenever they are called.  They bear no mark: a program can mark its own."""


def reserved(cls: type) -> frozenset[str]:
    """The private names that the classes of libraries have or ask for that a class is an heir of, or is itself.

    Of a tuple they ask which fields it has, and look those up.
    """
    asked = frozenset().union(*(_asked_by(one) for one in cls.__mro__ if _is_librarys(one)))
    return asked | {FIELDS} if issubclass(cls, tuple) else asked


def given_away(cls: type) -> str | None:
    """The first of these names that a program's class has something for; None if there is none.

    What a class above has was looked at when that was made, as far as the name was a library's for it, too: libraries
    add to the classes of a program what they ask of them.
    """
    theirs = reserved(cls)
    for one in cls.__mro__:
        if is_programs(one):
            asked = theirs if one is cls else theirs - reserved(one)
            for name, value in vars(one).items():
                if name in asked and not is_harmless(value) and not _names_fields(name, value):
                    return name
    return None


def is_harmless(value: Any) -> bool:
    """Whether a value names nothing: a switch, a number, or a method that raises whenever it is called."""
    return type(value) in (bool, int, float, type(None)) or (
        isinstance(value, types.FunctionType) and value in _failing
    )


def _names_fields(name: str, value: Any) -> bool:
    """Whether this is what a named tuple has: names that no library keeps to itself."""
    return name == FIELDS and type(value) is tuple and all(is_public(one) for one in value)


def failing(method: Any) -> Any:
    """A method that raises whenever it is called, which therefore gives nothing away."""
    _failing.add(method)
    return method


def _is_librarys(cls: type) -> bool:
    home = cls.__module__.partition(".")[0]
    return not is_programs(cls) and home not in sys.stdlib_module_names and home != "flake8_logits"


@functools.cache
def _asked_by(cls: type) -> frozenset[str]:
    found = {name for value in vars(cls).values() for code in _codes(value) for name in code.co_names}
    found |= vars(cls).keys() - _OF_ABC
    return frozenset(name for name in found if name.startswith("_") and not is_special(name))


def _codes(value: Any) -> Iterator[types.CodeType]:
    """Yield the code of a method, with that of the functions in it and of what it wraps."""
    if isinstance(value, property):
        for one in (value.fget, value.fset, value.fdel):
            yield from _codes(one)
    elif isinstance(value, (classmethod, staticmethod)):
        yield from _codes(value.__func__)
    elif isinstance(value, types.FunctionType):
        yield from _within(value.__code__)
        yield from _codes(vars(value).get("__wrapped__"))


def _within(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _within(one)

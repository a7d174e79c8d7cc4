"""What of the libraries is handed out in another form: without names or paths that it would read or run."""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import Callable
from typing import Any

from flake8_logits.verify.allowed import APPLICATIONS, is_special
from flake8_logits.verify.child.made import Depends

_LOOKUPS = ("StringLookup", "IntegerLookup", "TextVectorization")
_BEFORE_WEIGHTS = 1
"""Where ``weights`` stands among the parameters of the finished models, after ``include_top``."""


def replaced(dotted: str, found: Any) -> Any:
    """What is handed out for a name of a library: most often the very object."""
    module, _, name = dotted.rpartition(".")
    if module == APPLICATIONS and name[:1].isupper():
        return _without_weights(found)
    if module.startswith("keras.layers") and name in _LOOKUPS:
        return _with_listed_vocabulary(found)
    return _INSTEAD.get(dotted, found)


def _without_weights(build: Callable[..., Any]) -> Callable[..., Any]:
    """A finished model with fresh weights: nothing is downloaded, and no file is read."""

    def fresh(*args: Any, **named: Any) -> Any:
        if len(args) > _BEFORE_WEIGHTS:
            args = (*args[:_BEFORE_WEIGHTS], None, *args[_BEFORE_WEIGHTS + 1 :])
            named.pop("weights", None)
        else:
            named["weights"] = None
        return build(*args, **named)

    return fresh


def _with_listed_vocabulary(layer: Callable[..., Any]) -> Callable[..., Any]:
    """A layer whose vocabulary is given as a list: a text would be the path of a file."""

    def listed(*args: Any, **named: Any) -> Any:
        for key, value in named.items():
            if "vocabulary" in key and not _is_listed(value) and type(value) not in (bool, int, type(None)):
                raise Depends(f"{key}={value!r:.60}")
        if any(not isinstance(one, (int, type(None))) for one in args):
            raise Depends("a vocabulary that is given by position")
        return layer(*args, **named)

    return listed


def _is_listed(value: Any) -> bool:
    return type(value) in (list, tuple) and all(type(one) in (str, bytes, int) for one in value)


def _wraps(wrapped: Any, *_: Any, **__: Any) -> Callable[[Any], Any]:
    """``functools.wraps`` without copying attributes by name."""
    return lambda function: function


def _dataclass(cls: Any = None, /, **options: Any) -> Any:
    """``dataclasses.dataclass`` for fields whose names are names: it writes them into source."""
    if cls is None:
        return lambda one: _dataclass(one, **options)
    if options.pop("slots", False) or options.pop("weakref_slot", False):
        raise Depends("dataclass with slots")
    if not isinstance(cls, type) or not cls.__module__.startswith(("__main__", "module")):
        raise Depends("dataclass")
    for base in cls.__mro__:
        for name in inspect.get_annotations(base):
            if type(name) is not str or not name.isidentifier() or is_special(name):
                raise Depends(f"the field {name!r:.60}")
    return dataclasses.dataclass(cls, **options)


class _ByValue(enum.EnumMeta):
    """Enumerations that are asked for a member, and never made by a call."""

    def __call__(cls, value: Any) -> Any:  # type: ignore[override]
        return super().__call__(value)


class _Enum(enum.Enum, metaclass=_ByValue):
    pass


class _IntEnum(enum.IntEnum, metaclass=_ByValue):
    pass


_INSTEAD: dict[str, Any] = {
    "functools.wraps": _wraps,
    "dataclasses.dataclass": _dataclass,
    "enum.Enum": _Enum,
    "enum.IntEnum": _IntEnum,
}

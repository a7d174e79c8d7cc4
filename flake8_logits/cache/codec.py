"""Our dataclasses to JSON and back, by their types: reading an entry of a cache must never run anything."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")


class MalformedError(Exception):
    """What was read is not what such a type is written as."""


def encode(value: object) -> Any:
    """Return what stands for the value in JSON; sets are in an order that does not depend on the run."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((encode(item) for item in value), key=repr)
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if is_dataclass(value):
        plain = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **plain}
    raise TypeError(f"nothing stands for {type(value).__name__} in a cache")


def decode(kind: type[T], data: Any) -> T:
    """Return the value of a dataclass that ``encode`` wrote; raise MalformedError for anything else."""
    found: T = _decode(kind, data)
    return found


def _decode(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _tuple(typing.get_args(kind), data)
    if origin in (types.UnionType, typing.Union):
        return _union(typing.get_args(kind), data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, data)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind, data)
    return _plain(kind, data)


def _plain(kind: Any, data: Any) -> Any:
    if kind is None or kind is type(None):
        if data is None:
            return None
    elif kind is float:
        if type(data) in (int, float):
            return float(data)
    elif kind in (bool, int, str) and type(data) is kind:
        return data
    raise MalformedError(f"{data!r} is not {kind!r}")


def _member(kind: type[Enum], data: Any) -> Enum:
    if not isinstance(data, str) or data not in kind.__members__:
        raise MalformedError(f"{data!r} is not a member of {kind.__name__}")
    return kind[data]


def _tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise MalformedError("no list")
    if len(kinds) == 2 and kinds[1] is ...:
        return tuple(_decode(kinds[0], item) for item in data)
    if len(kinds) != len(data):
        raise MalformedError("a list of another length")
    return tuple(_decode(kind, item) for kind, item in zip(kinds, data, strict=True))


def _union(kinds: tuple[Any, ...], data: Any) -> Any:
    for kind in kinds:
        try:
            return _decode(kind, data)
        except MalformedError:
            continue
    raise MalformedError(f"{data!r} is none of {kinds!r}")


def _dataclass(kind: type, data: Any) -> Any:
    if not isinstance(data, dict) or data.get("is") != kind.__name__:
        raise MalformedError(f"no {kind.__name__}")
    hints = _hints(kind)
    if set(data) != {"is", *hints}:
        raise MalformedError(f"other fields than those of {kind.__name__}")
    return kind(**{name: _decode(hint, data[name]) for name, hint in hints.items()})


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}

"""What of the libraries is handed out in another form: without names or paths that it would read or run."""

from __future__ import annotations

import copy
import dataclasses
import enum
import functools
import inspect
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from flake8_logits.verify.allowed import APPLICATIONS, is_special
from flake8_logits.verify.child.made import Depends, is_programs
from flake8_logits.verify.child.older import OLDER
from flake8_logits.verify.child.passing_on import passing_on

_SCOPES = frozenset({"CustomObjectScope", "custom_object_scope"})
_FIELDS = ("__dataclass_fields__", "_fields")
"""Where the names of fields stand in a class of data and in a named tuple."""
_BARE = (object, tuple)
_PASSING = ("tensorflow.", "torch.", "jax.", "optax.", "flax.core.")
_OF_FIELDS = ("flax.linen.module", "equinox._module")
"""Where the classes stand whose heirs are all classes of data."""
_GIVEN = ("name",)
"""Fields of such a class that its heirs may have anew."""
_ABSTRACT = frozenset({"abc", "collections.abc", "typing", "typing_extensions"})


def replaced(dotted: str, found: Any) -> Any:
    """What is handed out for a name of a library: most often the very object."""
    module, _, name = dotted.rpartition(".")
    if module.startswith(APPLICATIONS) and name[:1].isupper():
        return _without_weights(found)
    if dotted.startswith("keras.") and name in _SCOPES:
        return _scope(found)
    if dotted in OLDER:
        return OLDER[dotted]
    if dotted == "torch.Tensor":
        return _tensor()
    if dotted in _INSTEAD:
        return _INSTEAD[dotted]
    return passing_on(dotted, found) if dotted.startswith(_PASSING) else found


def let_stand_in(found: dict[str, Any]) -> None:
    """From now on these are handed out for names of libraries."""
    _INSTEAD.update(found)


def _tensor() -> type:
    from flake8_logits.verify.child.frameworks.torch.kinds import Tensor

    return Tensor


def is_replaced(dotted: str) -> bool:
    """Whether something else is handed out for a name of a library."""
    module, _, name = dotted.rpartition(".")
    return dotted in _INSTEAD or name in _SCOPES or (module.startswith(APPLICATIONS) and name[:1].isupper())


def class_instead(cls: type) -> type:
    """The class that is handed out for one: most often itself."""
    return Array if cls is np.ndarray else cls


def _without_weights(build: Callable[..., Any]) -> Callable[..., Any]:
    """A finished model with fresh weights: nothing is downloaded, and no file is read."""

    def fresh(*args: Any, **named: Any) -> Any:
        given = inspect.signature(build).bind_partial(*args, **named)
        given.arguments["weights"] = None
        return build(*given.args, **given.kwargs)

    return fresh


def _scope(plain: Callable[[dict[str, Any]], Any]) -> Callable[[Any], Any]:
    """Keras' scope of custom objects, with names that are found whenever they are looked up."""

    def scope(objects: Any) -> Any:
        if type(objects) is not dict or any(type(name) is not str for name in objects):
            raise Depends("custom objects that answer for themselves")
        return plain(dict(objects))

    return scope


def _wraps(wrapped: Any, *_: Any, **__: Any) -> Callable[[Any], Any]:
    """``functools.wraps`` without copying attributes by name."""
    return lambda function: function


def _dataclass(cls: Any = None, /, **options: Any) -> Any:
    """``dataclasses.dataclass`` for fields whose names are names: it writes them into source."""
    if cls is None:
        return lambda one: _dataclass(one, **options)
    if options.pop("slots", False) or options.pop("weakref_slot", False):
        raise Depends("dataclass with slots")
    if not isinstance(cls, type) or not is_programs(cls):
        raise Depends("dataclass")
    for base in cls.__mro__:
        for name in inspect.get_annotations(base):
            if type(name) is not str or not name.isidentifier() or is_special(name):
                raise Depends(f"the field {name!r:.60}")
    if type.__subclasses__(cls):
        raise Depends("dataclass")  # it would give its heirs fields, whatever they are
    return with_fields_of_its_own(dataclasses.dataclass(cls, **options))


def with_fields_of_its_own(cls: type) -> type:
    """A class, which libraries may read by the names of its fields, or of its parameters if it is an error.

    They go past the guard, so it raises Depends where such a name could be one of a library's: where a class that has
    fields is also an heir of a library's class or of a text, and an error one of a class that is none.  A tuple may
    come by fields whenever its class or it is told some.
    """
    foreign = [
        one for one in cls.__mro__ if not is_programs(one) and one not in _BARE and one.__module__ not in _ABSTRACT
    ]
    errors = [one for one in foreign if issubclass(one, BaseException)]
    if 0 < len(errors) < len(foreign):
        raise Depends("fields of a class of a library")
    if tuple not in cls.__mro__ and not any(name in vars(one) for one in cls.__mro__ for name in _FIELDS):
        return cls
    for one in foreign:
        if not one.__module__.startswith(_OF_FIELDS) or any(_is_of(one, name) for name in _fields_of(cls)):
            raise Depends("fields of a class of a library")
    return cls


def _as_dict(value: Any, *, dict_factory: Callable[[Any], Any] = dict) -> Any:
    """``dataclasses.asdict`` of objects of the program's classes."""
    return _with_values(value, dict_factory)


def _as_tuple(value: Any, *, tuple_factory: Callable[[Any], Any] = tuple) -> Any:
    """``dataclasses.astuple``, likewise."""
    return _with_values(value, lambda pairs: tuple_factory([one for _, one in pairs]))


def _with_values(value: Any, make: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """What is made of the fields of an object and of those in them.  Raises Depends for an object of a library."""
    if type(value) in (list, tuple):
        return type(value)(_with_values(one, make) for one in value)
    if type(value) is dict:
        return {_with_values(name, make): _with_values(one, make) for name, one in value.items()}
    if not dataclasses.is_dataclass(type(value)):
        return copy.deepcopy(value)
    if not is_programs(type(value)):
        raise Depends(f"the fields of {type(value).__name__}")
    return make([(one.name, _with_values(getattr(value, one.name), make)) for one in dataclasses.fields(value)])


def _with_others(value: Any, /, **changes: Any) -> Any:
    """``dataclasses.replace`` for objects of the program's classes."""
    if not is_programs(type(value)):
        raise Depends(f"the fields of {type(value).__name__}")
    return dataclasses.replace(value, **changes)


def _fields_of(cls: type) -> set[str]:
    """The names that a program's classes are annotated with."""
    return {name for one in cls.__mro__ if is_programs(one) for name in inspect.get_annotations(one)}


def _is_of(cls: type, name: str) -> bool:
    """Whether a name is one of a library's class, or begins as those that it keeps to itself."""
    if name.startswith("_"):
        return True
    held = {*vars(cls), *inspect.get_annotations(cls), *vars(cls).get(_FIELDS[0], ())}
    return name in held and name not in _GIVEN


_SPACE = type(enum.EnumMeta.__prepare__("_", ()))
"""What Python has the names of an enumeration written into, and nobody else makes."""


class _ByValue(enum.EnumMeta):
    """Enumerations that are asked for a member, and never made by a call, be it one of a library."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: Any, **options: Any) -> Any:
        """An enumeration that is written as a class."""
        if type(space) is not _SPACE:
            raise Depends("an enumeration that is made by a call")
        return super().__new__(mcs, name, bases, space, **options)

    def __call__(cls, value: Any) -> Any:  # type: ignore[override]
        return super().__call__(value)


class _Enum(enum.Enum, metaclass=_ByValue):
    pass


class _IntEnum(enum.IntEnum, metaclass=_ByValue):
    pass


class _KindOfArrays(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, np.ndarray)

    def __subclasscheck__(cls, other: type) -> bool:
        return other is cls or issubclass(other, np.ndarray)


class Array(metaclass=_KindOfArrays):
    """``numpy.ndarray`` as what something may be an instance of: made by a call, it takes numbers for addresses."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        """Make nothing."""
        raise Depends("numpy.ndarray")

    def __init_subclass__(cls) -> None:
        raise Depends("numpy.ndarray")


Array.__name__ = Array.__qualname__ = "ndarray"


class _CachedProperty:
    """``functools.cached_property`` that keeps what it computed to itself.

    Python's own looks it up in the object's dictionary, and stores it there, under the name that it is told first: past
    the guard, and be it one that a library's class keeps something under.
    """

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function
        self._kept: dict[int, tuple[Any, Any]] = {}

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        if id(instance) not in self._kept:
            self.__set__(instance, self._function(instance))
        return self._kept[id(instance)][1]

    def __set__(self, instance: Any, value: Any) -> None:
        self._kept[id(instance)] = (instance, value)

    def __delete__(self, instance: Any) -> None:
        if self._kept.pop(id(instance), None) is None:
            raise AttributeError("it was not computed yet")


class _Along:
    """``numpy.r_`` and its like, without names that numpy would look up where it was called from."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            raise Depends(f"the text {key!r:.60}")
        return self._plain[key]


def _deepcopy(value: Any) -> Any:
    """``copy.deepcopy`` without a record of what is in foreign objects."""
    return copy.deepcopy(value)


def _total_ordering(cls: Any) -> Any:
    """``functools.total_ordering``, which sets methods, on classes of the program."""
    if not isinstance(cls, type) or not is_programs(cls):
        raise Depends("total_ordering")
    return functools.total_ordering(cls)


def _variable(data: Any, *_: Any, **__: Any) -> Any:
    """``torch.autograd.Variable``, which has been the tensor itself for long."""
    return data


def _bound(function: Any, instance: Any) -> Any:
    """``types.MethodType``: a function with its first argument."""
    return types.MethodType(function, instance)


_INSTEAD: dict[str, Any] = {
    "copy.deepcopy": _deepcopy,
    "functools.cached_property": _CachedProperty,
    "functools.total_ordering": _total_ordering,
    "numpy.c_": _Along(np.c_),
    "numpy.ndarray": Array,
    "numpy.r_": _Along(np.r_),
    "functools.wraps": _wraps,
    "dataclasses.asdict": _as_dict,
    "dataclasses.astuple": _as_tuple,
    "dataclasses.dataclass": _dataclass,
    "dataclasses.replace": _with_others,
    "enum.Enum": _Enum,
    "enum.IntEnum": _IntEnum,
    "torch.autograd.Variable": _variable,
    "types.MethodType": _bound,
}

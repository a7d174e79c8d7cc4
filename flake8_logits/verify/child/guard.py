"""Decides, when a slice runs, what may be asked of an object: of what kind it is, and what that kind may be asked.

The program's own objects may be asked for whatever the program gave them.  Objects of libraries may be asked for what
the list has for their kind.  Of everything else nothing may be asked, and no module is ever handed out.
"""

from __future__ import annotations

import _string  # type: ignore[import-not-found]
import builtins
import dataclasses
import functools
import inspect
import string
import types
from collections.abc import Callable, Iterable
from typing import Any

from flake8_logits.knowledge.runnable import KINDS
from flake8_logits.verify.allowed import BEGINNINGS, BUILTINS, OF_CLASSES, OPERATORS, TEXTS, is_special
from flake8_logits.verify.child.datasets import Dataset
from flake8_logits.verify.child.inherited import given_away, is_harmless, reserved
from flake8_logits.verify.child.libraries import Namespace, handed, never
from flake8_logits.verify.child.made import SLICE, Depends, Made, is_of_model
from flake8_logits.verify.child.methods import name_of, of_class, provider_in
from flake8_logits.verify.child.replacing import class_instead, with_fields_of_its_own
from flake8_logits.verify.child.sealing import of_super, seal
from flake8_logits.verify.child.texts import asking, unknown_in

_PLAIN = frozenset(
    one for name in BUILTINS if isinstance(one := getattr(builtins, name, None), type) and not issubclass(one, type)
)
_DATASET = frozenset({"load_data", "get_word_index", "get_label_names"})
_OF_TEXTS = (types.BuiltinMethodType, types.MethodDescriptorType)
_ADOPTING = "__adopting__"
_NOTHING = object()
_GENERIC = frozenset({"typing", "typing_extensions", "types", "collections"})
"""Where the classes live that stand for others as bases, and those that they stand for beside the listed ones."""


class Guard:
    """The guard of one program.  It raises Depends where an answer would have to be made up and cannot be."""

    def __init__(self) -> None:
        self._classes: dict[int, type] = {}
        self._annotated: dict[int, frozenset[str]] = {}
        self._stored: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._attributes: dict[type, tuple[frozenset[str], frozenset[str]]] = {}
        self.attribute = unconverted(lambda value, name: self.get(value, name))
        self.writing = unconverted(lambda value: _Writing(self, value))

    # -- what a program asks ---------------------------------------------------------------------------------------

    def get(self, value: Any, name: str, *default: Any) -> Any:
        """An attribute; a value made up where it may not be asked.  Raises AttributeError where there is none."""
        if type(name) is not str:
            raise Depends("getattr")
        if type(value) is Made:
            return _of_made(value, name)
        if type(value) is Namespace:
            return value.ask(name)
        if is_special(name):
            return self._special(value, name)
        if not self.may_read(value, name):
            return Made(f"{_kind_of(value)}.{name}")
        if default and (source := unknown_in(name)) is not None:
            raise Depends(source)
        found = self._look_up(value, name, *default)
        if (instead := self._formatting(found) or asking(value, name, found)) is not None:
            return instead
        return Made(f"{_kind_of(value)}.{name}") if never(found) else self._of_class_itself(value, name, found)

    def _look_up(self, value: Any, name: str, *default: Any) -> Any:
        """An attribute that may be asked.

        Where a library's own code answers for what an object does not have, it may hand on what another object has.
        """
        cls: Any = type(value)
        answering = next((one for one in cls.__mro__ if "__getattr__" in one.__dict__), None)
        if isinstance(value, type) or answering is None or self._own(answering) or name in self._of_kind(cls)[0]:
            return getattr(value, name, *default)
        try:
            return cls.__getattribute__(value, name)
        except AttributeError:
            if name in self._set_on(value):
                return self._kept(value, name, getattr(value, name))
            if default:
                return default[0]
            raise

    def _kept(self, value: Any, name: str, found: Any) -> Any:
        """What a library's code answers, if it is what the program has set there.  Raises AttributeError if not."""
        if found is self._set_on(value).get(name, _NOTHING) or is_of_model(found):
            return found
        raise AttributeError(name)

    def _of_class_itself(self, value: Any, name: str, found: Any) -> Any:
        """What a class of a library hands out to be called on its own objects, on those alone."""
        if type(value) is not super and not isinstance(value, type):
            return found
        provider = self._provider(value, name)
        return found if self._own(provider) else of_class(provider, name, found)

    def has(self, value: Any, name: str) -> Any:
        """Whether there is an attribute; made up where it may not be asked."""
        if type(name) is not str or type(value) is Made:
            return Made("hasattr")
        if type(value) is Namespace:
            return value.has(name)
        if is_special(name) or not self.may_read(value, name):
            return Made(f"hasattr of {name}")
        if (source := unknown_in(name)) is not None:
            return Made(source)
        return hasattr(value, name)

    def set(self, value: Any, name: str, new: Any) -> None:
        """Set an attribute.  Raises Depends where that may not be done."""
        if type(value) is Made and type(name) is str and not name.startswith("_"):
            value.hold(name, new)
            return
        self._to_write(value, name, new)
        setattr(value, name, new)
        self._note(value, name, new)

    def delete(self, value: Any, name: str) -> None:
        """Delete an attribute.  Raises Depends where that may not be done."""
        self._to_write(value, name, None)
        delattr(value, name)
        self._set_on(value).pop(name, None)

    def type_of(self, value: Any) -> Any:
        """The class of an object; of a class that may not be called no more than its name."""
        cls = type(value)
        if cls is Made or issubclass(cls, type):
            return Made("type")
        instead = class_instead(cls)
        return instead if instead is not cls or self._known(cls) else Described(cls)

    def build_class(self, body: Any, name: str, *bases: Any, **options: Any) -> Any:
        """A class of the program.  Raises Depends where its bases may not be used, or it has a metaclass."""
        for base in bases:
            self._check_base(base)
        metaclass = options.pop("metaclass", None)
        if metaclass is not None and getattr(metaclass, "source", "").rpartition(".")[2] != "ABCMeta":
            raise Depends("metaclass")
        options["metaclass"] = _Making(self)
        return self.adopt(builtins.__build_class__(body, name, *bases, **options))

    def _check_base(self, base: Any) -> None:
        """Raise Depends where a class may not be built on a base, or on the classes that it stands for."""
        stood_for = (base,)
        if not isinstance(base, type):
            if type(base) is not Made and _home_of(base) not in _GENERIC:
                raise Depends("a base that is no class")
            stood_for = types.resolve_bases((base,))
        for one in stood_for:
            known = self._known(one) or (one is not base and _home_of(one) in _GENERIC)
            if not isinstance(one, type) or not known or issubclass(one, (type, super)):
                raise Depends(_kind_of(one))

    def adopt(self, cls: Any) -> Any:
        """Take a class for one of the program's own, and return it."""
        if not isinstance(cls, type) or issubclass(cls, type):
            raise Depends("a class")
        with_fields_of_its_own(cls)
        seal(cls)
        self._classes[id(cls)] = cls
        # At first, before a library adds fields of its own to the class.
        self._annotated.setdefault(id(cls), frozenset(one for one in inspect.get_annotations(cls) if type(one) is str))
        self._attributes.clear()
        return cls

    # -- the rules -------------------------------------------------------------------------------------------------

    def may_read(self, value: Any, name: str) -> bool:
        """Whether an object may be asked for an attribute, which is none of those that Python gives a meaning."""
        cls = type(value)
        if cls in (types.SimpleNamespace, Dataset):
            return cls is not Dataset or name in _DATASET
        if cls is super:
            return self._provided(self._after(value), name) is not False
        if issubclass(cls, type):
            return self._of_class(value, name)
        if cls is types.FunctionType:
            return _is_own_function(value) and name in value.__dict__
        provided = self._provided(cls.__mro__, name)
        if provided is not None:
            return provided and not self._keeps(value, name)
        if self._pure(cls):
            return True
        if name in self._set_on(value):
            return not self._keeps(value, name)
        if name in self._of_kind(cls)[0] or self._is_field(cls, name):
            return True
        # Neither the class nor the object has it: the program's own __getattr__ is asked, or there is none.
        return self._own(cls) and name not in _instance(value) and not self._asks_library(cls)

    def _is_field(self, cls: type, name: str) -> bool:
        """Whether a program's class of data has a public field of that name, which it is told as it is made."""
        written = any(name in self._annotated[id(one)] for one in cls.__mro__ if self._own(one))
        return written and dataclasses.is_dataclass(cls) and not name.startswith("_")

    def _keeps(self, value: Any, name: str) -> bool:
        """Whether a library keeps something in an object under a name that is its own, whatever its heir has for it."""
        if not name.startswith("_") or self._pure(type(value)) or name not in reserved(type(value)):
            return False
        found = _instance(value).get(name)
        return not is_harmless(found) and found is not self._set_on(value).get(name, _NOTHING)

    def _provided(self, mro: Iterable[type], name: str) -> bool | None:
        """Whether the first class that has an attribute lets it be asked; None where none has it."""
        rest = list(mro)
        for cls in rest:
            if name in cls.__dict__:
                return self._own(cls) or any(name in self._of_kind(one)[0] for one in rest)
        return None

    def _of_class(self, cls: Any, name: str) -> bool:
        provided = self._provided(cls.__mro__, name)
        if provided is not None:
            return provided
        return self._own(cls) and not any(name in one.__dict__ for one in type(cls).__mro__)

    def _of_kind(self, cls: type) -> tuple[frozenset[str], frozenset[str]]:
        """The attributes that may be asked of objects of a class, and those that may be set."""
        if cls not in self._attributes:
            names = {name_of(one) for one in cls.__mro__ if not self._own(one)}
            rows = [row for row in KINDS if row.classes & names]
            self._attributes[cls] = (
                frozenset().union(*(row.attributes for row in rows)),
                frozenset().union(*(row.settable for row in rows)),
            )
        return self._attributes[cls]

    def _own(self, cls: type) -> bool:
        return self._classes.get(id(cls)) is cls

    def _pure(self, cls: type) -> bool:
        """Whether a class and all above it are the program's own."""
        return self._own(cls) and all(self._own(one) or one is object for one in cls.__mro__)

    def _known(self, cls: Any) -> bool:
        """Whether a class is one that the program may call: its own, or one that was handed out to it."""
        return self._own(cls) or cls in handed or cls in _PLAIN

    def _asks_library(self, cls: type) -> bool:
        """Whether a library's own code answers for what an object does not have."""
        return any(
            "__getattr__" in one.__dict__ or isinstance(one.__dict__.get("__getattribute__"), types.FunctionType)
            for one in cls.__mro__
            if not self._own(one)
        )

    @staticmethod
    def _after(value: Any) -> tuple[type, ...]:
        mro: tuple[type, ...] = of_super(value, "__self_class__").__mro__
        return mro[mro.index(of_super(value, "__thisclass__")) + 1 :]

    def _beginning(self, value: Any, name: str) -> Any:
        """A special method that makes objects of a class or changes it: of a class that the program may call."""
        return getattr(value, name) if self._known(self._provider(value, name)) else Made(name)

    def _provider(self, value: Any, name: str) -> type:
        """The class that has an attribute: the first of those that an object, a class or ``super`` asks."""
        mro = (
            self._after(value) if type(value) is super else (value if isinstance(value, type) else type(value)).__mro__
        )
        return provider_in(mro, name)

    def may_write(self, value: Any, name: str, new: Any = None) -> bool:
        """Whether an attribute of an object may be set to something new, or deleted."""
        cls = type(value)
        if type(name) is not str or is_special(name):
            return False
        if issubclass(cls, type):
            return self._own(value) and (is_harmless(new) or not any(name in reserved(one) for one in _heirs(value)))
        if name in reserved(cls) and name not in self._of_kind(cls)[1] and not is_harmless(new):
            return False
        if cls is types.SimpleNamespace or self._own(cls):
            return True
        if cls is types.FunctionType:
            return _is_own_function(value)
        settable = self._of_kind(cls)[1]
        new = bool(settable) and self._provided(cls.__mro__, name) is None and not name.startswith("_")
        return name in settable or new

    def _to_write(self, value: Any, name: str, new: Any) -> None:
        if type(value) is Made:
            raise Depends(value.source)
        if not self.may_write(value, name, new):
            raise Depends(f"{_kind_of(value)}.{name}")

    def _note(self, value: Any, name: str, new: Any) -> None:
        """Remember what a program has set on an object whose class has no such name."""
        if not isinstance(value, type) and self._provided(type(value).__mro__, name) is None:
            self._stored.setdefault(id(value), (value, {}))[1][name] = new

    def _set_on(self, value: Any) -> dict[str, Any]:
        return self._stored.get(id(value), (None, {}))[1]

    # -- what Python gives a meaning -------------------------------------------------------------------------------

    def _special(self, value: Any, name: str) -> Any:
        if name == "__class__":
            return self.type_of(value)
        if name in TEXTS:
            found = value.name if type(value) is Described else getattr(value, name, None)
            return found if type(found) is str else Made(name)
        if name in OPERATORS or name in BEGINNINGS:
            if isinstance(value, type) and not self._known(value):
                return Made(name)
            if name in OF_CLASSES:
                return self._beginning(value, name)
            return self._of_class_itself(value, name, getattr(value, name))
        if name in ("__getattr__", "__getattribute__", "__setattr__", "__delattr__"):
            return self._asking(value, name)
        return Made(name)

    def _asking(self, value: Any, name: str) -> Callable[..., Any]:
        """A special method that is given a name, with the guard before it."""
        plain = getattr(value, name)
        this: Any = of_super(value, "__self__") if type(value) is super else value
        bound: list[Any] = [] if isinstance(value, type) else [this]
        reads = name.startswith("__get")
        answers = name == "__getattr__" and not self._own(self._provider(value, name))

        def ask(*args: Any) -> Any:
            target, asked, *rest = [*bound, *args]
            if reads and not self._may_be_asked_past_its_class(target, asked):
                raise AttributeError(asked)
            if not reads:
                self._to_write(target, asked, *rest[:1] or [None])
                self._note(target, asked, rest[0] if rest else None)
            found = plain(*args)
            if answers and asked not in self._of_kind(type(target))[0]:
                found = self._kept(target, asked, found)
            return Made(asked) if never(found) else self._formatting(found) or found

        return ask

    def _may_be_asked_past_its_class(self, target: Any, name: Any) -> bool:
        """Whether an object may be asked by such a method; a class has there what it wraps when it is asked itself."""
        if type(name) is not str or is_special(name) or isinstance(target, type):
            return False
        return self.may_read(target, name)

    def _formatting(self, found: Any) -> Callable[..., str] | None:
        """For ``str.format``, wherever it was found, one that asks every attribute in its fields through the guard."""
        name = getattr(found, "__name__", None) if type(found) in _OF_TEXTS else None
        if name not in ("format", "format_map") or type(name) is not str:
            return None
        if type(found) is types.MethodDescriptorType:
            return None if found.__objclass__ is not str else self._formatting_of_class(name)
        text = found.__self__
        return self._format(str.__str__(text), name) if isinstance(text, str) else None

    def _formatting_of_class(self, name: str) -> Callable[..., str]:
        return lambda text, *args, **named: self._format(str.__str__(text), name)(*args, **named)

    def _format(self, text: str, name: str) -> Callable[..., str]:
        if name == "format":
            return lambda *args, **named: _Formatter(self).vformat(text, args, named)
        return lambda mapping: _Formatter(self).vformat(text, (), mapping)


class Described:
    """What a program learns of a class that it may not call."""

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self.name = cls.__name__

    def __eq__(self, other: object) -> bool:
        return self.cls is (other.cls if type(other) is Described else other)

    def __hash__(self) -> int:
        return hash(self.cls)


class _Writing:
    """Stands before the dot where an attribute is set or deleted."""

    __slots__ = ("guard", "value")

    def __init__(self, guard: Guard, value: Any) -> None:
        object.__setattr__(self, "guard", guard)
        object.__setattr__(self, "value", value)

    def __getattribute__(self, name: str) -> Any:
        guard, value = object.__getattribute__(self, "guard"), object.__getattribute__(self, "value")
        return guard.get(value, name)

    def __setattr__(self, name: str, new: Any) -> None:
        object.__getattribute__(self, "guard").set(object.__getattribute__(self, "value"), name, new)

    def __delattr__(self, name: str) -> None:
        object.__getattribute__(self, "guard").delete(object.__getattribute__(self, "value"), name)


class _Making:
    """Makes a class as its bases would, and takes it in before anything of the program is handed it."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.metaclass: Any = type

    def __prepare__(self, name: str, bases: tuple[Any, ...], **options: Any) -> Any:
        """The names of a class that is about to be made, with what takes it in before all others."""
        self.metaclass, space, _ = types.prepare_class(name, bases, options)
        space[_ADOPTING] = _Adopting(self.guard)
        return space

    def __call__(self, name: str, bases: tuple[Any, ...], space: Any, **options: Any) -> Any:
        try:
            return self.metaclass(name, bases, space, **options)
        except RuntimeError as error:  # before Python 3.12, this is what becomes of all that __set_name__ raises
            if isinstance(error.__cause__, Depends):
                raise error.__cause__ from None
            raise


class _Adopting:
    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def __set_name__(self, owner: type, name: str) -> None:
        type.__delattr__(owner, name)
        if (given := given_away(owner)) is not None:
            raise Depends(f"{owner.__name__}.{given}")
        self.guard.adopt(owner)


class _Formatter(string.Formatter):
    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        """The object that a field names, one attribute after the other."""
        first, rest = _string.formatter_field_name_split(field_name)
        found = self.get_value(first, args, kwargs)
        for is_attribute, name in rest:
            found = self.guard.get(found, name) if is_attribute else found[name]
        return found, first


def unspecial(function: Any) -> Any:
    """A program's ``__getattr__``, which is not asked for names that Python or a library gives a meaning."""

    def ask(self: Any, name: str) -> Any:
        if is_special(name) or name in reserved(type(self)):
            if ask.__name__ == "__getattribute__":
                return object.__getattribute__(self, name)
            raise AttributeError(name)
        return function(self, name)

    ask.__name__ = getattr(function, "__name__", "__getattr__")
    return ask


def unhanded(function: Any) -> Any:
    """A program's ``__setattr__``: libraries hand it what they keep, but nothing that no program may have."""

    @functools.wraps(function, updated=())
    def take(self: Any, name: str, value: Any) -> Any:
        if never(value):
            raise Depends(f"{_kind_of(self)}.{name}")
        return function(self, name, value)

    return take


def catching(*asked: Any) -> Any:
    """What a handler catches: whatever it names, but nothing of ours."""
    wanted = asked[0] if asked else BaseException
    found: list[Any] = []
    for one in wanted if isinstance(wanted, tuple) else (wanted,):
        if one is BaseException:
            found.extend(
                cls for cls in BaseException.__subclasses__() if not cls.__module__.startswith("flake8_logits")
            )
        elif not isinstance(one, Made):
            found.append(one)
    return tuple(found)


def named_plainly(names: Any) -> dict[str, Any]:
    """What a dictionary hands on by name.  Raises Depends for a name that Python gives a meaning."""
    found = dict(**names)
    for name in found:
        if type(name) is not str or is_special(name):
            raise Depends(str(name))
    return found


def unconverted(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that TensorFlow calls as it is, without making a graph of its lines."""
    function.autograph_info__ = {}  # type: ignore[attr-defined]
    return function


def _of_made(value: Made, name: str) -> Any:
    if name.startswith("_"):
        return Made(value.source)
    if name in value.held:
        return value.held[name]
    return getattr(value, name) if name in ("shape", "ndim", "dtype") else Made(value.source)


def _is_own_function(value: types.FunctionType) -> bool:
    return value.__code__.co_filename.startswith(SLICE)


def _instance(value: Any) -> Any:
    try:
        return object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}


def _heirs(cls: type) -> set[type]:
    """A class and all below it."""
    found, todo = {cls}, [cls]
    while todo:
        below: set[type] = set(type.__subclasses__(todo.pop())) - found
        found |= below
        todo.extend(below)
    return found


def _kind_of(value: Any) -> str:
    return value.__name__ if isinstance(value, type) else type(value).__name__


def _home_of(value: Any) -> str:
    """The package of a class, of the function that stands for one, or of an object's class."""
    named = value if isinstance(value, (type, types.FunctionType)) else type(value)
    return str(named.__module__).partition(".")[0]

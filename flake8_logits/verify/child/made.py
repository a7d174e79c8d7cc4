"""What stands in for a program's data: a number that can be asked anything, until something depends on the answer."""

from __future__ import annotations

import dis
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

STANDS_FOR = "made up for "
"""What is written of a made up value, with what it stands for, wherever a program makes a text of it."""
SLICE = "<slice"
"""How the names of the files begin that slices are compiled as."""
_UNPACK = dis.opmap["UNPACK_SEQUENCE"]
_CONTAINS = dis.opmap["CONTAINS_OP"]


class Passing(BaseException):
    """What is raised by us: no handler of a program or a library may take it for one of its own."""


class Depends(Passing):
    """Something that matters depends on what was made up; the message names it.

    ``conditional`` is set where it is a condition, which has but two answers.  It is remembered in ``raised``, as a
    program may swallow it in ways that no handler shows.
    """

    conditional = False

    def __init__(self, source: str) -> None:
        super().__init__(source)
        raised.append(self)


@dataclass(frozen=True)
class Profile:
    """One guess at data: the size of whatever is a number, the shape of one row, whether rows hold whole numbers.

    ``truth`` is the answer to every condition on data; None where there is none.
    """

    size: int
    shape: tuple[int, ...]
    tokens: bool = False
    truth: bool | None = None


PROFILES = (
    Profile(10, (12,)),
    Profile(96, (96, 96, 3)),
    Profile(120, (120,), True),
    Profile(60, (60, 12)),
    Profile(28, (28, 28)),
    Profile(28, (28, 28, 1)),
    Profile(16, (16, 16, 16, 3)),
)

_current: list[Profile] = [PROFILES[0]]
raised: list[Depends] = []
"""What was raised since the guess was made."""
touched: list[str] = []
"""What was made up and then looked at."""


gone_through: list[str] = []
"""What was made up and then applied to what a model gives; no more than what comes behind it can be known of."""
_going_through: list[Callable[[Made, list[Any]], Any]] = []


def let_through(act: Callable[[Made, list[Any]], Any]) -> None:
    """From now on what is made up may be applied to tensors, and gives what this function makes of them."""
    _going_through[:] = [act]


def use(profile: Profile) -> None:
    """Guess like this from now on."""
    _current[0] = profile
    touched.clear()
    raised.clear()
    gone_through.clear()


def touch(source: str) -> None:
    """Note that something was made up for what a program spells so."""
    if source not in touched:
        touched.append(source)


def profile() -> Profile:
    """The guess that is made now."""
    return _current[0]


def _asked_by_slice(frame: FrameType | None) -> bool:
    return frame is not None and frame.f_code.co_filename.startswith(SLICE)


def _is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith("flake8_logits.")


def _looks_for(frame: FrameType) -> bool:
    """Whether a program asks here whether something is in a set or a dictionary."""
    code, at = frame.f_code.co_code, frame.f_lasti
    return _asked_by_slice(frame) and at >= 0 and code[at] == _CONTAINS


class Made(int):
    """A number nobody knows, and whatever else a program takes it for."""

    source: str
    held: dict[str, Any]
    """What the program itself has set on it."""

    def __new__(cls, source: str, value: int | None = None) -> Made:
        """``source`` is how the program spells what this stands in for."""
        self = super().__new__(cls, profile().size if value is None else value)
        self.source = source
        self.held = {}
        touch(source)
        return self

    def hold(self, name: str, value: Any) -> None:
        """Have an attribute from now on.  Raises Depends for what could be changed through it."""
        if may_be_changed(value):
            raise Depends(self.source)
        self.held[name] = value

    def __repr__(self) -> str:
        return f"{STANDS_FOR}{self.source}"

    __str__ = __repr__

    def __format__(self, how: str) -> str:
        return repr(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name == "shape":
            return (profile().size, *profile().shape)
        if name == "ndim":
            return 1 + len(profile().shape)
        if name == "dtype":
            return "int32" if profile().tokens else "float32"
        if not _asked_by_slice(sys._getframe(1)):
            raise AttributeError(f"{self!r} has no {name}")
        if name == "keys":  # of what is written over a dictionary, nobody knows what it leaves there
            raise Depends(self.source)
        return Made(self.source)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """What a call of it gives: as little known; of what goes through a model it makes a tensor of some numbers."""
        every = (*args, *named.values())
        if any(_holds_parts(one) for one in every):
            raise Depends(self.source)
        given = [one for one in every if is_of_model(one)]
        if not given:
            return Made(self.source)
        self.goes_through()
        return _going_through[0](self, given)

    def goes_through(self) -> None:
        """Note that it is applied to what a model gives.  Raises Depends where that may not be."""
        if not _going_through:
            raise Depends(self.source)
        if self.source not in gone_through:
            gone_through.append(self.source)

    def __getitem__(self, index: Any) -> Any:
        if not _asked_by_slice(sys._getframe(1)):
            raise Depends(self.source)  # a library would never come to its end
        return Made(self.source)

    def __setitem__(self, index: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        frame = sys._getframe(1)
        if not _asked_by_slice(frame) and not _is_ours(frame):
            raise Depends(self.source)  # each of its parts can be walked like itself: a library would never end
        code, at = frame.f_code.co_code, frame.f_lasti
        count = code[at + 1] if at >= 0 and code[at] == _UNPACK else 2
        return iter([Made(self.source) for _ in range(count)])

    def __len__(self) -> int:
        return int(self)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __matmul__(self, other: Any) -> Any:
        if is_of_model(other):
            raise Depends(self.source)
        return Made(self.source)

    __rmatmul__ = __matmul__

    def __contains__(self, item: Any) -> bool:
        return conditioned(self.source)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        raise Depends(self.source)

    def __bool__(self) -> bool:
        if not _asked_by_slice(sys._getframe(1)):
            return True
        return conditioned(self.source)

    def __array_function__(self, function: Any, types: Any, args: Any, named: Any) -> Any:
        return Made(self.source)

    def __array_ufunc__(self, function: Any, method: str, *args: Any, **named: Any) -> Any:
        return Made(self.source)

    def __hash__(self) -> int:
        if _looks_for(sys._getframe(1)):
            raise Depends(self.source)
        return id(self) >> 4  # each unlike every other, so that a set of them asks nothing


def conditioned(source: str) -> bool:
    """The answer that is assumed to a condition on what is made up.  Raises Depends where none is."""
    truth = profile().truth
    if truth is None:
        error = Depends(source)
        error.conditional = True
        raise error
    return truth


_FIXED = (int, float, complex, str, bytes, range, slice, type(None), type(Ellipsis), np.generic)


_UNCHANGED = {"KerasTensor", "Tensor", "SymbolicTensor", "Variable", "DType", "TensorShape", "Dataset", "DatasetV2",
              "Array", "Tracer"}  # fmt: skip
"""Classes of tensors, their kinds and shapes, and of data sets."""


def is_programs(cls: type) -> bool:
    """Whether a class was made by a program."""
    return cls.__module__.startswith(("__main__", "module"))


def may_be_changed(value: Any) -> bool:
    """Whether what a value is could be changed by whoever is handed it; weights do not count."""
    if isinstance(value, (tuple, frozenset)):
        return any(may_be_changed(one) for one in value)
    if isinstance(value, _FIXED) or inspect.ismodule(value):
        return False
    kinds = {cls.__name__ for cls in type(value).__mro__ if not is_programs(cls)}
    # Those of PyTorch can be written into.
    return not kinds & _UNCHANGED or type(value).__module__.startswith("torch")


def _holds_parts(value: Any) -> bool:
    """Whether who is handed a value could change it: a container, a model, a layer or an object of the program."""
    kinds = {cls.__name__ for cls in type(value).__mro__}
    return any(is_programs(cls) for cls in type(value).__mro__) or bool(
        kinds & {"Layer", "Module", "list", "dict", "set"}
    )


def is_of_model(value: Any) -> bool:
    """Whether a value is a tensor, a layer or a model: something whose numbers are in question."""
    kinds = {cls.__name__ for cls in type(value).__mro__}
    return bool(kinds & {"KerasTensor", "Layer", "Tensor", "SymbolicTensor", "Variable", "Module", "Array", "Tracer"})


def _arithmetic(name: str) -> Any:
    plain = getattr(int, name)

    def act(self: Made, other: Any = 1, *more: Any) -> Any:
        if isinstance(other, str):  # a path, or a text
            return Made(self.source)
        if not isinstance(other, (int, float)):
            return NotImplemented
        try:
            value = plain(int(self), int(other), *more)
        except (ArithmeticError, ValueError, TypeError):
            value = 1
        return Made(self.source, max(int(value), 1) if value is not NotImplemented else None)

    return act


def _compared(name: str) -> Any:
    plain = getattr(int, name)

    def act(self: Made, other: Any) -> Any:
        if _asked_by_slice(sys._getframe(1)):
            return Made(self.source)
        return plain(int(self), other)

    return act


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(Made, f"__{_name}__", _arithmetic(f"__{_name}__"))
    setattr(Made, f"__r{_name}__", _arithmetic(f"__r{_name}__"))
for _name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"):
    setattr(Made, _name, _compared(_name))

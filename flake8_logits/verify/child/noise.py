"""Keeps dropout and noise out of an output that is looked at; a loss is computed with them, as training would.

What is claimed of an output is what it was before, and its numbers alone would be of no kind any more.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_TENSORS = ("input", "inputs", "x")
_heard: list[bool] = [False]


@contextmanager
def loudly(loud: bool = True) -> Iterator[None]:
    """Within, dropout and noise do what they are for; or nothing, if it is not to be loud."""
    before = _heard[0]
    _heard[0] = loud
    try:
        yield
    finally:
        _heard[0] = before


def let_functions_be_quiet(module: Any, *names: str) -> None:
    """From now on these functions of a module, as far as it has them, hand on their first argument."""
    for name in names:
        plain = getattr(module, name, None)
        if plain is not None and not hasattr(plain, "quiet"):
            setattr(module, name, _quiet(plain, 0))


def let_layers_be_quiet(*classes: type) -> None:
    """From now on layers of these classes of Keras hand on what they are called with."""
    for cls in classes:
        owner: Any = next(one for one in cls.__mro__ if "call" in vars(one))
        if not hasattr(owner.call, "quiet"):
            owner.call = _quiet(owner.call, 1)


def _handed_on(tensor: Any, act: Callable[[Any], Any]) -> Any:
    """The tensor; a copy where it may be written into and what acts on it would give another one."""
    if not hasattr(tensor, "new_ones"):
        return tensor
    smallest = tensor.new_ones((1,) * tensor.dim())
    return tensor if act(smallest) is smallest else tensor.clone()


def _with(args: tuple[Any, ...], index: int, tensor: Any) -> tuple[Any, ...]:
    return (*args[:index], tensor, *args[index + 1 :]) if index < len(args) else args


def _named(named: dict[str, Any], tensor: Any) -> dict[str, Any]:
    return {name: tensor if name in _TENSORS else value for name, value in named.items()}


def _quiet(plain: Callable[..., Any], index: int) -> Callable[..., Any]:
    """A function that hands on the tensor that it is given, which stands there among its arguments or has a name."""

    @functools.wraps(plain)
    def act(*args: Any, **named: Any) -> Any:
        given = [*args[index : index + 1], *(named[name] for name in _TENSORS if name in named)]
        if _heard[0] or not given:
            return plain(*args, **named)
        return _handed_on(given[0], lambda one: plain(*_with(args, index, one), **_named(named, one)))

    act.quiet = True  # type: ignore[attr-defined]
    act.autograph_info__ = {}  # type: ignore[attr-defined]  # TensorFlow calls it as it is
    return act

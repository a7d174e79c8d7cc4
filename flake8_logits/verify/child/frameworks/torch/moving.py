"""Keeps everything where it is, whatever device a program asks for.

Elsewhere, a tensor that is moved is another one: what is written into one of the two is not seen in the other.  Where
it lies already, it is the same.  Which of both is so is not known here: if it matters, the answer is not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import torch

from flake8_logits.verify.child.made import Depends, Made

MOVING = ("to", "cuda", "cpu")
_COPIES = "copy"
_KNOWN = 3
_elsewhere: list[bool] = [False]
_moved: list[tuple[Any, Any]] = []


def begin() -> None:
    """From now on, nothing was moved yet."""
    _elsewhere[0] = False
    _moved.clear()


def check() -> None:
    """Raise Depends where it matters whether what was moved is another tensor."""
    if any(_matters(number) and not _same(*_moved[number]) for number in range(len(_moved))):
        raise Depends("a tensor that is written into once it was moved to another device")


def staying(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A method that moves something, which only changes its kind of numbers, or copies it."""

    def move(self: Any, *args: Any, **named: Any) -> Any:
        wanted = [*args, *named.values()]
        kinds = [one for one in wanted if isinstance(one, torch.dtype)]
        like = next((one for one in wanted if isinstance(one, torch.Tensor)), None)
        if like is not None:
            kinds = [like.dtype]
        found = plain(self, kinds[0]) if kinds and plain.__name__ == MOVING[0] else self
        _elsewhere[0] = _elsewhere[0] or plain.__name__ == "cuda" or any(map(_is_elsewhere, _places(args, named)))
        if found is not self or isinstance(self, (torch.nn.Module, torch.nn.Parameter)):
            return found
        if named.get(_COPIES) or [one for one in args if isinstance(one, bool)][1:] == [True]:
            return self.clone()
        # Without a device that is asked for, no more than the kind of its numbers changes.
        if not _elsewhere[0] or (kinds and like is None and not _places(args, named)):
            return self
        copy = self.clone()
        _moved.append((self, copy))
        return copy

    return move


def _places(args: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
    """The devices that are asked for."""
    asked = (*args[:1], *(named[name] for name in ("device",) if name in named))
    return [one for one in asked if isinstance(one, (str, torch.device, int)) and not isinstance(one, bool)]


def _is_elsewhere(place: Any) -> bool:
    return not isinstance(place, (str, torch.device)) or isinstance(place, Made) or not str(place).startswith("cpu")


def _matters(number: int) -> bool:
    """Whether both are there to be told apart: what was moved may be known by no name any more."""
    moved, copy = _moved[number]
    # Known to the list, to this function, and to what counts.
    known = sys.getrefcount(moved) > _KNOWN or _holders(moved) > _holders(torch.empty(1))
    return known and (copy._version > 0 or sys.getrefcount(copy) > _KNOWN or _holders(copy) > _holders(torch.empty(1)))


def _holders(tensor: Any) -> int:
    """How many hold the memory of a tensor."""
    return int(torch._C._storage_Use_Count(tensor.untyped_storage()._cdata))


def _same(one: Any, other: Any) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    return torch.equal(one, other) or bool(one.is_floating_point() and torch.allclose(one, other, equal_nan=True))

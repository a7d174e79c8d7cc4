"""Keeps PyTorch's objects from having special names of their own, and from asking for a device that is not there."""

from __future__ import annotations

import functools
import numbers
from collections.abc import Callable
from typing import Any

import torch
from torch.distributions.utils import lazy_property

from flake8_logits.verify.allowed import is_special
from flake8_logits.verify.child.frameworks.torch.moving import MOVING, staying
from flake8_logits.verify.child.looking_up import looking_for
from flake8_logits.verify.child.made import Depends, Made, is_programs

_HELD_BY_NAME = ("add_module", "register_module", "register_buffer", "register_parameter")


def confine() -> None:
    """From now on, in this process, what ``close`` says, and everything stays where it is."""
    close()
    torch.nn.init.kaiming_uniform_ = _undrawn
    for cls in (torch.nn.Module, torch.Tensor):
        for name in MOVING:
            setattr(cls, name, staying(getattr(cls, name)))


@functools.cache
def close() -> None:
    """From now on, in this process: modules hold nothing under a special name, and look up nothing but numbers.

    numpy and PyTorch ask an object for ``__array_interface__``, which holds an address; a module hands out whatever it
    holds under a name.
    """
    module = torch.nn.Module
    module.__getattr__ = _plainly(module.__getattr__)
    module.__setattr__ = _becoming(_plainly(module.__setattr__))
    for name in _HELD_BY_NAME:
        setattr(module, name, _plainly(_of_known(getattr(module, name))))
    # They look up what their heirs name.
    torch.nn.modules.rnn.getattr = torch.nn.modules.container.getattr = looking_for(torch.Tensor)
    torch.distributions.distribution.getattr = looking_for(torch.Tensor, numbers.Number, lazy_property)


def _undrawn(tensor: Any, *_: Any, **__: Any) -> Any:
    """What most modules begin with: their weights are drawn anew once they are called."""
    with torch.no_grad():
        return tensor.zero_()


def _plainly(plain: Callable[..., Any]) -> Callable[..., Any]:
    def act(self: Any, name: Any, *args: Any, **named: Any) -> Any:
        if type(name) is not str:
            raise Depends("a name that answers for itself")
        if is_special(name):
            raise AttributeError(name)
        return plain(self, name, *args, **named)

    return act


def _becoming(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Setting an attribute, or the class that a lazy module of PyTorch has once it knows its sizes."""

    def act(self: Any, name: Any, value: Any) -> Any:
        becomes = type(name) is str and name == "__class__" and not is_programs(type(self))
        if becomes and value is vars(type(self)).get("cls_to_become"):
            return object.__setattr__(self, name, value)
        return plain(self, name, value)

    return act


def _of_known(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A method that holds something, which is not made up."""

    def hold(self: Any, name: str, held: Any = None, *args: Any, **named: Any) -> Any:
        if isinstance(held, Made):
            raise Depends(held.source)
        return plain(self, name, held, *args, **named)

    return hold

"""``torch.Tensor`` as it is handed out: the kind of a tensor, and a way to make one of numbers."""

from __future__ import annotations

from typing import Any

import torch

from flake8_logits.verify.child.made import Depends, Made


class _KindOfTensors(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, torch.Tensor)

    def __subclasscheck__(cls, other: type) -> bool:
        return other is cls or issubclass(other, torch.Tensor)


class Tensor(metaclass=_KindOfTensors):
    """What may be an instance of ``torch.Tensor``; called, it makes a tensor of zeros or of the numbers it is given."""

    def __new__(cls, *given: Any) -> Any:
        """PyTorch's own class takes storages, and looks for modules by what the program has for builtins."""
        if len(given) == 1 and not isinstance(given[0], int):
            return torch.as_tensor(given[0], dtype=torch.float32)
        if any(isinstance(one, Made) for one in given[:1]):
            return Made(given[0].source)
        return torch.zeros(*given)

    def __init_subclass__(cls) -> None:
        raise Depends("torch.Tensor")

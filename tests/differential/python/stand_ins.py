"""Stands where a program imports PyTorch: modules that only say which of them came last."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

from flake8_logits.domain.scales import Scale

MOST_CALLS = 2_000


class TooLong(BaseException):
    """The program goes on for longer than anybody wants to wait."""


class Module:
    """What may be called with a tensor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.given = args

    def __call__(self, tensor: Any) -> Any:
        """What comes out."""
        return self.forward(tensor)

    def forward(self, tensor: Any) -> Any:
        """The same tensor, if nothing else is said."""
        return tensor

    def add_module(self, name: str, part: Any) -> None:
        """Set a part by its name."""
        setattr(self, name, part)

    def train(self) -> Module:
        """The module itself."""
        return self

    eval = train


class _Gives(Module):
    scale = Scale.LOGITS

    def forward(self, tensor: Any) -> Any:
        return self.scale


class Linear(_Gives):
    """Gives logits."""


class Softmax(_Gives):
    """Gives probabilities."""

    scale = Scale.SOFTMAX


class LogSoftmax(_Gives):
    """Gives their logarithms."""

    scale = Scale.LOG_SOFTMAX


class Sequential(Module):
    """Runs one module after the other."""

    def __init__(self, *parts: Any) -> None:
        super().__init__()
        self.parts = list(parts)

    def forward(self, tensor: Any) -> Any:
        """What the last of them gives."""
        for part in self.parts:
            tensor = part(tensor)
        return tensor

    def __getitem__(self, index: int) -> Any:
        return self.parts[index]

    def __setitem__(self, index: int, part: Any) -> None:
        self.parts[index] = part


class Meetings:
    """Writes down what a loss is given, by the line of the call."""

    def __init__(self) -> None:
        self.seen: dict[int, set[Scale]] = {}
        self._calls = 0

    def torch(self) -> SimpleNamespace:
        """What ``import torch`` gives."""
        meetings = self

        class Loss:
            """A loss, which gives nothing."""

            def __call__(self, tensor: Any, labels: Any) -> None:
                """Write down what it is given."""
                meetings.meet(sys._getframe(1).f_lineno, tensor)

        nn = SimpleNamespace(
            Module=Module,
            Identity=Module,
            Linear=Linear,
            Softmax=Softmax,
            LogSoftmax=LogSoftmax,
            Sequential=Sequential,
            CrossEntropyLoss=Loss,
        )
        return SimpleNamespace(nn=nn, ones=lambda *shape: None)

    def meet(self, line: int, scale: Scale) -> None:
        """One more meeting.  Raises TooLong when there were very many."""
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise TooLong
        self.seen.setdefault(line, set()).add(scale)

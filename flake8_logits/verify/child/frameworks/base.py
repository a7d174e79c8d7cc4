"""What a framework has to know: how values are made up, how an output is examined, how two losses are compared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np

from flake8_logits.verify.child.evidence import Drawn
from flake8_logits.verify.child.made import Profile
from flake8_logits.verify.child.numbers import Numbers
from flake8_logits.verify.child.running import Met

Request = dict[str, Any]
Right = tuple[str, Any]
"""The right loss in words, and as whatever the framework computes it by."""


class Unfit(Exception):
    """What met at the place cannot be examined; the message says why."""


class Subject(Protocol):
    """An output that can be asked for again and again; ``loss`` is what reads it, None where that is no loss."""

    @property
    def loss(self) -> Any:
        """The loss that reads the output."""

    def outputs(self, random: np.random.Generator) -> list[Any]:
        """The output for weights drawn anew several times, its classes along the last axis."""


class Watch(Protocol):
    """What is known of the tensors of one run."""

    def watching(self) -> AbstractContextManager[None]:
        """Within, inputs are made up where a model needs them, and weights are drawn."""


Again = Callable[[Watch], Met]
"""Runs the program once more under a watch, and gives what met."""


class Framework(Protocol):
    """One framework, as installed."""

    profiles: tuple[Profile, ...]
    """The guesses at data, the likeliest first."""

    def prepare(self) -> None:
        """Import all that is needed, once, before anything is run.  Raises ImportError."""

    def backend(self) -> str:
        """What computes, in one word."""

    def versions(self) -> dict[str, str]:
        """The versions of the libraries that were used."""

    def seed(self, number: int) -> None:
        """Have whatever draws at random begin anew."""

    def watch(self, random: np.random.Generator, spread: float) -> Watch:
        """A watch for one run."""

    def subject(self, met: Met, watch: Any, request: Request, again: Again) -> Subject | None:
        """What is examined; None where the whole program has to be run for each draw.  Raises Unfit and Depends."""

    def output(self, met: Met) -> Any:
        """The numbers of the output that is read at the place.  Raises Unfit and Depends."""

    def operation(self, subject: Any) -> str:
        """The word for what decides the scale of the output; empty if the graph does not show it."""

    def right(self, loss: Any, request: Request, numbers: Numbers) -> Right | None:
        """The loss that would be right for such an output; None where there is none."""

    def drawn(
        self, subject: Any, right: Any, request: Request, random: np.random.Generator, eagerly: bool
    ) -> list[Drawn]:
        """The loss and the right one for several draws of weights, inputs and labels."""

    def undoing(self, met: Met, request: Request, numbers: Numbers) -> tuple[Any, Right] | None:
        """The loss at the place and the right one, if the first may undo what was done to the output; None if not."""

    def arriving(self, met: Met, loss: Any, right: Any, request: Request, random: np.random.Generator) -> Drawn | None:
        """Both losses of what came to the place, outside of a graph; None where they would tell nothing."""

    def may_undo(self, request: Request) -> bool:
        """Whether what reads an output, and is no loss, may undo what was done to it."""

    def refuses(self, loss: Any) -> bool:
        """Whether a loss is known to fail on numbers that it cannot be meant for."""

    def rescued(self, eagerly_too: bool) -> str:
        """Why the right loss is computed all the same, and what would break that."""

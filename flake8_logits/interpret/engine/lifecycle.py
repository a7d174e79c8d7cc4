"""The lifecycle of a compiled model: with which of its outputs the loss meets that it was compiled with.

A loss given to ``compile`` meets what the model gives when it is first trained or evaluated.  Where nothing in sight
trains it, that is what it gives when it escapes to code out of sight, and when the interpretation ends.  A
compilation that is replaced before the model trains meets nothing, if what takes its place agrees with the model; where
that is at fault as well, or where nothing trains the model, compilations in a row stand beside each other, and each
meets what the model gave there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import CompilationRef, InstanceRef, ModelRef
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.values import (
    Choice,
    Function,
    Gap,
    Mapping,
    Method,
    Object,
    Partial,
    Sequence,
    Value,
)


class Moment(Enum):
    """When it was looked at what a compiled model gives."""

    COMPILED = "compiled"
    ESCAPED = "escaped"
    """It was handed to code out of sight, which may train it."""
    TRAINED = "trained"
    """It trained or was evaluated for the first time."""
    ENDED = "ended"
    """The interpretation ended."""


class Lifecycle:
    """What became of the models of a program and of their compilations.

    ``used`` are the models that were called, ``trained`` those that train or that code out of sight may train,
    ``let_go`` those that code out of sight may come by.  ``waiting`` are all compilations, in the order in which they
    were met, ``replaced`` those that gave way before the model trained, each with what took its place, ``clashing``
    those whose loss does not agree with what it meets, ``dropped`` those whose model nothing holds in the end.
    """

    def __init__(self) -> None:
        self.used: set[Ref] = set()
        self.trained: set[Ref] = set()
        self.let_go: set[Ref] = set()
        self.replaced: dict[CompilationRef, CompilationRef | None] = {}
        self.clashing: set[CompilationRef] = set()
        self.dropped: set[CompilationRef] = set()
        self.waiting: list[CompilationRef] = []
        self.given: dict[CompilationRef, tuple[Value, Moment]] = {}
        """What the models gave when that was last looked at, and when it was."""
        self.tell: Callable[..., None] | None = None
        """Is told of every meeting."""
        self._met: dict[Moment, dict[CompilationRef, set[Moment]]] = {moment: {} for moment in Moment}

    def let_models_go(self, values: Iterable[Value]) -> None:
        """Code out of sight may come by the models among some values, and train them later."""
        self.let_go.update(models_in(values))

    def meet(self, compilation: CompilationRef, moment: Moment, alike: Moment) -> None:
        """The model trained (or may have) at a moment, and gave then what it gave at one that was looked at."""
        if self.tell is not None:
            self.tell("meet", compilation, moment, alike)
        self._met[moment].setdefault(compilation, set()).add(alike)

    def trains_in_sight(self, compilation: CompilationRef) -> bool:
        """Whether the model was seen to train with this loss."""
        return compilation in self._met[Moment.TRAINED]

    def idle(self, compilation: CompilationRef | None) -> Reason | None:
        """Why the loss of a compilation meets nothing; None where it may meet something."""
        if compilation is None:
            return None
        idle = compilation.model in self.used or compilation in self.dropped
        if idle and self.trained and compilation.model not in self.trained:
            return Reason.UNUSED
        replaced = self._is_mended(compilation) and compilation.model in self.trained
        met = compilation in self._met[Moment.TRAINED] or compilation in self._met[Moment.ESCAPED]
        return Reason.REPLACED if replaced and not met else None

    def _is_mended(self, compilation: CompilationRef) -> bool:
        """Whether another compilation took the place of this one, and agrees with the model."""
        last: CompilationRef | None = compilation
        while last is not None and last in self.replaced:
            last = self.replaced[last]
        return last is not compilation and last not in self.clashing

    def counts(self, compilation: CompilationRef | None, moment: Moment | None) -> bool:
        """Whether the loss of a compilation meets what the model gave at this moment."""
        if compilation is None or moment is None:
            return True
        if self.idle(compilation) is not None:
            return False
        trained = self._met[Moment.TRAINED].get(compilation)
        if trained is not None:
            return moment in trained
        possible = self._met[Moment.ESCAPED].get(compilation, set()) | self._met[Moment.ENDED].get(compilation, set())
        # What predicts may have been changed to predict: the loss was meant for what there was, or for what there is.
        return moment in possible or (moment is Moment.COMPILED and (not possible or compilation.model in self.used))


def models_in(values: Iterable[Value | Gap]) -> set[Ref]:
    """The models, and the instances of the program's classes, that values are or hold."""
    found: set[Ref] = set()
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, Object):
            if isinstance(value.ref, (ModelRef, InstanceRef)):
                found.add(value.ref)
        elif (inside := _INSIDE.get(type(value))) is not None:
            waiting.extend(inside(value))
    return found


_INSIDE: dict[type, Callable[[Any], Iterable[Value | Gap]]] = {
    Choice: lambda value: [option for option, _ in value.options],
    Sequence: lambda value: value.items,
    Mapping: lambda value: [item for _, item in value.items],
    Method: lambda value: [value.receiver],
    Partial: lambda value: [value.callee, *value.args.values()],
    Gap: lambda value: [] if value.each is None else [value.each],
    Function: lambda value: [] if value.bound is None else [value.bound],
}
"""By kind of value: the values that it holds."""

"""Why an output could not be decided.  Every Unknown carries one of these; none is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.steps import StepKind


class Reason(Enum):
    """The closed list of reasons; the value is the sentence shown by ``--show-unknown``."""

    UNDEFINED_NAME = "the name has no value here that this file shows"
    PARAMETER = "it is a parameter, and no call in sight says what it is"
    DEFAULT = "it is a parameter with a default, and no call in sight says what else is given"
    IMPORTED = "it comes from a module that was not read"
    UNKNOWN_CALL = "the called function is not known"
    UNKNOWN_LAYER = "the layer is not known"
    UNKNOWN_METHOD = "the method is not known"
    UNKNOWN_ATTRIBUTE = "the attribute is not known"
    UNKNOWN_ACTIVATION = "the activation is not known"
    UNKNOWN_SWITCH = "the value of from_logits is not known"
    UNKNOWN_LOSS = "the loss is not known"
    OWN_LOSS = "the program's own loss does not hand it to a loss that is known"
    UNKNOWN_OPERATION = "what this operation does to the numbers is not known"
    LOST_SCALE = "the operation leaves neither logits nor probabilities"
    INPUT = "it is an input of the model"
    LOADED = "the model is read from a file when the program runs"
    CUSTOM = "the behaviour is custom code that could not be followed"
    EXPRESSION = "the expression could not be followed"
    ESCAPED = "it was passed to code that may change it"
    WRITTEN = "its numbers are changed in place"
    STAR_IMPORT = "it may come from a star import"
    LOOP = "it changes with the turns of a loop"
    EMPTY_MODEL = "the model has no layer"
    NO_OUTPUT = "the model's outputs could not be matched to this loss"
    SWAPPED = "a model's output is given as the labels, and what is given as the prediction is not known"
    UNUSED = "the model only predicts, or trains as a part of another, and never uses this loss"
    REPLACED = "another compile replaces this loss before the model trains"
    NO_MODEL = "no model gives these numbers: the program draws them, or writes them down"
    NOT_RETURNED = "the function does not return a value"
    RECURSION = "the function calls itself"
    CALL_DEPTH = "budget spent: calls nested too deep"
    ANCESTORS = "budget spent: the class has too many ancestors"
    CALL_COUNT = "budget spent: the function is called too often"
    CANDIDATES = "budget spent: too many values can arrive here"
    STATEMENTS = "budget spent: too many statements"
    OTHER_FILES = "budget spent: what is called in other files takes too many statements"
    MANY_CALLERS = "budget spent: too many files to ask what they hand over to it"
    UNREAD_CALLER = "a file that calls it cannot be read"
    ASKED = "the program asks what these numbers are before it comes here"
    DISAGREE = "some of the values that can arrive here agree with the loss, others do not"
    CONTRADICTORY = "no value that can arrive here agrees with the loss, but each for a reason of its own"
    OTHER_AXIS = "the softmax runs over another axis than the classes"


class End(Enum):
    """Which end of a pairing is not known."""

    OUTPUT = "the output"
    LOSS = "the loss"


@dataclass(frozen=True, slots=True)
class Lost:
    """The place where sight was lost, why, and the name or call it happened at.

    ``detail`` is for people.  ``library`` is the canonical name of what it came from, where that is a library's;
    ``kind`` and ``was`` are the operation that took a known scale away, and what was known before it; where
    nothing was taken away, but it is ``set_aside``, ``was`` is what is known of it all the same.
    """

    reason: Reason
    place: Place | None = None
    detail: str = ""
    was: Output | None = None
    library: str = field(default="", compare=False)
    kind: StepKind = field(default=StepKind.OTHER, compare=False)

    @property
    def set_aside(self) -> bool:
        """Whether it is no matter of what is known: a loss that meets it is at no fault, whatever it is."""
        return self.reason in _SET_ASIDE

    def changed(self, keeps: Collection[StepKind] = ()) -> Lost:
        """The same after something was done to the numbers: what they were before tells nothing of them any more.

        ``keeps`` are the kinds of operation of which it is still told.
        """
        return self if self.was is None or self.kind in keeps else replace(self, was=None, kind=StepKind.OTHER)

    def beside(self, others: Iterable[Output | Lost]) -> Lost:
        """The same where it is what some numbers are, and others beside them come from elsewhere."""
        return self if all(self._is_like(other) for other in others) else self.changed()

    def _is_like(self, other: Output | Lost) -> bool:
        if not isinstance(other, Lost) or other.kind is not self.kind or other.was is None or self.was is None:
            return False
        return other.was.scale is self.was.scale


_SET_ASIDE = frozenset({Reason.NO_MODEL, Reason.UNUSED, Reason.REPLACED})

"""What is believed of a tensor: the kind of its numbers, and how that came about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from flake8_logits.domain.contracts import Family
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind


class UnknownAxis(Enum):
    """The axis of a softmax that the program names in a way that does not tell which it is."""

    UNKNOWN = "unknown"


Axis = int | UnknownAxis | None
"""The axis of a softmax; None for the last one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the trail that explains a belief: a place, what happened there in words, and of which kind it is.

    ``by`` is the short name of the layer or function, where there is one.
    """

    place: Place
    note: str
    kind: StepKind = StepKind.OTHER
    by: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """One tensor that can arrive at a loss; everything but the scale is why and how we believe it.

    ``units`` is the size of the class axis where it is known; ``rescue`` is what Keras on TensorFlow can still
    undo; ``trail`` runs from the layer that decided the scale to the tensor that arrives; ``model`` is the name
    of the model it comes from, empty where it has none.  ``activation`` and ``axis`` are those of the deciding step;
    ``rank`` is the number of axes by then, where it is known.
    ``trained_for`` is set for metrics and comparisons where losses of one family read what is of this origin as logits.
    What other pairings of the program say of it: ``doubled`` is set where the deciding activation was given what the
    same activation gave; ``read_as_logits`` where a loss reads what is of this origin as logits.
    """

    scale: Scale
    trail: tuple[Step, ...] = field(default=(), compare=False)
    rescue: Rescue = Rescue.ALWAYS
    units: int | None = None
    model: str = field(default="", compare=False)
    activation: str = field(default="", compare=False)
    axis: Axis = field(default=None, compare=False)
    trained_for: Family | None = None
    doubled: bool = field(default=False, compare=False)
    read_as_logits: bool = field(default=False, compare=False)
    rank: int | None = field(default=None, compare=False)

    @property
    def origin(self) -> Step | None:
        """The step that decided the scale."""
        return self.trail[0] if self.trail else None

    def joined(self, other: Output) -> Output:
        """This output where it may also be another one of the same scale: by its trail, with what is true of both.

        Itself where all that is true of it is true of both.
        """
        found = replace(
            self,
            units=self.units if self.units == other.units else None,
            model=self.model if self.model == other.model else "",
            activation=self.activation if self.activation == other.activation else "",
            axis=self.axis if self.axis == other.axis else UnknownAxis.UNKNOWN,
            doubled=self.doubled and other.doubled,
            read_as_logits=self.read_as_logits and other.read_as_logits,
            rank=self.rank if self.rank == other.rank else None,
        )
        return self if found == self and found._rest() == self._rest() else found

    def _rest(self) -> tuple[object, ...]:
        """What two outputs that are equal may differ in, besides their trails."""
        return self.model, self.activation, self.axis, self.doubled, self.read_as_logits, self.rank

"""What the interpreter writes down and the rules read: outputs, losses, and the pairings between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from flake8_logits.domain.contracts import Contract, Family, Support
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.domain.unknown import Lost


class UnknownAxis(Enum):
    """The axis of a softmax that the program names in a way that does not tell which it is."""

    UNKNOWN = "unknown"


Axis = int | UnknownAxis | None
"""The axis of a softmax; None for the last one."""


class SiteKind(Enum):
    """What reads an output."""

    COMPILE = "a loss given to compile"
    CALL = "a loss that is called"
    METRIC = "a metric given to compile"
    ACTIVATION = "a softmax or sigmoid"
    SAMPLE = "a function that draws from logits"
    CUT = "a comparison or rounding at one half"

    @property
    def is_loss(self) -> bool:
        """Whether a loss reads it."""
        return self in (SiteKind.COMPILE, SiteKind.CALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the trail that explains a belief: a place, what happened there in words, and of which kind it is."""

    place: Place
    note: str
    kind: StepKind = StepKind.OTHER


@dataclass(frozen=True, slots=True)
class Output:
    """One tensor that can arrive at a loss; everything but the scale is why and how we believe it.

    ``units`` is the size of the class axis where it is known; ``rescue`` is what Keras on TensorFlow can still
    undo; ``trail`` runs from the layer that decided the scale to the tensor that arrives; ``model`` is the name
    of the model it comes from, empty where it has none.  ``activation`` and ``axis`` are those of the deciding step;
    ``trained_for`` is set for metrics and comparisons where losses of one family read what is of this origin as logits.
    """

    scale: Scale
    trail: tuple[Step, ...] = field(default=(), compare=False)
    rescue: Rescue = Rescue.ALWAYS
    units: int | None = None
    model: str = field(default="", compare=False)
    activation: str = field(default="", compare=False)
    axis: Axis = field(default=None, compare=False)
    trained_for: Family | None = None

    @property
    def origin(self) -> Step | None:
        """The step that decided the scale."""
        return self.trail[0] if self.trail else None


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss as it stands in the program.

    ``name`` is how messages name it (``CategoricalCrossentropy``); ``told`` is the value of its switch, None where
    the contract has none; ``switch_place`` is the ``from_logits`` argument if it is written, and ``switch_origin``
    where its value is written, if that is not in the argument; ``place`` is the string, constructor or function;
    ``spelt`` is how it was written: ``string``, ``class``, ``function`` or ``config``.  ``told_by_hand`` is set where
    the switch was given, if only by ``**settings``.  ``elsewhere`` is where the loss stands in another file, if it
    does; ``place`` is then what leads there.
    A metric, an activation or a sampler that reads an output stands here too; ``threshold`` is where a metric cuts.
    """

    name: str
    contract: Contract
    told: bool | None
    place: Place
    switch_place: Place | None = None
    support: Support = Support.FULL
    spelt: str = "class"
    elsewhere: Place | None = None
    told_by_hand: bool = False
    switch_origin: Place | None = field(default=None, compare=False)
    threshold: float | None = None

    @property
    def anchor(self) -> Place:
        """What a user would edit."""
        return self.switch_place or self.place


@dataclass(frozen=True, slots=True)
class Observation:
    """One way in which values meet: this output with this loss.  ``output`` is Lost where nothing is known."""

    output: Output | Lost
    loss: Loss | Lost


@dataclass(frozen=True, slots=True)
class Pairing:
    """Everything that can meet at one place of the program: all its observations, over all calls and branches.

    ``kind`` tells what reads the output; ``place`` is where they meet; ``head`` names the output among several;
    ``target`` is what the program will run on.  ``met`` is where they meet if that is in another file: ``place`` is
    then the call that leads there, and ``through`` are the files that it leads through.
    """

    kind: SiteKind
    place: Place
    observations: tuple[Observation, ...]
    head: str = ""
    target: Target = ANY
    met: Place | None = None
    through: tuple[str, ...] = ()

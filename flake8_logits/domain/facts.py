"""What the interpreter writes down and the rules read: outputs, losses, and the pairings between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from flake8_logits.domain.contracts import Contract, Support
from flake8_logits.domain.labels import LabelKind, Labels
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.domain.unknown import Lost


class SiteKind(Enum):
    """What reads an output."""

    COMPILE = "a loss given to compile"
    CALL = "a loss that is called"
    METRIC = "a metric given to compile"
    ACTIVATION = "a softmax or sigmoid"
    SAMPLE = "a function that draws from logits"
    CUT = "a comparison or rounding at one half"
    WRITTEN = "a part of a loss that is written out"
    TARGET = "a loss that is given targets"
    CHOICE = "a search for the largest number"
    SWAPPED = "a loss that is given labels as the prediction"
    EXPORT = "a function that hands a model to those who ask it"
    LAYER = "a layer with weights"
    LABELS = "a loss that is given labels of a known kind"

    @property
    def is_loss(self) -> bool:
        """Whether a loss reads it."""
        return self in (SiteKind.COMPILE, SiteKind.CALL)

    @property
    def wants_a_scale(self) -> bool:
        """Whether its contract says which numbers it is meant for; the others may be given any."""
        return self.is_loss or self in (SiteKind.METRIC, SiteKind.ACTIVATION, SiteKind.SAMPLE, SiteKind.CUT)


class WrittenAs(Enum):
    """How the program writes what reads an output."""

    STRING = "string"
    CLASS = "class"
    FUNCTION = "function"
    CONFIG = "config"
    """A dict with a class name and a configuration."""
    ACTIVATION = "activation"
    SAMPLER = "sampler"
    COMPARISON = "comparison"
    """A comparison or rounding at one half."""
    ARITHMETIC = "arithmetic"
    """A logarithm or a quotient by which a program computes a loss itself."""
    OTHER = "other"
    """Something whose contract does not concern us."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss as it stands in the program.

    ``name`` is how messages name it (``CategoricalCrossentropy``); ``told`` is the value of its switch, None where
    the contract has none; ``switch_place`` is the ``from_logits`` argument if it is written, and ``switch_origin``
    where its value is written, if that is not in the argument; ``place`` is the string, constructor or function;
    ``written_as`` is how it was written.  ``told_by_hand`` is set where the switch was given, if only by
    ``**settings``.  ``elsewhere`` is where the loss stands in another file, if it does; ``place`` is then what leads
    there.  ``written`` is the string that was written for it, where that does not stand at ``place``.
    ``switch`` is the name of its switch.  ``twins`` are the losses of other names that read the same labels, each with
    the scale that it expects; ``refuses`` tells that it fails on numbers which cannot be what it expects;
    ``of_one_unit`` is the loss for a single yes or no, where that has another name.
    ``labels`` is how it has the classes told, where there is one way.
    A metric, an activation or a sampler that reads an output stands here too; ``threshold`` is where a metric cuts.
    """

    name: str
    contract: Contract
    told: bool | None
    place: Place
    switch_place: Place | None = None
    support: Support = Support.FULL
    written_as: WrittenAs = WrittenAs.CLASS
    elsewhere: Place | None = None
    told_by_hand: bool = False
    switch_origin: Place | None = field(default=None, compare=False)
    threshold: float | None = None
    written: str = field(default="", compare=False)
    switch: str = field(default="from_logits", compare=False)
    twins: tuple[tuple[Scale, str], ...] = field(default=(), compare=False)
    refuses: bool = field(default=False, compare=False)
    of_one_unit: str = field(default="", compare=False)
    labels: LabelKind | None = field(default=None, compare=False)

    def twin(self, scale: Scale) -> str:
        """The name of the loss beside this one that expects such numbers; empty where there is none."""
        return dict(self.twins).get(scale, "")

    @property
    def anchor(self) -> Place:
        """What a user would edit."""
        return self.switch_place or self.place


@dataclass(frozen=True, slots=True)
class Observation:
    """One way in which values meet: this output with this loss.  ``output`` is Lost where nothing is known.

    ``labels`` are what the loss compares the output with, where that is asked.
    """

    output: Output | Lost
    loss: Loss | Lost
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Everything that can meet at one place of the program: all its observations, over all calls and branches.

    ``kind`` tells what reads the output; ``place`` is where they meet; ``head`` names the output among several;
    ``target`` is what the program will run on; ``root`` is the project's folder, from which messages tell of files.
    ``met`` is where they meet if that is in another file: ``place`` is then the call that leads there, and ``through``
    are the files that it leads through.  ``countable`` tells whether a reader finds a line of this file by its number.
    ``without_options`` is set where this is what meets when the program is started without options, and not always.
    ``occasions`` are the times of which it is certain that something met: all that may have met then, all of it known.
    """

    kind: SiteKind
    place: Place
    observations: tuple[Observation, ...]
    head: str = ""
    target: Target = ANY
    root: str = ""
    met: Place | None = None
    through: tuple[str, ...] = ()
    countable: bool = True
    without_options: bool = False
    occasions: tuple[tuple[Observation, ...], ...] = ()

    @property
    def is_left_out(self) -> bool:
        """Whether nothing was met: a call was not followed, and what may meet in it is not known."""
        return bool(self.observations) and all(
            isinstance(met.output, Lost) and met.output is met.loss for met in self.observations
        )

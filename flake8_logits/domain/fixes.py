"""How a finding could be mended: what a rule asks for, and the edits of the source that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flake8_logits.domain.facts import Loss
from flake8_logits.domain.outputs import Step
from flake8_logits.domain.places import Place, Span


class Applicability(Enum):
    """How safe a fix is."""

    SAFE = "safe"
    """What the model gives stays as it is: the loss or metric is told the truth about it, or given another tensor."""
    UNSAFE = "unsafe"
    """The model, or what the program computes from its answers, is another one afterwards."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell a loss (or a metric) ``from_logits=told``; ``near`` is a place where the model's own library is spelt."""

    reader: Loss
    told: bool
    near: Place | None = None
    metric: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Have a metric cut at ``threshold``; ``near`` as in Tell."""

    metric: Loss
    threshold: float
    near: Place | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Put the loss of another name, which takes the same arguments, in the place of one."""

    reader: Loss
    name: str


@dataclass(frozen=True, slots=True)
class Bare:
    """Take away the activation that a step applies (a layer's argument, a layer, a call)."""

    step: Step


@dataclass(frozen=True, slots=True)
class Activate:
    """Give the layer of a step an activation by its name in Keras; it has none yet."""

    step: Step
    activation: str


@dataclass(frozen=True, slots=True)
class Give:
    """Where a loss is called, at ``place``, give it what the activation of ``step`` was applied to."""

    place: Place
    step: Step


Change = Tell | Cut | Exchange | Bare | Activate | Give


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to mend a finding: all of its changes together."""

    applicability: Applicability
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put ``text`` in the place of what the span covers; an empty span inserts.  Lines in ``text`` end with ``\\n``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together mend a finding, in the order of their places; none of them overlap.

    ``description`` says in a few words what they do.  They were tried: with them the finding is gone and there is
    no new one.
    """

    applicability: Applicability
    description: str
    edits: tuple[Edit, ...]

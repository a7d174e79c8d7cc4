"""What a finding claims, and what came of building the model: the answer, and all that was measured for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from statistics import median

from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.places import Span


class Unlike(Enum):
    """Why other numbers than those that are claimed may be measured, although the claim is true."""

    ALTERED = auto()
    """Behind what decides their scale the numbers are changed."""
    BESIDE_OTHERS = auto()
    """Other outputs come to the same place."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: at ``span`` an output of one of these ``scales`` is read by ``reader``, which ``expects`` something.

    ``clash`` is whether a finding was made of it; ``head`` names the output among several; ``there`` is where they meet
    if that is in another file, to which a call at ``span`` leads.  ``unlike`` says why other numbers than these may be
    measured there although the claim is true; it is None where nothing is known that speaks for it.
    """

    span: Span
    kind: SiteKind
    head: str
    scales: tuple[str, ...]
    reader: str = ""
    expects: str = ""
    clash: bool = True
    there: Span | None = None
    unlike: Unlike | None = None


class Answer(Enum):
    """What TensorFlow says of a claim."""

    CONFIRMED = "confirmed"
    """The output is what was said, and the loss that is computed is not the right one."""
    RESCUED = "rescued"
    """The output is what was said, but this Keras on this backend computes the right loss all the same."""
    DISPUTED = "disputed"
    """What was measured is not what was said: one of the two is mistaken.  The finding stands."""
    INCONCLUSIVE = "inconclusive"
    """It could not be found out."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers of an output under many weights and inputs.

    ``looks_like`` is the narrowest word for them; ``low`` and ``high`` their range; ``sum_low`` and ``sum_high`` the
    range of their sums along the class axis (the last one), which has ``units`` places; ``operation`` is the last
    operation of the graph that decides a scale, empty where none was recognised; ``draws`` is how many sets of
    weights were tried.
    """

    looks_like: str
    low: float
    high: float
    sum_low: float
    sum_high: float
    units: int
    operation: str = ""
    draws: int = 0


@dataclass(frozen=True, slots=True)
class LossMeasured:
    """A loss on data that was made up, as Keras computes it and as it should be: the middle of several draws.

    ``computed`` is what training sees and ``right`` the right value for the same output and the same labels; the
    gradients are norms over all weights, ``ratios`` how many times the right one the computed one is, draw by draw from
    the smallest.  ``eagerly`` is the value outside of a graph, ``on_copy`` on a copy of the output that nothing can be
    undone on.
    """

    computed: float
    right: float
    gradient: float
    right_gradient: float
    eagerly: float
    on_copy: float
    right_loss: str = ""
    ratios: tuple[float, ...] = ()

    @property
    def ratio(self) -> float:
        """The computed gradient as a multiple of the right one, in the middle of the draws; nan where there is none."""
        return median(self.ratios) if self.ratios else float("nan")


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to one finding, with the reason in words and the evidence.

    ``backend`` and ``versions`` say where it was measured; ``made_up`` names what stood in for the program's data;
    ``seconds`` is what it cost, without the start of the libraries.
    """

    answer: Answer
    reason: str
    measured: Measured | None = None
    loss: LossMeasured | None = None
    backend: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    made_up: tuple[str, ...] = field(default=())
    seconds: float = 0.0

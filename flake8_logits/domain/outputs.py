"""What is known of a tensor: its scale, and the steps that led there."""

from __future__ import annotations

from dataclasses import dataclass, field

from flake8_logits.domain.contracts import Family
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Rescue, Scale


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the trail that explains a belief: a place and what happened there."""

    place: Place
    note: str


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
    axis: int | None = field(default=None, compare=False)
    trained_for: Family | None = None

    @property
    def origin(self) -> Step | None:
        """The step that decided the scale."""
        return self.trail[0] if self.trail else None

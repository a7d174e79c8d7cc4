"""What numbers an output holds: the words that everything else is said in."""

from __future__ import annotations

from enum import Enum


class Scale(Enum):
    """The kind of numbers along the class axis of a tensor.

    The members' values are how messages and fixtures spell them.
    """

    LOGITS = "logits"
    """Any real number: what a layer without activation gives."""
    SOFTMAX = "softmax"
    """Non-negative and summing to one along the class axis."""
    SIGMOID = "sigmoid"
    """Each in [0, 1], independent of its neighbours."""
    LOG_SOFTMAX = "log_softmax"
    """Logarithms of softmax probabilities; a loss that takes logits takes these too."""
    LOG_SIGMOID = "log_sigmoid"
    """Logarithms of sigmoid probabilities."""
    NON_NEGATIVE = "non_negative"
    """From zero upwards: relu, softplus, exponential and their kin."""
    BOUNDED = "bounded"
    """Between minus one and one: tanh, softsign."""
    LOWER_BOUNDED = "lower_bounded"
    """Bounded below, unbounded above, reaching below zero: elu, gelu, swish."""
    UNIT_INTERVAL = "unit_interval"
    """In [0, 1] without being a distribution any more: a maximum or a slice of probabilities."""

    @property
    def is_probability(self) -> bool:
        """Whether a loss that expects probabilities is content with these numbers."""
        return self in PROBABILITIES

    @property
    def words(self) -> str:
        """The numbers as a sentence names them."""
        return _WORDS.get(self, self.value)


_WORDS = {
    Scale.NON_NEGATIVE: "non-negative numbers",
    Scale.BOUNDED: "numbers between -1 and 1",
    Scale.LOWER_BOUNDED: "numbers bounded below",
    Scale.UNIT_INTERVAL: "numbers between 0 and 1",
}

PROBABILITIES = frozenset({Scale.SOFTMAX, Scale.SIGMOID})
DISTRIBUTIONS = frozenset({Scale.SOFTMAX, Scale.LOG_SOFTMAX})
"""Those that hold of all numbers along the class axis together."""
LOG_PROBABILITIES = frozenset({Scale.LOG_SOFTMAX, Scale.LOG_SIGMOID})


class Rescue(Enum):
    """How much of an activation a Keras loss on TensorFlow can still see through the tensor it is handed.

    Keras hangs the numbers before a softmax or sigmoid on the tensor object itself and also looks one operation
    back in a graph.  Ordered from most to least: a chain of operations keeps the smallest of its parts.
    """

    ALWAYS = 3
    """The activation left its mark: a loss told ``from_logits=True`` undoes it, in graphs and eagerly."""
    IN_GRAPHS = 2
    """A bare TensorFlow operation: undone inside a graph, not when run eagerly."""
    UNKNOWN = 1
    """Whoever stated the scale did not say how it came about."""
    NEVER = 0
    """Something stands between the activation and the tensor."""

    def then(self, other: Rescue) -> Rescue:
        """What is left after a further step."""
        return self if self.value <= other.value else other

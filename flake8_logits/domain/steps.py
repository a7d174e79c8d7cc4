"""The kinds of operations that numbers go through; rules ask for these, never for the names of layers."""

from __future__ import annotations

from enum import Enum


class StepKind(Enum):
    """What an operation does, as far as a rule may ask."""

    OTHER = "other"
    IDENTITY = "identity"
    """Nothing: the very tensor is handed on, or a copy of it."""
    NOISE = "noise"
    """Dropout and noise: during training numbers are zeroed, scaled or moved at random."""
    NORMALISATION = "normalisation"
    """Numbers are shifted and scaled by their own statistics."""
    SHIFT = "shift"
    """Logits are moved or scaled, so that 0 and 0.5 no longer mean what they meant."""
    SCALING = "scaling"
    """Numbers are divided, as by a temperature."""
    RESHAPE = "reshape"
    """The classes may stand along another axis afterwards."""
    STATISTIC = "statistic"
    """Several numbers become one: a mean, a maximum, a minimum."""
    TOP_K = "top k"
    """Only the largest numbers are kept."""
    COMPLEMENT = "complement"
    """A probability becomes that of the opposite."""
    PRODUCT = "product"
    """Several tensors are multiplied."""
    NUDGE = "nudge"
    """A small number is added, for a logarithm's or a quotient's sake."""
    OPPOSITE = "opposite"
    """One minus each number: what the complement of a probability looks like."""
    CLIP = "clip"
    """Numbers are clipped to between zero and one."""
    RATIO = "ratio"
    """Numbers are divided by their sum."""
    TOTAL = "total"
    """Numbers are added up along axes."""
    RECURRENT = "recurrent"
    """A state is fed back: its activation is a part of what the layer remembers."""

"""What a loss accepts, on each position of its switch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flake8_logits.domain.scales import LOG_PROBABILITIES, PROBABILITIES, Scale


class Family(Enum):
    """Which activation a loss has in mind."""

    CATEGORICAL = "softmax"
    BINARY = "sigmoid"
    ANY = "any"


class Support(Enum):
    """Whether a loss told ``from_logits=True`` looks for the numbers before an activation (TensorFlow backend)."""

    FULL = "in every version"
    KERAS_2 = "in Keras 2, not in Keras 3"
    NONE = "never"
    UNKNOWN = "not known"


class Expects(Enum):
    """The numbers a callable is made for."""

    SWITCHED = "logits if told so, else probabilities"
    PROBABILITIES = "probabilities"
    LOGITS = "logits"
    LOG_PROBABILITIES = "log-probabilities"
    SCORES = "raw scores"
    RATE = "non-negative rates"
    CLASSES = "the numbers of classes"


class Verdict(Enum):
    """What a contract says of a scale."""

    AGREES = "agrees"
    LOGITS_AS_PROBABILITIES = "logits read as probabilities"
    LOG_PROBABILITIES_AS_PROBABILITIES = "log-probabilities read as probabilities"
    PROBABILITIES_AS_LOGITS = "probabilities read as logits"
    LOG_PROBABILITIES_AS_LOGITS = "log-probabilities of a softmax read as the logits of sigmoids"
    LOGITS_AS_LOG_PROBABILITIES = "logits read as log-probabilities"
    PROBABILITIES_AS_LOG_PROBABILITIES = "probabilities read as log-probabilities"
    SQUASHED = "neither logits nor probabilities"


@dataclass(frozen=True, slots=True)
class Contract:
    """What one loss expects: of which kind, for which activation, and whether a switch decides.

    A table with a question, not a rule: rules give a verdict its code and its words.
    """

    expects: Expects
    family: Family = Family.ANY

    def __repr__(self) -> str:
        return f"Contract({self.expects.name}, {self.family.name})"

    def wants_logits(self, told: bool | None) -> bool | None:
        """Whether the loss reads its input as logits; None where it reads something else altogether."""
        if self.expects is Expects.SWITCHED:
            return bool(told)
        return {Expects.LOGITS: True, Expects.PROBABILITIES: False}.get(self.expects)

    def judge(self, scale: Scale, told: bool | None) -> Verdict:
        """Hold a scale against the contract; total over every scale and every position of the switch."""
        if self.expects is Expects.LOG_PROBABILITIES:
            return _read_as_log_probabilities(scale)
        wants = self.wants_logits(told)
        if wants is None:
            return Verdict.AGREES
        if wants:
            if scale is Scale.LOG_SOFTMAX and self.expects is Expects.LOGITS and self.family is Family.BINARY:
                return Verdict.LOG_PROBABILITIES_AS_LOGITS
            return _read_as_logits(scale)
        return _read_as_probabilities(scale)


_SQUASHED = frozenset({Scale.NON_NEGATIVE, Scale.BOUNDED, Scale.LOWER_BOUNDED})


def _read_as_logits(scale: Scale) -> Verdict:
    if scale in PROBABILITIES or scale is Scale.UNIT_INTERVAL:
        return Verdict.PROBABILITIES_AS_LOGITS
    return Verdict.SQUASHED if scale in _SQUASHED else Verdict.AGREES


def _read_as_probabilities(scale: Scale) -> Verdict:
    if scale is Scale.LOGITS:
        return Verdict.LOGITS_AS_PROBABILITIES
    if scale in LOG_PROBABILITIES:
        return Verdict.LOG_PROBABILITIES_AS_PROBABILITIES
    return Verdict.SQUASHED if scale in _SQUASHED else Verdict.AGREES


def _read_as_log_probabilities(scale: Scale) -> Verdict:
    if scale is Scale.LOGITS:
        return Verdict.LOGITS_AS_LOG_PROBABILITIES
    if scale in PROBABILITIES or scale is Scale.UNIT_INTERVAL:
        return Verdict.PROBABILITIES_AS_LOG_PROBABILITIES
    return Verdict.SQUASHED if scale in _SQUASHED else Verdict.AGREES

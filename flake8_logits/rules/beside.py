"""What the pairings of one program say of each other's outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.unknown import Lost
from flake8_logits.rules.activation_applied_twice import twice
from flake8_logits.rules.clashes import met, reads_logits


def beside(pairings: Sequence[Pairing]) -> Sequence[Pairing]:
    """The pairings, with outputs that know whether their activation is a second one, and whether a loss takes logits.

    What a softmax gives to another one is told that of a loss which reads the first as logits: it is then the first
    that has to go.
    """
    doubled = {pairing.place for pairing in pairings if met(pairing, (SiteKind.ACTIVATION,), twice)}
    if not doubled:
        return pairings
    as_logits = {
        observation.output.origin.place
        for pairing in pairings
        if pairing.kind.is_loss
        for observation in pairing.observations
        if isinstance(observation.output, Output)
        and observation.output.origin is not None
        and isinstance(observation.loss, Loss)
        and reads_logits(observation.loss)
    }
    return [_told(pairing, doubled, as_logits) for pairing in pairings]


def _told(pairing: Pairing, doubled: set[Place], as_logits: set[Place]) -> Pairing:
    def told(output: Output | Lost) -> Output | Lost:
        if isinstance(output, Lost) or output.origin is None:
            return output
        place = output.origin.place
        return replace(output, doubled=place in doubled, read_as_logits=place in as_logits)

    observations = tuple(replace(met, output=told(met.output)) for met in pairing.observations)
    return replace(pairing, observations=observations)

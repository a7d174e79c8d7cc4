"""A pairing in which one of several losses is called, taken apart: a pairing for each of them."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place


def by_loss(pairing: Pairing) -> list[Pairing]:
    """A pairing for each of the losses of which one is called here; empty where that is one, or not all is known.

    Where every output that a loss can meet clashes with it, it is wrong whichever loss is called in the end.
    """
    found: dict[tuple[Place, str], list[Observation]] = {}
    for met in pairing.observations if pairing.kind is SiteKind.CALL else ():
        if not isinstance(met.loss, Loss) or not isinstance(met.output, Output):
            return []
        found.setdefault((met.loss.elsewhere or met.loss.place, met.loss.name), []).append(met)
    return [replace(pairing, observations=tuple(part)) for part in found.values()] if len(found) > 1 else []

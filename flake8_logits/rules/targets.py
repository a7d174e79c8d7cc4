"""What a target makes of a pairing: which activations are undone there, and for which losses."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Family, Support
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Rescue
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.domain.unknown import Lost


def aimed(pairing: Pairing, target: Target) -> Pairing:
    """The pairing as it is on this target: nothing is undone on JAX and PyTorch, focal losses are not on Keras 3."""
    if target == ANY:
        return pairing
    observations = tuple(
        replace(met, output=_output(met.output, target), loss=_loss(met.loss, target)) for met in pairing.observations
    )
    return replace(pairing, observations=observations, target=target)


def _output(output: Output | Lost, target: Target) -> Output | Lost:
    if isinstance(output, Lost) or not target.undoes_nothing:
        return output
    return replace(output, rescue=Rescue.NEVER)


def _loss(loss: Loss | Lost, target: Target) -> Loss | Lost:
    if isinstance(loss, Lost) or loss.support is not Support.KERAS_2:
        return loss
    if target.keras == 3 or target.undoes_nothing:
        return replace(loss, support=Support.NONE)
    if target.keras == 2 and loss.contract.family is Family.CATEGORICAL:
        return replace(loss, support=Support.FULL)
    return loss

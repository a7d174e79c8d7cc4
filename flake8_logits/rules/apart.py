"""Losses at which every way clashes, each with a fault of its own."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Observation, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost
from flake8_logits.rules.base import Rule
from flake8_logits.rules.registry import RULES
from flake8_logits.rules.wording import sentences

OTHERWISE = "it is so on one way to this loss, and on every other way there is another mistake"


def judged(pairing: Pairing) -> list[tuple[Rule, Finding]]:
    """What the rules find in a pairing: in all of it, or else in each part of it that clashes in one way."""
    found = _found(pairing)
    return found or _each_way(pairing)


def _found(pairing: Pairing) -> list[tuple[Rule, Finding]]:
    findings = [(rule, rule.judge(pairing)) for rule in RULES]
    return [(rule, finding) for rule, finding in findings if finding is not None]


def _each_way(pairing: Pairing) -> list[tuple[Rule, Finding]]:
    """The findings of each way apart, if there are several and not one of them is right."""
    ways = _ways(pairing)
    if len(ways) < 2:
        return []
    found = [_found(replace(pairing, observations=way)) for way in ways]
    if not all(found):
        return []
    return [(rule, _one_of_several(finding)) for way in found for rule, finding in way]


def _ways(pairing: Pairing) -> list[tuple[Observation, ...]]:
    """The observations by what is wrong with them; none where something is not known, or right."""
    ways: dict[Verdict, list[Observation]] = {}
    for met in pairing.observations if pairing.kind.is_loss else ():
        if not isinstance(met.output, Output) or isinstance(met.loss, Lost):
            return []
        verdict = met.loss.contract.judge(met.output.scale, met.loss.told)
        if verdict is Verdict.AGREES:
            return []
        ways.setdefault(verdict, []).append(met)
    return [tuple(way) for way in ways.values()]


def _one_of_several(finding: Finding) -> Finding:
    """A finding that holds on some ways only: what mends it there would do harm on the others."""
    return replace(finding, remedies=(), consequence=sentences(OTHERWISE))

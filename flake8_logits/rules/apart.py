"""A pairing that is at fault in no single way, taken apart.

Every way to it clashes, or one of several losses does, or all that does not come from a file, or what the program
does when it is started without options.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.rules.base import Rule
from flake8_logits.rules.registry import RULES
from flake8_logits.rules.wording import LONGEST, say, sentences, where

BY_DEFAULT = "by default, "
WITHOUT_OPTIONS = "so it is when the program is started without options"
OTHERWISE = "it is so on one way to this loss, and on every other way there is another mistake"

BESIDE_OTHERS = "it is so whenever this output comes to that loss; others come there too, for which the loss is right"
THE_LOSS = "the loss, which others reach too"

_Numbers = tuple[Place, Scale]
Judged = tuple[Pairing, Rule, Finding]
"""What a rule finds in a pairing, or in the part of it that it holds for."""


def judged(pairing: Pairing) -> list[Judged]:
    """What the rules find in a pairing: in all of it, else in each way to it, else with one of its losses.

    What may come from a file or a caller instead is left out where the program has something of its own there, which
    is at fault whatever those hold.
    """
    found = _judged(pairing)
    if pairing.without_options:
        return [(part, rule, _by_default(finding)) for part, rule, finding in found]
    return found


def _judged(pairing: Pairing) -> list[Judged]:
    for is_elsewhere, otherwise in _ELSEWHERE:
        own = tuple(met for met in pairing.observations if not is_elsewhere(met))
        if own and len(own) < len(pairing.observations):
            rest = _judged(replace(pairing, observations=own))
            return [(part, rule, _one_of_several(finding, otherwise)) for part, rule, finding in rest]
    found = _found(pairing) or _each_way(pairing)
    # Without options one of the losses is called, and which that is has to be known.
    return found if pairing.without_options else found or _each_loss(pairing) or _each_occasion(pairing)


def _is_loaded(met: Observation) -> bool:
    return isinstance(met.output, Lost) and met.output.reason is Reason.LOADED


def _is_given(met: Observation) -> bool:
    return isinstance(met.loss, Lost) and met.loss.reason is Reason.DEFAULT


_ELSEWHERE: tuple[tuple[Callable[[Observation], bool], str], ...] = (
    (_is_loaded, "on another way to this loss the model is read from a file, and what it gives is not known"),
    (_is_given, "this loss is a default, and whoever calls the function may give another one"),
)


def _found(pairing: Pairing) -> list[Judged]:
    findings = [(rule, rule.judge(pairing)) for rule in RULES]
    return [(pairing, rule, finding) for rule, finding in findings if finding is not None]


def _each_way(pairing: Pairing) -> list[Judged]:
    """The findings of each way apart, if there are several and not one of them is right."""
    ways = _ways(pairing)
    if len(ways) < 2:
        return []
    found = [_found(replace(pairing, observations=way)) for way in ways]
    if not all(found):
        return []
    return [(part, rule, _one_of_several(finding)) for way in found for part, rule, finding in way]


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


def _by_default(finding: Finding) -> Finding:
    """A finding that holds when the program is started without options: with others, what mends it may do harm."""
    message = f"{BY_DEFAULT}{finding.message}"
    consequence = f"{sentences(WITHOUT_OPTIONS)} {finding.consequence}".rstrip()
    shown = message if len(message) <= LONGEST else finding.message
    return replace(finding, message=shown, remedies=(), consequence=consequence)


def _one_of_several(finding: Finding, otherwise: str = OTHERWISE) -> Finding:
    """A finding that holds on some ways only: what mends it there would do harm on the others."""
    return replace(finding, remedies=(), consequence=sentences(otherwise))


def _each_loss(pairing: Pairing) -> list[Judged]:
    """The findings of each loss of which one is called here: what every output clashes with is wrong if it is called.

    None where there is one loss, or where not all is known.
    """
    found: dict[tuple[Place, str], list[Observation]] = {}
    for met in pairing.observations if pairing.kind is SiteKind.CALL else ():
        if not isinstance(met.loss, Loss) or not isinstance(met.output, Output):
            return []
        found.setdefault((met.loss.elsewhere or met.loss.place, met.loss.name), []).append(met)
    parts = [replace(pairing, observations=tuple(part)) for part in found.values()] if len(found) > 1 else []
    return [each for part in parts for each in _found(part)]


def _each_occasion(pairing: Pairing) -> list[Judged]:
    """The findings of each output that is certain to come here, and clashes whenever it does.

    Each stands where its output is made, as others come here, too, which are right: none where one of them is not
    known, or where it is made in another file or in the same place as the others.
    """
    if not all(isinstance(met.output, Output) and isinstance(met.loss, Loss) for met in pairing.observations):
        return []
    if not pairing.countable:
        return []  # a session: what came there before is over, and may have been mended since
    parts = dict.fromkeys(tuple(dict.fromkeys(map(_numbers, occasion))) for occasion in pairing.occasions)
    found: list[Judged] = []
    for numbers in parts:
        mets = tuple(met for met in pairing.observations if _numbers(met) in numbers)
        part = replace(pairing, observations=mets, occasions=())
        made = _made(part, [met for met in pairing.observations if met not in mets])
        if made is not None:
            found += [(part, rule, _at_its_output(part, finding, made)) for part, rule, finding in _found(part)]
    return found


def _made(pairing: Pairing, others: list[Observation]) -> Place | None:
    """Where the outputs of a pairing are made, if that is one place of this file, and no other output is made there."""
    places = {numbers[0]: None for numbers in map(_numbers, pairing.observations) if numbers is not None}
    taken = {numbers[0] for numbers in map(_numbers, others) if numbers is not None}
    here = [place for place in places if place.path == pairing.place.path and place not in taken]
    return here[0] if len(here) == len(places) == 1 else None


def _at_its_output(pairing: Pairing, finding: Finding, made: Place) -> Finding:
    """A finding of one output of several, where that is made: what the loss could be told would be wrong for others."""
    line = where(pairing, finding.place, made)
    at = f" at {line}" if line else ""
    advice = f"mend this output: others reach the loss{at}, too"
    what = finding.message.removesuffix(f"; {finding.advice}")
    message = say(what, advice) if what != finding.message else finding.message
    related = ((finding.place, THE_LOSS), *((place, note) for place, note in finding.related if place is not made))
    return _one_of_several(replace(finding, message=message, advice=advice, place=made, related=related), BESIDE_OTHERS)


def _numbers(met: Observation) -> _Numbers | None:
    """Which numbers an output is: where they are made, and of what kind they are."""
    output = met.output
    return (output.origin.place, output.scale) if isinstance(output, Output) and output.origin is not None else None

"""The losses of which nothing could be decided, and why: nothing that looks like a loss goes without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flake8_logits.domain.contracts import Expects, Verdict
from flake8_logits.domain.diagnostics import UnknownSite
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.places import Place
from flake8_logits.domain.targets import ANY, Target
from flake8_logits.domain.unknown import End, Lost, Reason
from flake8_logits.rules.apart import judged
from flake8_logits.rules.targets import aimed


def unknown_sites(pairings: Iterable[Pairing], target: Target = ANY) -> list[UnknownSite]:
    """The losses of which nothing could be decided, with the reason of the first thing unknown."""
    found: dict[tuple[object, ...], UnknownSite] = {}
    for pairing in pairings:
        site = undecided(pairing, target)
        if site is not None:
            found.setdefault((site.span, site.reason, site.detail), site)
    return list(found.values())


def undecided(pairing: Pairing, target: Target) -> UnknownSite | None:
    """Why nothing could be decided of the loss in a pairing; None where something could."""
    found = _unknown(pairing, target)
    if found is None:
        return None
    lost, end = found
    loss = next(iter(_losses(pairing)), None)
    place = loss.anchor if loss is not None else pairing.place
    where = None if lost.place is None else lost.place.span
    return UnknownSite(place.span, loss.name if loss else "", lost.reason, lost.detail, where, end)


def is_undecided(pairing: Pairing, target: Target) -> bool:
    """Whether nothing could be decided of the loss in a pairing: ``undecided`` without asking where anything stands."""
    return _unknown(pairing, target) is not None


def _unknown(pairing: Pairing, target: Target) -> tuple[Lost, End] | None:
    """What is not known of the loss in a pairing, and which end it is."""
    if not (pairing.kind.is_loss or _is_half_written(pairing, target)) or _agrees_all_the_same(pairing, target):
        return None
    found = _lost(pairing, bool(_losses(pairing)))
    if found is None:
        lost = _contested(pairing)
        return None if lost is None or codes_of(pairing, target) else (lost, End.OUTPUT)
    if found[0].reason in (Reason.LOADED, Reason.DEFAULT) and codes_of(pairing, target):
        return None
    return found


def _losses(pairing: Pairing) -> list[Loss]:
    """The losses of a pairing that are known by name."""
    return [met.loss for met in pairing.observations if isinstance(met.loss, Loss) and met.loss.name]


def _is_half_written(pairing: Pairing, target: Target) -> bool:
    """Whether a loss that is written out is at fault for what is known, and what is not known may reach it, too."""
    known = tuple(met for met in pairing.observations if isinstance(met.output, Output))
    if pairing.kind is not SiteKind.WRITTEN or not 0 < len(known) < len(pairing.observations):
        return False
    return bool(codes_of(replace(pairing, observations=known), target))


def _agrees_all_the_same(pairing: Pairing, target: Target) -> bool:
    """Whether what is set aside agrees with its loss: were it not, there would be nothing to find."""
    if not any(isinstance(met.output, Lost) and met.output.set_aside for met in pairing.observations):
        return False
    whole = replace(pairing, observations=tuple(map(_restored, pairing.observations)))
    known = all(isinstance(met.output, Output) and isinstance(met.loss, Loss) for met in whole.observations)
    return known and _contested(whole) is None and not any(rule.default for _, rule, _ in judged(aimed(whole, target)))


def _restored(met: Observation) -> Observation:
    output = met.output
    if isinstance(output, Lost) and output.set_aside and output.was is not None:
        return replace(met, output=output.was)
    return met


def _lost(pairing: Pairing, known: bool) -> tuple[Lost, End] | None:
    """What is unknown first, and which end it is; ``known`` tells whether any loss is one of ours."""
    for met in pairing.observations:
        if isinstance(met.output, Lost) and known and not _takes_anything(pairing, met.loss):
            return met.output, End.OUTPUT
        if isinstance(met.loss, Lost) and (known or _concerns_us(pairing, met)):
            return met.loss, End.LOSS
    return None


def _takes_anything(pairing: Pairing, loss: Loss | Lost) -> bool:
    """Whether a loss is right whatever it is given: a distance, a margin."""
    return pairing.kind.is_loss and isinstance(loss, Loss) and loss.contract.expects is Expects.SCORES


def _concerns_us(pairing: Pairing, met: Observation) -> bool:
    """Whether a loss that is not known may be one of ours."""
    assert isinstance(met.loss, Lost)
    if met.loss.reason in (Reason.UNKNOWN_SWITCH, Reason.UNKNOWN_LOSS, Reason.OWN_LOSS, Reason.OTHER_FILES):
        return True
    # Here, because the rows are slow to import and most files are not worth analysing.
    from flake8_logits.knowledge.catalogue import owns

    # Of a library that is known, the losses without a row take any numbers.
    other = bool(met.loss.library) and owns(met.loss.library)
    return pairing.kind is SiteKind.COMPILE and isinstance(met.output, Output) and not other


def _contested(pairing: Pairing) -> Lost | None:
    """Why a pairing of which all is known may still be right and wrong; None where it is right."""
    pairs = [
        (met.output, met.loss)
        for met in pairing.observations
        if isinstance(met.output, Output) and isinstance(met.loss, Loss)
    ]
    over = next((output for output, loss in pairs if output.axis is not None and loss.name), None)
    if over is not None:
        return Lost(Reason.OTHER_AXIS, decisive(over), over.activation)
    verdicts = {loss.contract.judge(output.scale, loss.told): output for output, loss in pairs}
    if len(verdicts) < 2:
        return None
    reason = Reason.DISAGREE if Verdict.AGREES in verdicts else Reason.CONTRADICTORY
    wrong = next(output for verdict, output in verdicts.items() if verdict is not Verdict.AGREES)
    return Lost(reason, decisive(wrong))


def codes_of(pairing: Pairing, target: Target) -> frozenset[str]:
    """The codes of the rules that find a pairing at fault."""
    return frozenset(rule.code for _, rule, _ in judged(aimed(pairing, target)))


def is_at_fault(pairing: Pairing, target: Target) -> bool:
    """Whether a rule that is on by itself finds a pairing at fault."""
    return any(rule.default for _, rule, _ in judged(aimed(pairing, target)))


def decisive(end: Output | Loss | Lost) -> Place | None:
    """The place that decided what an output or a loss is, or at which sight of it was lost."""
    if isinstance(end, Output):
        return end.origin.place if end.origin is not None else None
    return end.place if isinstance(end, Lost) else end.elsewhere or end.anchor

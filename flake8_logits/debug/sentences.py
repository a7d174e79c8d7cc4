"""What a value is and why, in sentences: the words of a hover and of ``flake8-logits reveal``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flake8_logits.debug.describe import describe_options
from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.facts import Loss, Observation, Pairing
from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.places import Place, Span
from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.objects import ChainRef, LayerRef, ModelRef
from flake8_logits.interpret.abstract.values import Const, LossValue, Object, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.rules.registry import RULES

Where = Callable[[Span], str]
"""How a place is named: ``line 12``; empty where it has no name that a reader could find."""


def value_words(interp: Interpreter, value: Value) -> str:
    """What a layer, model, loss, metric or activation is, without what it gives."""
    if isinstance(value, Object) and isinstance(value.ref, LayerRef):
        return _short(value.ref.row.name)
    if isinstance(value, Object) and isinstance(value.ref, ModelRef):
        return f"{value.ref.kind.value} model" if value.ref.row is None else _short(value.ref.row.name)
    if isinstance(value, Object) and isinstance(value.ref, ChainRef):
        return "sequence of layers"
    if isinstance(value, LossValue):
        return _loss_value(value)
    return describe_options(interp, value, 0)[0]


def _loss_value(value: LossValue) -> str:
    switch = value.switch.value if isinstance(value.switch, Const) else None
    told = switch if isinstance(switch, bool) else None
    wants = value.row.contract.wants_logits(told) if told is not None or value.switch is None else None
    said = "" if value.switch is None else f"(from_logits={'...' if told is None else told})"
    return f"{value.row.short}{said}{_reading(wants)}"


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _reading(wants: bool | None) -> str:
    return "" if wants is None else f" reads {'logits' if wants else 'probabilities'}"


def output_words(output: Output | Lost, where: Where) -> str:
    """What numbers an output holds, and the steps that made them so: ``logits: Dense(10), line 12 -> Flatten``."""
    if isinstance(output, Lost):
        return lost_words(output, where)
    units = "" if output.units is None else f" ({output.units} unit{'' if output.units == 1 else 's'})"
    steps = " -> ".join(_step(step, where) for step in output.trail)
    return f"{output.scale.words}{units}" + (f": {steps}" if steps else "")


def lost_words(lost: Lost, where: Where) -> str:
    """Why nothing is known, and where sight was lost."""
    detail = f" ({lost.detail})" if lost.detail else ""
    return f"unknown: {lost.reason.value}{detail}{_at(lost.place, where)}"


def loss_words(loss: Loss | Lost, where: Where) -> str:
    """What reads an output, as it is told."""
    if isinstance(loss, Lost):
        return lost_words(loss, where)
    is_told = loss.told is not None and (loss.told or loss.told_by_hand)
    return f"{loss.name or 'a loss'}" + (f"(from_logits={loss.told})" if is_told else "")


def expectation(loss: Loss) -> str:
    """`` reads logits``, or what else a loss reads its input as; empty where that does not concern us."""
    return _reading(loss.contract.wants_logits(loss.told))


def reader_lines(pairings: Iterable[Pairing], where: Where) -> Iterator[str]:
    """Yield a line for each reader: what it is, where it reads, and whether it agrees with what it is given."""
    for pairing in pairings:
        for observation in pairing.observations:
            verdict = _verdict(pairing, observation)
            if verdict:
                yield f"{loss_words(observation.loss, where)}{_reads_at(pairing, where)} {verdict}"


def given_lines(pairings: Iterable[Pairing], where: Where) -> Iterator[str]:
    """Yield a line for each output that a loss is given, and whether the two agree."""
    for pairing in pairings:
        for observation in pairing.observations:
            output = observation.output
            giver = f"'{output.model}' gives it" if isinstance(output, Output) and output.model else "it is given"
            verdict = _verdict(pairing, observation)
            if not verdict:
                continue
            said = where(pairing.place.span)
            at = f"at {said}, " if said else ""
            yield f"{at}{giver} {output_words(output, where)}" + (f"; {verdict}" if isinstance(output, Output) else "")


def _verdict(pairing: Pairing, observation: Observation) -> str:
    """Whether an output and its reader agree; empty for a reader that may be given anything, and is not at fault."""
    output, loss = observation.output, observation.loss
    if isinstance(output, Lost) or isinstance(loss, Lost):
        return "may agree or not" if pairing.kind.wants_a_scale else ""
    verdict = loss.contract.judge(output.scale, loss.told) if pairing.kind.wants_a_scale else Verdict.AGREES
    if verdict is not Verdict.AGREES:
        return f"clashes: {verdict.value}"
    alone = replace(pairing, observations=(observation,))
    broken = next((rule for rule in RULES if rule.default and rule.judge(alone) is not None), None)
    if broken is not None:
        return f"clashes: {broken.name.replace('-', ' ')}"
    return "agrees" if pairing.kind.wants_a_scale else ""


def _reads_at(pairing: Pairing, where: Where) -> str:
    said = where(pairing.place.span)
    return f" at {said}" if said else ""


def _step(step: Step, where: Where) -> str:
    return f"{step.note}{_at(step.place, where)}"


def _at(place: Place | None, where: Where) -> str:
    said = "" if place is None else where(place.span)
    return f", {said}" if said else ""

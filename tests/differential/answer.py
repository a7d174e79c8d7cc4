"""Asks the interpreter, and holds its answer against what was measured."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost
from flake8_logits.interpret.abstract.budget import Budget
from flake8_logits.interpret.program import run_program
from flake8_logits.interpret.tensors.written_losses import OVERLAP
from flake8_logits.source.documents import python_document
from flake8_logits.source.tree import Tree
from tests.differential.evidence import Verdict
from tests.differential.grammar import LOSSES, Program
from tests.differential.probe import Measured


def answer(text: str, kinds: Collection[SiteKind] = LOSSES, lines: Collection[int] = frozenset()) -> list[Pairing]:
    """All that meets at a reader of these kinds; what else reads outputs says nothing of what this one is given.

    Readers that are no losses stand on these ``lines``.
    """
    document = python_document("program.py", text.encode())
    trees = [Tree(unit) for unit in document.units]
    problems = [tree.problem for tree in trees if tree.problem is not None]
    assert not problems, problems
    pairings = run_program([tree.body for tree in trees], Budget(text.count("\n") + 1), document.path)
    asked = [pairing for pairing in pairings if pairing.kind in kinds]
    return [pairing for pairing in asked if pairing.kind.is_loss or pairing.place.span.line in lines]


@dataclass
class Comparison:
    """What came of one program; ``contradictions`` are sentences, ``lost`` the reasons for which nothing was said."""

    contradictions: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    truths: list[str] = field(default_factory=list)


def compare(program: Program, pairings: list[Pairing], measured: list[Measured]) -> Comparison:
    """Hold every measured output against what was said of it."""
    if not program.kinds <= LOSSES:
        pairings = [_as_read(pairing, program) for pairing in pairings]
    result = Comparison()
    fulfilled: set[tuple[str, str, str]] = set()
    claimed: set[tuple[str, str, str]] = set()
    for one in measured:
        if program.beyond_words:
            one = replace(one, evidence=replace(one.evidence, moved=True))
        if SiteKind.CUT in program.kinds:
            one = replace(one, evidence=one.evidence.one_by_one())
        _compare(result, one, [p for p in pairings if not one.names or p.head in one.names], fulfilled, claimed)
    if not result.lost:
        result.spurious = [" ".join(claim) for claim in sorted(claimed - fulfilled)]
    return result


def _verdict(one: Measured, observation: Observation, told: bool | None) -> Verdict:
    """What a measurement says of a claim; of what is no loss nobody asks what it was told."""
    output, loss = observation.output, observation.loss
    assert isinstance(output, Output)
    if one.told is not None and told is not one.told:
        return Verdict.REFUTED
    if one.loss and isinstance(loss, Loss) and loss.name.rpartition(".")[2] != one.loss:
        return Verdict.REFUTED
    if output.units is not None and one.evidence.sizes and output.units not in one.evidence.sizes:
        return Verdict.REFUTED
    verdict = one.evidence.judge(output.scale)
    is_overlap = isinstance(loss, Loss) and loss.name == OVERLAP
    if verdict is Verdict.REFUTED and is_overlap and output.scale is not Scale.LOGITS:
        # An overlap is that of what a model gives, on whatever scale: all but logits is passed over.
        return Verdict.UNCLEAR
    return verdict


def _size(output: Output) -> str:
    return "" if output.units is None else f"of {output.units}"


def _as_read(pairing: Pairing, program: Program) -> Pairing:
    """A pairing of what is read there, where the reader itself clips it first and nothing did so before."""
    lines = program.lines
    text = enumerate(program.text.splitlines(), 1)
    if any("clip" in line for number, line in text if number not in lines):
        return pairing
    observations = tuple(replace(one, output=_before_clipping(one.output, lines)) for one in pairing.observations)
    return replace(pairing, observations=observations)


def _before_clipping(output: Output | Lost, lines: Collection[int]) -> Output | Lost:
    if not isinstance(output, Lost) or output.kind is not StepKind.CLIP or output.was is None:
        return output
    there = output.place is not None and output.place.span.line in lines
    return output.was if there else output


def _compare(
    result: Comparison,
    one: Measured,
    pairings: list[Pairing],
    fulfilled: set[tuple[str, str, str]],
    claimed: set[tuple[str, str, str]],
) -> None:
    observations = [(pairing.head, observation) for pairing in pairings for observation in pairing.observations]
    truth = f"{one.evidence.label} told {one.told} of {sorted(one.evidence.sizes)}{one.loss and ' at ' + one.loss}"
    result.truths.append(one.evidence.label)
    reasons = [
        side.reason.name
        for _, observation in observations
        for side in (observation.output, observation.loss)
        if isinstance(side, Lost)
    ]
    if not observations:
        reasons = ["NOTHING_RECORDED"]
    verdicts: list[Verdict] = []
    said: list[str] = []
    for head, observation in observations:
        if not isinstance(observation.output, Output):
            continue
        # A loss that is lost makes no claim of what it was told; one that is named does.
        told = one.told if isinstance(observation.loss, Lost) else observation.loss.told
        claim = (head, observation.output.scale.name, str(told))
        claimed.add(claim)
        said.append(" ".join((*claim, _size(observation.output))).strip())
        verdict = _verdict(one, observation, told)
        if verdict is not Verdict.REFUTED:
            fulfilled.add(claim)
        verdicts.append(verdict)
    result.claims.append(", ".join([*said, *reasons]))
    if reasons:
        result.lost.append(reasons[0])
    elif Verdict.HOLDS in verdicts:
        return
    elif Verdict.LOOSE in verdicts:
        result.loose.append(f"{truth}, said {said}")
    elif Verdict.UNCLEAR in verdicts:
        result.unclear.append(one.evidence.why_unclear or f"cannot tell {one.evidence.label} from {said[0]}")
    else:
        where = f" [{one.run}]" if one.run else ""
        result.contradictions.append(f"measured {truth}{where}, said {', '.join(said)}")

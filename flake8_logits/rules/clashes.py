"""What the rules ask of a pairing: does every observation clash in the same way, and how is it mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flake8_logits.domain.contracts import Expects, Family, Verdict
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.fixes import Activate, Applicability, Bare, Change, Cut, Exchange, Give, Remedy, Tell
from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost


@dataclass(frozen=True, slots=True)
class Clash:
    """A pairing all of whose observations clash: each output with its loss, and the verdict on it."""

    observations: tuple[tuple[Output, Loss, Verdict], ...]

    @property
    def of_one_unit(self) -> bool:
        """Whether LGT201 or LGT202 speaks here: more than the number of units is not worth a word then."""
        return too_few_units((output, loss) for output, loss, _ in self.observations)

    @property
    def output(self) -> Output:
        """The output that messages speak of: the first that was seen."""
        return self.observations[0][0]

    @property
    def loss(self) -> Loss:
        """The loss that messages speak of."""
        return self.observations[0][1]


MOVED = frozenset({StepKind.SHIFT, StepKind.OPPOSITE, StepKind.NUDGE})
"""Steps after which zero is no longer in the middle of logits."""
LOSSES = (SiteKind.COMPILE, SiteKind.CALL)


def clash(pairing: Pairing, *verdicts: Verdict) -> Clash | None:
    """The clash of an output with a loss, if every single observation has one of these verdicts; None otherwise."""
    return met(pairing, LOSSES, lambda output, loss: loss.contract.judge(output.scale, loss.told) in verdicts)


def met(pairing: Pairing, kinds: Iterable[SiteKind], clashes: Callable[[Output, Loss], bool]) -> Clash | None:
    """A clash with a reader of one of these kinds, if every single observation is known and clashes; None otherwise."""
    if pairing.kind not in kinds:
        return None
    found: list[tuple[Output, Loss, Verdict]] = []
    for observation in pairing.observations:
        output, loss = observation.output, observation.loss
        if isinstance(output, Lost) or isinstance(loss, Lost) or not clashes(output, loss):
            return None
        found.append((output, loss, loss.contract.judge(output.scale, loss.told)))
    return Clash(tuple(found)) if found else None


def one_unit(output: Output) -> bool:
    """Whether an output is a softmax whose class axis has one entry."""
    return output.scale is Scale.SOFTMAX and output.units == 1 and output.axis is None


def one_class(output: Output, loss: Loss) -> bool:
    """Whether a loss that chooses between classes is given one unit, of which not a softmax was made."""
    # Over another axis it is another story.
    if output.scale is Scale.SOFTMAX or output.axis is not None:
        return False
    # Those that only take probabilities are of other packages, and not all of them divide by the sum.
    normalises = loss.contract.expects in (Expects.SWITCHED, Expects.LOGITS)
    return output.units == 1 and loss.contract.family is Family.CATEGORICAL and normalises


def too_few_units(pairs: Iterable[tuple[Output, Loss]]) -> bool:
    """Whether there is one unit too few in every pair: LGT201 or LGT202 says so, and all other advice would mislead."""
    pairs = tuple(pairs)
    return all(one_unit(output) for output, _ in pairs) or all(one_class(*pair) for pair in pairs)


def fixed(loss: Loss) -> bool:
    """Whether the loss has no switch."""
    return loss.contract.expects is not Expects.SWITCHED


def reads_probabilities(loss: Loss) -> bool:
    """Whether the loss takes its input for probabilities."""
    return loss.contract.wants_logits(loss.told) is False


def reads_logits(loss: Loss) -> bool:
    """Whether the loss takes its input for logits."""
    return loss.contract.wants_logits(loss.told) is True


def trained_logits(output: Output) -> bool:
    """Whether the output is logits as a loss that reads logits trains them, with zero in the middle."""
    shifted = any(step.kind in MOVED for step in later(output))
    if output.units == 1 and among_classes(output):
        return False  # There is worse to say of it: LGT202.
    return output.scale is Scale.LOGITS and output.trained_for is not None and not shifted


def among_classes(output: Output) -> bool:
    """Whether a loss that chooses between classes trains the output: no single number of it has a middle then."""
    return output.trained_for is Family.CATEGORICAL


def ending(output: Output) -> str:
    """What to do for a metric that cannot be told of the logits that a loss trains."""
    family = output.trained_for or Family.ANY
    return f"end the model in {family.value} and drop from_logits=True"


def later(output: Output) -> tuple[Step, ...]:
    """What happened to the numbers after their scale was decided."""
    return output.trail[1:]


def at_layer(output: Output, anchor: Place) -> Place:
    """Where a head is mended: at the layer, if that stands in the file of what reads it, else where it is read."""
    decider = output.origin
    return decider.place if decider is not None and decider.place.path == anchor.path else anchor


def origin(output: Output) -> tuple[tuple[Place, str], ...]:
    """The place where an output's scale was decided, as a related place."""
    return () if output.origin is None else ((output.origin.place, output.origin.note),)


def related(clashing: Clash) -> tuple[tuple[Place, str], ...]:
    """The places where each output's scale was decided."""
    found: list[tuple[Place, str]] = []
    for output, _, _ in clashing.observations:
        if output.origin is not None and (output.origin.place, output.origin.note) not in found:
            found.append((output.origin.place, output.origin.note))
    return (*found, *told_at(clashing.loss))


def told_at(loss: Loss) -> Iterator[tuple[Place, str]]:
    """Where a loss stands, and where its switch is given its value, as far as neither is at the loss's anchor."""
    there, given = loss.elsewhere, loss.switch_origin
    if there is not None and (given is None or not given.span.on_line_of(there.span)):
        yield there, f"{loss.name} stands here"
    if given is not None:
        yield given, f"{loss.switch}={loss.told} is given here"


def telling(clashing: Clash, told: bool, metric: bool = False) -> tuple[Remedy, ...]:
    """The safe remedy that tells every loss (or metric) of a clash ``from_logits=told``."""
    changes = [Tell(loss, told, _near(output), metric) for output, loss, _ in clashing.observations]
    return (Remedy(Applicability.SAFE, _distinct(changes)),)


def exchanging(clashing: Clash) -> tuple[Remedy, ...]:
    """The safe remedy that puts the loss which expects such numbers in the place of each; none where one has none."""
    changes = [Exchange(loss, loss.twin(output.scale)) for output, loss, _ in clashing.observations]
    return (Remedy(Applicability.SAFE, _distinct(changes)),) if all(change.name for change in changes) else ()


def cutting(clashing: Clash, threshold: float) -> tuple[Remedy, ...]:
    """The safe remedy that has every metric of a clash cut at another threshold."""
    changes = [Cut(loss, threshold, _near(output)) for output, loss, _ in clashing.observations]
    return (Remedy(Applicability.SAFE, _distinct(changes)),)


def baring(clashing: Clash) -> tuple[Remedy, ...]:
    """The unsafe remedy that takes the activation away from every output of a clash."""
    steps = [output.origin for output, _, _ in clashing.observations]
    changes = [Bare(step) for step in steps if step is not None]
    return (Remedy(Applicability.UNSAFE, _distinct(changes)),) if changes and len(changes) == len(steps) else ()


def activating(clashing: Clash) -> tuple[Remedy, ...]:
    """The unsafe remedy that gives the layer of every output the activation its loss expects; none where none is."""
    changes = [
        Activate(output.origin, loss.contract.family.value)
        for output, loss, _ in clashing.observations
        if output.origin is not None and not later(output) and loss.contract.family is not Family.ANY
    ]
    whole = len(changes) == len(clashing.observations)
    return (Remedy(Applicability.UNSAFE, _distinct(changes)),) if whole else ()


def before(pairing: Pairing, output: Output) -> str:
    """The name of the tensor that a called loss could be given instead: what the activation was applied to.

    Empty where the activation is part of a layer, or is applied to something that has no name in this file, or where
    the loss is given that very name: it stands for what the activation gave by then.
    """
    step = output.origin
    alone = step is not None and step.by == output.activation and len(output.trail) == 1
    if pairing.kind is not SiteKind.CALL or output.model or step is None or not alone:
        return ""
    applied = _APPLIED.fullmatch(step.place.text) if step.place.path == pairing.place.path else None
    if applied is None or applied["name"] in _handed_over(pairing.place.text):
        return ""
    return applied["name"]


def _handed_over(call: str) -> list[str]:
    """What a call is given, what stands in brackets within its arguments left out."""
    rest = call.rstrip().removesuffix(")")
    while (shorter := _BRACKETED.sub("", rest)) != rest:
        rest = shorter
    return [argument.rpartition("=")[2].strip() for argument in rest.partition("(")[2].split(",")]


_BRACKETED = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}")
_APPLIED = re.compile(r"[\w.]+\(\s*(?:\w+\s*=\s*)?(?P<name>[^\W\d]\w*)\s*(?:,[^()]*)?\)")
"""An activation that is called with a name: ``tf.nn.softmax(scores, name="p")``."""


def giving(clashing: Clash, pairing: Pairing) -> tuple[Remedy, ...]:
    """The safe remedy that gives a called loss what the activation was applied to, if that has a name."""
    steps = [output.origin for output, _, _ in clashing.observations if before(pairing, output)]
    if len(steps) != len(clashing.observations) or len(set(steps)) != 1 or steps[0] is None:
        return ()
    return (Remedy(Applicability.SAFE, (Give(pairing.place, steps[0]),)),)


def _near(output: Output) -> Place | None:
    return None if output.origin is None else output.origin.place


def _distinct(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change for each place that is changed."""
    found: dict[object, Change] = {}
    for change in changes:
        place = change.step.place if isinstance(change, (Activate, Bare, Give)) else _anchor(change)
        found.setdefault(place, change)
    return tuple(found.values())


def _anchor(change: Tell | Cut | Exchange) -> Place:
    return change.metric.place if isinstance(change, Cut) else change.reader.place

"""What the rules ask of a pairing: does every observation clash in the same way, and how is it said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os.path import basename

from flake8_logits.domain.contracts import Expects, Family, Verdict
from flake8_logits.domain.facts import Loss, Output, Pairing, SiteKind, Step
from flake8_logits.domain.fixes import Applicability, Bare, Change, Cut, Remedy, Tell
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


LOSSES = (SiteKind.COMPILE, SiteKind.CALL)
SOFTMAX_FIRST = "apply a softmax first"


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
    shifted = any(step.kind is StepKind.SHIFT for step in later(output))
    if output.units == 1 and among_classes(output):
        return False  # There is worse to say of it: LGT202.
    return output.scale is Scale.LOGITS and output.trained_for is not None and not shifted


def among_classes(output: Output) -> bool:
    """Whether a loss that chooses between classes trains the output: no single number of it has a middle then."""
    return output.trained_for is Family.CATEGORICAL


def named(loss: Loss) -> str:
    """How a message names a loss or metric: ``loss 'mse'`` for what was written as a string, else by its name."""
    return f"'{loss.name}'" if loss.spelt == "string" else loss.name


def later(output: Output) -> tuple[Step, ...]:
    """What happened to the numbers after their scale was decided."""
    return output.trail[1:]


def at_layer(output: Output, anchor: Place) -> Place:
    """Where a head is mended: at the layer, if that stands in the file of what reads it, else where it is read."""
    decider = output.origin
    return decider.place if decider is not None and decider.place.span.path == anchor.span.path else anchor


def origin(output: Output) -> tuple[tuple[Place, str], ...]:
    """The place where an output's scale was decided, as a related place."""
    return () if output.origin is None else ((output.origin.place, output.origin.note),)


def subject(pairing: Pairing, output: Output) -> str:
    """How a message names what arrives: by its model where that has a name, and by its head where it has several."""
    name = f"model '{output.model}'" if output.model else ""
    if pairing.head:
        head = f"output {pairing.head}" if pairing.head.isdigit() else f"output '{pairing.head}'"
        return f"{head} of {name}" if name else head
    return name or ("the model" if pairing.kind is SiteKind.COMPILE else "the prediction")


def decided(output: Output, loss: Loss) -> str:
    """Where the scale was decided, for a message: `` (Dense without an activation, line 12)``."""
    origin = output.origin
    if origin is None:
        return ""
    return f" ({origin.note}, {where(origin.place, loss)})"


def where(place: Place, loss: Loss) -> str:
    """A place as seen from a loss: by line alone in the same file or cell."""
    span, here = place.span, loss.anchor.span
    if span.path != here.path:
        return f"{basename(span.path)}:{span.line}"
    if span.cell is not None and span.cell != here.cell:
        return f"cell {span.cell}, line {span.line}"
    return f"line {span.line}"


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
    if there is not None and (given is None or not _on_one_line(there, given)):
        yield there, f"{loss.name} stands here"
    if given is not None:
        yield given, f"from_logits={loss.told} is given here"


def _on_one_line(one: Place, other: Place) -> bool:
    return (one.span.path, one.span.cell, one.span.line) == (other.span.path, other.span.cell, other.span.line)


def telling(clashing: Clash, told: bool, metric: bool = False) -> tuple[Remedy, ...]:
    """The safe remedy that tells every loss (or metric) of a clash ``from_logits=told``."""
    changes = [Tell(loss, told, _near(output), metric) for output, loss, _ in clashing.observations]
    return (Remedy(Applicability.SAFE, _distinct(changes)),)


def cutting(clashing: Clash, threshold: float) -> tuple[Remedy, ...]:
    """The safe remedy that has every metric of a clash cut at another threshold."""
    changes = [Cut(loss, threshold, _near(output)) for output, loss, _ in clashing.observations]
    return (Remedy(Applicability.SAFE, _distinct(changes)),)


def baring(clashing: Clash) -> tuple[Remedy, ...]:
    """The unsafe remedy that takes the activation away from every output of a clash."""
    steps = [output.origin for output, _, _ in clashing.observations]
    changes = [Bare(step) for step in steps if step is not None]
    return (Remedy(Applicability.UNSAFE, _distinct(changes)),) if changes and len(changes) == len(steps) else ()


def _near(output: Output) -> Place | None:
    return None if output.origin is None else output.origin.place


def _distinct(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change for each place that is changed."""
    found: dict[object, Change] = {}
    for change in changes:
        place = change.step.place if isinstance(change, Bare) else _anchor(change)
        found.setdefault(place, change)
    return tuple(found.values())


def _anchor(change: Tell | Cut) -> Place:
    return change.reader.place if isinstance(change, Tell) else change.metric.place

"""Dropout, noise or normalisation after the softmax.

## What it finds

A last softmax or sigmoid with Dropout, noise or a normalisation behind it, and a loss that reads the result.

## Why it hurts

Dropout sets probabilities to zero and scales up the others: the sum of a distribution with half of it dropped lies
anywhere between 0 and 2, and the loss of a dropped class is the largest there is, with no gradient. Noise makes
numbers below 0 and above 1. Most normalisations move the mean to zero, so about half of what they give is negative;
without that they still make numbers above 1. All this also hides the softmax from a loss told `from_logits=True`.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax"), keras.layers.Dropout(0.5)])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.Sigmoid(), nn.Dropout(0.5))
criterion = nn.BCELoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Use instead

```python
import keras

layers = [keras.layers.Dropout(0.5), keras.layers.Dense(10, activation="softmax")]
model = keras.Sequential([keras.Input((20,)), *layers])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Dropout(0.5), nn.Linear(20, 10), nn.Sigmoid())
criterion = nn.BCELoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

Not fixed by the command. In front of the last layer Dropout does what it is for; what `predict` returns is of the same
kind as before.

## References

- [Keras: Dropout](https://keras.io/api/layers/regularization_layers/dropout/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import PROBABILITIES
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.rules.clashes import LOSSES, later, origin, too_few_units
from flake8_logits.rules.wording import of, reading, say, sentences, where

ADVICE = "put it before the last layer"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities that were disturbed before the loss reads them."""
    if pairing.kind not in LOSSES:
        return None
    found: list[tuple[Output, Step, Loss]] = []
    for observation in pairing.observations:
        seen, loss = _disturbed(observation.output), observation.loss
        if seen is None or isinstance(loss, Lost) or loss.contract.wants_logits(loss.told) is None:
            return None
        found.append((*seen, loss))
    if not found or too_few_units((output, loss) for output, _, loss in found):
        return None
    output, step, loss = found[0]
    place = where(pairing, step.place, loss.anchor)
    disturbing = f"{step.note} ({place})" if place else step.note
    head = f"{output.scale.value}{of(pairing, output)}"
    message = say(f"{disturbing} stands between the {head} and {reading(pairing, loss)}", ADVICE)
    places = (*origin(output), (step.place, step.note))
    consequence = sentences("while training, what the loss reads are no probabilities any more")
    return Finding(message, loss.anchor, places, ADVICE, consequence=consequence)


def _disturbed(output: Output | Lost) -> tuple[Output, Step] | None:
    if isinstance(output, Lost):
        was, place = output.was, output.place
        if was is None or place is None or output.reason is not Reason.LOST_SCALE or was.scale not in PROBABILITIES:
            return None
        return (was, Step(place, output.detail, output.kind)) if output.kind is StepKind.NORMALISATION else None
    if output.scale not in PROBABILITIES:
        return None
    return next(((output, step) for step in later(output) if step.kind is StepKind.NOISE), None)

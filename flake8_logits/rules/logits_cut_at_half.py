"""Logits are compared with one half.

## What it finds

What a model trained on logits returns, or the largest or smallest of it, compared with 0.5 or rounded.

## Why it hurts

One half of probability is a logit of 0; a logit of 0.5 is a probability of 0.62. Whatever lies between is answered
with no although the model says yes. Rounding logits gives any whole number, not only 0 and 1.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))


def answer(images):
    return model.predict(images) > 0.5
```

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 1)
criterion = nn.BCEWithLogitsLoss()


def step(images, labels):
    return criterion(model(images), labels)


def answer(images):
    return model(images) > 0.5
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))


def answer(images):
    return model.predict(images) > 0
```

Or apply a sigmoid and keep the 0.5. Where a categorical loss trains the logits, apply a softmax: a single one of them
says nothing.

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 1)
criterion = nn.BCEWithLogitsLoss()


def step(images, labels):
    return criterion(model(images), labels)


def answer(images):
    return model(images) > 0
```

## Fix safety

Not fixed by the command. It changes which answers are yes, which is the point.

## References

- [Keras: sigmoid](https://keras.io/api/layers/activations/#sigmoid-function)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.steps import StepKind
from flake8_logits.rules.clashes import among_classes, later, met, related, trained_logits
from flake8_logits.rules.wording import say, sentences, which

SOFTMAX_FIRST = "apply a softmax first"
ADVICE = "compare with 0, or apply a sigmoid first"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that is compared with, or rounded at, 0.5 is logits that are trained as such."""
    found = met(pairing, (SiteKind.CUT,), lambda output, _: trained_logits(output) and not _statistic(output))
    if found is None:
        return None
    output, loss = found.output, found.loss
    classes = among_classes(output)
    rounded = loss.name == "round"
    advice = SOFTMAX_FIRST if classes else ADVICE
    message = say(f"{which(pairing, output, loss)} are {'rounded' if rounded else 'compared with 0.5'}", advice)
    single = "a single logit of several classes is no probability"
    half = "a logit of 0.5 is a probability of 0.62; one half is a logit of 0"
    whole = "rounding logits gives any whole number; one half of probability is a logit of 0"
    consequence = sentences(single if classes else whole if rounded else half)
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _statistic(output: Output) -> bool:
    """Whether several logits were made one, which answers another question than each of them.

    The largest and the smallest are compared as each of them would be.
    """
    return any(step.kind in (StepKind.STATISTIC, StepKind.TOTAL) for step in later(output))

"""A metric cuts logits at one half.

## What it finds

A model trained on logits, and a metric that counts what is above 0.5: `"accuracy"` on one unit, `BinaryAccuracy`,
`Precision`, `Recall`, the counts of true and false positives and negatives, `BinaryIoU`, and `F1Score` with a
threshold. Categorical and top-k accuracy look for the largest number only and are right on logits.

## Why it hurts

A logit of 0.5 is a probability of 0.62, one half is a logit of 0. The model and its training are right, the number
that is shown is not: in a small measured example the recall was 0.77 instead of 0.89, the precision 0.78 instead of
0.72. Early stopping and the choice between models go by such numbers.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
```

## Fix safety

`--fix` sets the threshold to 0, where the loss is a binary one. It changes what is shown and nothing else; the name in
the history stays. Logits of a categorical loss mean something beside each other only: end the model in softmax, and
drop `from_logits=True`. `F1Score` and `FBetaScore` refuse a threshold of 0: end the model in sigmoid for them.

## References

- [Keras: accuracy metrics](https://keras.io/api/metrics/accuracy_metrics/)
- [Keras: classification metrics](https://keras.io/api/metrics/classification_metrics/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import (
    among_classes,
    cutting,
    ending,
    met,
    reads_probabilities,
    related,
    trained_logits,
)
from flake8_logits.rules.wording import reading, say, sentences, which

HALF = 0.5
CHOSEN_BY_SHAPE = "accuracy", "acc"
REFUSING_ZERO = "f1score", "fbetascore"
SINGULAR = {"binaryaccuracy": "BinaryAccuracy", "binaryiou": "BinaryIoU"}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits that are trained as such, and the metric cuts at 0.5."""
    found = met(pairing, (SiteKind.METRIC,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    classes = among_classes(output)
    refused = plain(loss) in REFUSING_ZERO
    advice = ending(output) if classes or refused else _advice(loss)
    message = say(f"metric {reading(pairing, loss)} cuts the {which(pairing, output, loss)} at 0.5", advice)
    probability = "a single logit of several classes is no probability"
    consequence = sentences(
        probability if classes else "a logit of 0.5 is a probability of 0.62; one half is a logit of 0",
        f"{loss.name} refuses a threshold of 0" if refused and not classes else "",
    )
    refusing = any(plain(reader) in REFUSING_ZERO or among_classes(other) for other, reader, _ in found.observations)
    remedies = () if refusing else cutting(found, 0.0)
    return Finding(message, loss.anchor, related(found), advice, remedies, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    return trained_logits(output) and reads_probabilities(loss) and loss.threshold == HALF


def _advice(loss: Loss) -> str:
    name = plain(loss)
    if name in CHOSEN_BY_SHAPE:
        return "use BinaryAccuracy(threshold=0)"
    keyword = "threshold" if name in SINGULAR else "thresholds"
    if loss.written_as is not WrittenAs.STRING:
        return f"pass {keyword}=0"
    spelt = SINGULAR.get(name) or "".join(part[:1].upper() + part[1:] for part in loss.name.split("_"))
    return f"use {spelt}({keyword}=0)"


def plain(metric: Loss) -> str:
    """A metric's name without the letter case and underscores in which strings and classes differ."""
    return metric.name.lower().replace("_", "")

"""A metric that cannot take logits is given them.

## What it finds

A model trained on logits, and one of the metrics that try thresholds between 0 and 1 and cannot be told otherwise:
`PrecisionAtRecall`, `RecallAtPrecision`, `SensitivityAtSpecificity`, `SpecificityAtSensitivity`.

## Why it hurts

No threshold below 0 or above 1 is ever tried, so the one that was asked for is missed: in a small measured example
`PrecisionAtRecall(0.5)` was 0.82 instead of 0.85. These metrics have no `from_logits` and take no other thresholds.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.PrecisionAtRecall(0.5)],
)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[keras.metrics.PrecisionAtRecall(0.5)],
)
```

Or keep the logits and watch a metric that can be told: `AUC(from_logits=True)`.

## Fix safety

Not fixed by the command. The model then returns probabilities: take away a sigmoid that is applied to its answers
elsewhere.

## References

- [Keras: classification metrics](https://keras.io/api/metrics/classification_metrics/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import ending, met, related, trained_logits
from flake8_logits.rules.wording import reading, say, sentences, which

SWEPT = frozenset({"PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity"})


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits that are trained as such, and the metric tries [0, 1] only."""
    found = met(pairing, (SiteKind.METRIC,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = ending(output)
    logits = which(pairing, output, loss)
    message = say(f"metric {reading(pairing, loss)} takes the {logits} for probabilities", advice)
    consequence = sentences("it tries thresholds between 0 and 1 only, and has no from_logits to be told")
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    return loss.name in SWEPT and trained_logits(output)

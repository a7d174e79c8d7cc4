"""A metric cuts probabilities at zero.

## What it finds

A softmax or sigmoid, and a metric with a threshold of 0 or less, as it is right for logits.

## Why it hurts

Every probability but an exact 0 is above 0, so everything counts as positive: the accuracy is the share of the
positives, the recall is 1.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[keras.metrics.BinaryAccuracy()],
)
```

## Fix safety

`--fix` sets the threshold to 0.5. It changes what is shown and nothing else.

## References

- [Keras: accuracy metrics](https://keras.io/api/metrics/accuracy_metrics/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import PROBABILITIES
from flake8_logits.rules.clashes import cutting, met, related
from flake8_logits.rules.wording import reading, say, sentences, which

ADVICE = "leave the threshold at 0.5"
ABOVE = "all but an exact 0 are above"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities and the metric cuts at zero or below."""
    found = met(pairing, (SiteKind.METRIC,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    above = "all of them are above" if loss.threshold is not None and loss.threshold < 0 else ABOVE
    probabilities = which(pairing, output, loss)
    message = say(f"metric {reading(pairing, loss)} cuts the {probabilities} at {loss.threshold:g}", ADVICE)
    remedies = cutting(found, 0.5)
    consequence = sentences(above)
    return Finding(
        message,
        loss.anchor,
        related(found),
        ADVICE,
        remedies,
        consequence=consequence,
    )


def _clashes(output: Output, loss: Loss) -> bool:
    return output.scale in PROBABILITIES and loss.threshold is not None and loss.threshold <= 0

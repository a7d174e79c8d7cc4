"""AUC reads logits as probabilities.

## What it finds

A model trained on logits, and the metric `AUC` without `from_logits=True`.

## Why it hurts

`AUC` tries thresholds between 0 and 1. Logits below 0 all count as one, those above 1 as another, so much of the
order among them is lost and the area comes out too small: 0.80 instead of 0.83 in a small measured example. Keras
says nothing of it.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.AUC()],
)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.AUC(from_logits=True)],
)
```

## Fix safety

`--fix` tells the metric `from_logits=True`, where sigmoids are meant. It changes what is shown and nothing else; the
name in the history stays. Where the loss is a categorical one, end the model in softmax and drop
`from_logits=True`: a metric given to `compile` has nowhere else to get probabilities from.

## References

- [Keras: AUC](https://keras.io/api/metrics/classification_metrics/#auc-class)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Expects, Family
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import among_classes, ending, met, related, telling, trained_logits
from flake8_logits.rules.wording import reading, say, sentences, which


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits that are trained as such, and AUC is not told so."""
    found = met(pairing, (SiteKind.METRIC,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = "use AUC(from_logits=True)" if loss.written_as is WrittenAs.STRING else "pass from_logits=True"
    # AUC would apply a sigmoid to each.
    advice = ending(output) if among_classes(output) else advice
    logits = which(pairing, output, loss)
    message = say(f"metric {reading(pairing, loss)} takes the {logits} for probabilities", advice)
    choosing = any(among_classes(other) for other, _, _ in found.observations)
    remedies = () if choosing else telling(found, True, metric=True)
    consequence = sentences("it tries thresholds from 0 to 1: all logits below count as the same, and all above")
    return Finding(message, loss.anchor, related(found), advice, remedies, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    # The one metric with a switch that has no activation in mind.
    area = loss.contract.expects is Expects.SWITCHED and loss.contract.family is Family.ANY
    return area and loss.told is False and trained_logits(output)

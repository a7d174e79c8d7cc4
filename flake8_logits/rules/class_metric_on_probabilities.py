"""A metric of class numbers is given what a model gives for each class.

## What it finds

`MeanIoU` or `IoU` as a metric of a model that ends in a softmax or sigmoid, or in logits that are trained as such.
Metrics that are told `sparse_y_pred=...`, `OneHotMeanIoU`, `BinaryIoU`, and classes of your own that look for the
largest number first are left alone.

## Why it hurts

These metrics count how often each class number was given. A probability is cut down to a whole number for that: to 0,
unless it is exactly 1. What is shown says nothing of the model: for ten samples of two classes that were all predicted
right it was 0.25 instead of 1.

## Example

```python
import keras

model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Conv2D(3, 1, activation="softmax")])
model.compile("adam", loss="categorical_crossentropy", metrics=[keras.metrics.MeanIoU(num_classes=3)])
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Conv2D(3, 1, activation="softmax")])
model.compile("adam", loss="categorical_crossentropy", metrics=[keras.metrics.OneHotMeanIoU(num_classes=3)])
```

With labels that are class numbers: `MeanIoU(num_classes=3, sparse_y_pred=False)`. For one unit that is cut at one half:
`BinaryIoU`.

## Fix safety

Not fixed by the command: which of these is right depends on the labels.

## References

- [Keras: image segmentation metrics](https://keras.io/api/metrics/segmentation_metrics/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Expects
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import met, related, trained_logits
from flake8_logits.rules.wording import reading, say, sentences, which


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is numbers for each class, and the metric counts class numbers."""
    found = met(pairing, (SiteKind.METRIC,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = "use BinaryIoU" if output.units == 1 else "pass sparse_y_pred=False"
    message = say(f"metric {reading(pairing, loss)} takes the {which(pairing, output, loss)} for class numbers", advice)
    consequence = sentences("each number is cut down to a whole one: a probability to 0")
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    return loss.contract.expects is Expects.CLASSES and (output.scale.is_probability or trained_logits(output))

"""The largest of one number is looked for.

## What it finds

`argmax` along the last axis of what a model with one unit at the end gives: `np.argmax(model.predict(x), axis=-1)`.
Along another axis, or of an output of which the size is not known, it is left alone.

## Why it hurts

There is one number for each sample, so the largest one always stands at 0: every sample is said to be of class 0,
whatever the model has learned, and the accuracy is the share of that class.

## Example

```python
import keras
import numpy as np

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", loss="binary_crossentropy")


def classes(samples):
    return np.argmax(model.predict(samples), axis=-1)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", loss="binary_crossentropy")


def classes(samples):
    return (model.predict(samples)[:, 0] > 0.5).astype(int)
```

## Fix safety

Not fixed by the command. The answers change, which is the point.

## References

- [numpy.argmax](https://numpy.org/doc/stable/reference/generated/numpy.argmax.html)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import met, related
from flake8_logits.rules.wording import decided, of, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything among which the largest number is looked for has one unit."""
    found = met(pairing, (SiteKind.CHOICE,), lambda output, _: output.units == 1)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = f"compare with {0 if output.scale is Scale.LOGITS else 0.5}"
    subject = f"the one unit{of(pairing, output)}{decided(pairing, output, loss)}"
    message = say(f"{loss.name} of {subject} is always 0", advice)
    consequence = sentences("every sample is said to be of class 0")
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)

"""Log-probabilities are compared with one half.

## What it finds

What a log-softmax or log-sigmoid gives, compared with 0.5 or rounded, and metrics that cut it at 0.5.
`exp(log_probabilities) > 0.5` and comparisons with another number are left alone.

## Why it hurts

The logarithm of a probability is never above zero, so the comparison is never true: every sample is said to be a no.
One half of probability is a logarithm of -0.69.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(2, activation="log_softmax")])
model.compile("adam", loss=lambda labels, logs: -keras.ops.sum(labels * logs, axis=-1))


def answer(images):
    return model.predict(images)[:, 1:] > 0.5
```

## Use instead

```python
import keras
import numpy as np

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(2, activation="log_softmax")])
model.compile("adam", loss=lambda labels, logs: -keras.ops.sum(labels * logs, axis=-1))


def answer(images):
    return np.exp(model.predict(images))[:, 1:] > 0.5
```

## Fix safety

Not fixed by the command. The answers change, which is the point.

## References

- [Keras: log_softmax](https://keras.io/api/layers/activations/#logsoftmax-function)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import LOG_PROBABILITIES
from flake8_logits.rules.clashes import MOVED, later, met, related
from flake8_logits.rules.wording import say, sentences, which

ADVICE = "take exp of them first"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that is compared with, or rounded at, 0.5 is logarithms of probabilities."""
    found = met(pairing, (SiteKind.CUT,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    cut = "rounded" if loss.name == "round" else "compared with 0.5"
    message = say(f"{which(pairing, output, loss)} are {cut}", ADVICE)
    consequence = sentences("the logarithm of a probability is never above 0; one half is a logarithm of -0.69")
    return Finding(message, loss.anchor, related(found), ADVICE, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    return output.scale in LOG_PROBABILITIES and not _is_moved(output)


def _is_moved(output: Output) -> bool:
    """Whether the logarithms were changed since."""
    return any(step.kind in MOVED for step in later(output))

"""Labels and predictions stand in each other's place.

## What it finds

A cross-entropy that is given what a model gives as the labels, and labels as the prediction:
`loss(model(images), labels)` where the loss takes the labels first. What stands as the prediction counts as labels if
`to_categorical`, `one_hot` or the like made it, or if nothing is known of it but its name: `labels`, `y_true`.
Losses that are the same both ways, and those whose order was another one in an early version, are left alone.

## Why it hurts

The logarithm is taken of the labels, where it is cut off at -16, and the model gets next to no gradient where it needs
it most. In a prediction of three classes that is wrong by far, the gradient of the right class was -0.05 instead of
-1.0. From logits, the loss has no lower bound: it was -2.76 for the same prediction. Class numbers end in an error.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
criterion = keras.losses.CategoricalCrossentropy()


def step(images, labels):
    return criterion(model(images), labels)
```

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 10)
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(labels, model(images))
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
criterion = keras.losses.CategoricalCrossentropy()


def step(images, labels):
    return criterion(labels, model(images))
```

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 10)
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

Not fixed by the command. What training does changes, which is the point.

## References

- [Keras: losses](https://keras.io/api/losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.rules.clashes import met, related
from flake8_logits.rules.wording import arriving, reading, say, sentences

ADVICE = "swap the arguments"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if labels are always the prediction here, and what a model gives is the labels."""
    found = met(pairing, (SiteKind.SWAPPED,), lambda output, loss: True)
    if found is None:
        return None
    output, loss = found.output, found.loss
    message = say(f"{arriving(pairing, output, loss)} {reading(pairing, loss)} as the labels", ADVICE)
    consequence = sentences("the labels are taken for the prediction, and the model gets hardly any gradient")
    return Finding(message, loss.anchor, related(found), ADVICE, consequence=consequence)

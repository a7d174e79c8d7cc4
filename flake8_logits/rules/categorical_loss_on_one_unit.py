"""A categorical loss reads a single unit.

## What it finds

A model whose last layer has one unit, and a loss that chooses between classes: a categorical or sparse categorical
cross-entropy.

## Why it hurts

One unit is one class, and the probability of the only class is 1. The categorical loss is zero and stays zero, with
or without an activation. The sparse one is zero for the label 0 and has no other class: TensorFlow on a CPU stops
with an error at the first other label.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 1)
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy")
```

Or give the model one unit per class: `Dense(2, activation="softmax")`.

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 1)
criterion = nn.BCEWithLogitsLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

Not fixed by the command. Both ways out change the training, which is the point. With one unit per class the labels have
to fit the loss.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Pairing, WrittenAs
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import LOSSES, met, one_class, related
from flake8_logits.rules.wording import decided, reading, say, sentences, subject

BINARY = {Scale.LOGITS: "BinaryCrossentropy(from_logits=True)", Scale.SIGMOID: "BinaryCrossentropy()"}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive has one unit and the loss chooses between classes."""
    found = met(pairing, LOSSES, one_class)
    if found is None:
        return None
    output, loss = found.output, found.loss
    simple = loss.written_as is WrittenAs.STRING and output.scale is Scale.SIGMOID
    use = (
        "'binary_crossentropy'"
        if simple
        else loss.of_one_unit or BINARY.get(output.scale, "a sigmoid and a binary loss")
    )
    advice = f"use {use}, or one unit per class"
    who = subject(pairing, output) or "the output"
    message = say(
        f"{who} has one unit{decided(pairing, output, loss)} but {reading(pairing, loss)} chooses between classes",
        advice,
    )
    consequence = sentences("with a single class the loss is 0 whatever the model gives, so it learns nothing")
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)

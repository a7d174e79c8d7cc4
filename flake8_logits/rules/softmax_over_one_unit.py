"""Softmax over a single unit.

## What it finds

A softmax where the class axis has one entry: `Dense(1, activation="softmax")`, or `Dense(1)` and a softmax after
it, that reaches a loss of any kind.

## Why it hurts

A softmax makes its numbers sum to one, and a single number that sums to one is 1.0: the model answers 1.0 whatever
it is given. Keras 3 warns of it when the model is run. Keras on TensorFlow looks at the number before the softmax, so
with `binary_crossentropy` the loss even falls as it should, while `predict` returns 1.0 for everything and the
accuracy stays at the share of the positive samples.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="softmax")])
model.compile(optimizer="adam", loss="binary_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 1), nn.Softmax(dim=1))
criterion = nn.BCELoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 1), nn.Sigmoid())
criterion = nn.BCELoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

Not fixed by the command, which cannot know what was meant. With `sigmoid` the model trains and answers as it was meant
to. For a regression drop the activation instead.

## References

- [Keras: softmax](https://keras.io/api/layers/activations/#softmax-function)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family, Support
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import at_layer, one_unit, origin, reads_logits
from flake8_logits.rules.wording import decided, of, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is a softmax over one unit, whatever the loss."""
    outputs = [observation.output for observation in pairing.observations]
    output = outputs[0] if pairing.kind.is_loss and outputs else None
    if not isinstance(output, Output) or not all(isinstance(one, Output) and one_unit(one) for one in outputs):
        return None
    loss = next((observation.loss for observation in pairing.observations if isinstance(observation.loss, Loss)), None)
    anchor = pairing.place if loss is None else loss.anchor
    place = at_layer(output, anchor)
    here = place is not anchor
    advice, consequence = (
        _advice(loss),
        sentences("it answers 1.0 whatever it is given, on every backend", _falling(loss)),
    )
    made = "" if here or loss is None else decided(pairing, output, loss)
    message = say(f"softmax over one unit{of(pairing, output)}{made} is always 1", advice)
    return Finding(
        message,
        place,
        () if here else origin(output),
        advice,
        consequence=consequence,
    )


def _advice(loss: Loss | None) -> str:
    if loss is None or loss.contract.family is Family.ANY:
        return "use sigmoid, or no activation for a number"
    if loss.contract.family is Family.BINARY:
        return "drop the softmax" if reads_logits(loss) else "use sigmoid"
    # A sigmoid would be one class still.
    return f"give it one unit per class{', and no softmax' if reads_logits(loss) else ''}"


def _falling(loss: Loss | None) -> str:
    switched = loss is not None and loss.contract.family is Family.BINARY and loss.support is Support.FULL
    return "Keras on TensorFlow usually trains the number before the softmax, so the loss falls" if switched else ""

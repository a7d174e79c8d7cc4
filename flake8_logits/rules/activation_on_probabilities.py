"""Softmax or sigmoid applied to probabilities that a model returns.

## What it finds

A softmax applied to what a model with a softmax returns, from a call or from `predict`, or a sigmoid to what a
model with a sigmoid returns. Logits are what it is for, also after `top_k`.

## Why it hurts

The answers are taken for logits. They lie between 0 and 1, so a second softmax makes them more even: with ten
classes the surest answer becomes 0.23. The order of the classes stays. A second sigmoid gives numbers between 0.5
and 0.73: everything is above one half.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")


def answer(images):
    return keras.ops.softmax(model.predict(images))
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.Softmax(dim=1))


def answer(images):
    return model(images).softmax(dim=1).max(dim=1)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")


def answer(images):
    return model.predict(images)
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.Softmax(dim=1))


def answer(images):
    return model(images).max(dim=1)
```

## Fix safety

`--unsafe-fixes` takes this one away. It changes the probabilities, which is the point, and not which class is the
first.

## References

- [Keras: activations](https://keras.io/api/layers/activations/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Pairing, SiteKind
from flake8_logits.rules.activation_applied_twice import INSTEAD, left, topped, twice, undoing
from flake8_logits.rules.clashes import met, related
from flake8_logits.rules.wording import decided, of, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive at an activation is what a model gives after the same one."""
    found = met(pairing, (SiteKind.ACTIVATION,), lambda output, loss: bool(output.model) and twice(output, loss))
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = INSTEAD if topped(output) else "drop the first" if output.read_as_logits else "drop this one"
    first = f"{loss.name}{of(pairing, output)}{decided(pairing, output, loss)}"
    message = say(f"a second {loss.name} is applied to the {first}", advice)
    consequence = sentences(left(output, loss))
    remedies = undoing(found)
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        remedies,
        consequence=consequence,
    )

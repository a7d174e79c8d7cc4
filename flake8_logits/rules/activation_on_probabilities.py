"""Softmax or sigmoid applied to probabilities that a model returns.

## What it finds

A softmax applied to what a model with a softmax returns, from a call or from `predict`, or a sigmoid to what a
model with a sigmoid returns. Logits are what it is for, also after `top_k`.

## Why it hurts

The answers are taken for logits. They lie between 0 and 1, so a second softmax makes them nearly equal: with ten
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

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")


def answer(images):
    return model.predict(images)
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
from flake8_logits.rules.activation_applied_twice import INSTEAD, consequence, topped, twice, undoing
from flake8_logits.rules.clashes import decided, met, related, subject


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive at an activation is what a model gives after the same one."""
    found = met(pairing, (SiteKind.ACTIVATION,), lambda output, loss: bool(output.model) and twice(output, loss))
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = INSTEAD if topped(output) else f"drop this {loss.name}"
    message = (
        f"{subject(pairing, output)} gives {loss.name} probabilities already{decided(output, loss)}: with another "
        f"{loss.name} {consequence(output, loss)}; {advice}"
    )
    return Finding(message, loss.anchor, related(found), advice, undoing(found))

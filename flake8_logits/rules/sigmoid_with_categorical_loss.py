"""Sigmoids reach a loss that expects a softmax.

## What it finds

A model that ends in several sigmoids, each a yes or no of its own, and a categorical cross-entropy that reads them
as the distribution over one choice.

## Why it hurts

The sigmoids do not sum to one. Keras on TensorFlow looks at the numbers before the sigmoid and trains a softmax
over them, or else divides the sigmoids by their sum; either way `predict` returns something else: sigmoids that
nobody trained as such. The largest one is still the answer, but no number is a probability.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(3, activation="sigmoid")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

Or, if several classes can hold at once, keep the sigmoids and use `loss="binary_crossentropy"`.

## Fix safety

Not fixed by the command, which cannot know which was meant. On TensorFlow `softmax` mostly trains what was trained
before, and `predict` then returns what was trained. A binary loss trains something else.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Output, Pairing
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import LOSSES, decided, met, named, reads_probabilities, related, subject

ADVICE = "use softmax, or a binary loss if several classes can hold at once"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is several sigmoids and the loss chooses between classes."""
    found = met(pairing, LOSSES, _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    message = (
        f"{subject(pairing, output)} gives {output.units} sigmoids{decided(output, loss)} but {named(loss)} expects a "
        f"softmax: they do not sum to one, so it trains something else than the model gives; {ADVICE}"
    )
    return Finding(message, loss.anchor, related(found), ADVICE)


def _clashes(output: Output, loss: Loss) -> bool:
    several = output.scale is Scale.SIGMOID and output.units is not None and output.units > 1
    return several and loss.contract.family is Family.CATEGORICAL and reads_probabilities(loss)

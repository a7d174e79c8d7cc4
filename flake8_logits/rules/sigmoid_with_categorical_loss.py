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
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import LOSSES, met, reads_probabilities, related
from flake8_logits.rules.wording import decided, of, of_family, reading, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is several sigmoids and the loss chooses between classes."""
    found = met(pairing, LOSSES, _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    # Labels that are numbers say one class each, which no binary loss takes.
    binary = of_family(loss, "categorical", "binary")
    advice = "use softmax" if "parse" in loss.name else f"use softmax, or {binary} for several classes at once"
    sigmoids = f"{output.units} sigmoids{of(pairing, output)}{decided(pairing, output, loss)}"
    message = say(f"{sigmoids} reach {reading(pairing, loss)}, which expects a softmax", advice)
    consequence = sentences(
        "the loss trains one distribution over all units", "what `predict` returns are sigmoids, which do not sum to 1"
    )
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    several = output.scale is Scale.SIGMOID and output.units is not None and output.units > 1
    return several and loss.contract.family is Family.CATEGORICAL and reads_probabilities(loss)

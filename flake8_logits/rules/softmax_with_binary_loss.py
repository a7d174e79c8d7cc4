"""A softmax reaches a loss that expects sigmoids.

## What it finds

A model that ends in a softmax over three units or more, and a binary cross-entropy. Two units are left alone: with
one-hot labels that is a roundabout way to say the same.

## Why it hurts

Keras on TensorFlow looks at the numbers before the softmax and trains a sigmoid over each of them. `predict` still
returns the softmax, which nobody trained: the loss that is shown is not the loss of what the model answers.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(5, activation="softmax")])
model.compile(optimizer="adam", loss="binary_crossentropy")
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(5, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

Or, if several classes can hold at once, keep the loss and end the model in `sigmoid`.

## Fix safety

Not fixed by the command. Which of the two was meant only the labels tell: one choice among the classes needs the
categorical loss.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family, Support
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.rules.clashes import LOSSES, met, reads_probabilities, related
from flake8_logits.rules.wording import decided, of, of_family, reading, say, sentences

FEWEST = 3


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is a softmax over several units and the loss is a binary one."""
    found = met(pairing, LOSSES, _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    made = decided(pairing, output, loss)
    head = f"softmax over {output.units} units{of(pairing, output)}{made}"
    advice = f"use {of_family(loss, 'binary', 'categorical')}, or sigmoid for several classes at once"
    message = say(f"{head} reaches {reading(pairing, loss)}", advice)
    consequence = sentences(
        "Keras on TensorFlow usually trains a sigmoid over each unit", "what `predict` returns is a softmax over them"
    )
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    # Where Keras cannot see the numbers before the softmax the loss is a strange one, but it trains what is given.
    seen = output.rescue is Rescue.ALWAYS and loss.support is Support.FULL
    several = output.scale is Scale.SOFTMAX and output.units is not None and output.units >= FEWEST
    return seen and several and loss.contract.family is Family.BINARY and reads_probabilities(loss)

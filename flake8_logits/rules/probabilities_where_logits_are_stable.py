"""Probabilities where logits would be numerically stable.

## What it finds

A model that ends in softmax or sigmoid, and a cross-entropy that reads probabilities. This is correct; it is
advice, off unless it is selected.

## Why it hurts

The loss takes the logarithm of a probability that has been rounded to 0 or 1, and clips it: a loss above 16 cannot
be told from 16, and has no gradient. From logits the same loss is computed without the detour. Keras on TensorFlow
mostly finds the numbers before the activation and does that by itself; JAX and PyTorch do not, nor can TensorFlow
when anything stands between activation and loss.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
```

## Fix safety

Not fixed by the command. The model then returns logits: apply a softmax where probabilities are shown, and look at
metrics and thresholds.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Expects, Family, Support
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.rules.clashes import LOSSES, later, met, one_unit, related
from flake8_logits.rules.logits_as_probabilities import class_name
from flake8_logits.rules.wording import arriving, reading, say, sentences

CUT_OFF = "where Keras cannot see the logits, the loss of a probability that is rounded to 0 has no gradient"
FITTING = {Family.CATEGORICAL: Scale.SOFTMAX, Family.BINARY: Scale.SIGMOID}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is the probabilities that the loss expects, and it could take logits."""
    found = met(pairing, LOSSES, _could_be_stable)
    if found is None:
        return None
    output, loss = found.output, found.loss
    told = (
        f"use {class_name(loss.name)}(from_logits=True)"
        if loss.written_as is WrittenAs.STRING
        else "pass from_logits=True"
    )
    advice = f"logits are more stable: drop it, {told}"
    message = say(f"{arriving(pairing, output, loss)} {reading(pairing, loss)}", advice)
    consequence = sentences("it is right", CUT_OFF if loss.support is Support.FULL else "")
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        consequence=consequence,
    )


def _could_be_stable(output: Output, loss: Loss) -> bool:
    switched = loss.contract.expects is Expects.SWITCHED and loss.told is False
    if one_unit(output) or output.axis is not None or any(step.kind is StepKind.NOISE for step in later(output)):
        return False  # There is worse to say of it.
    return switched and FITTING.get(loss.contract.family) is output.scale

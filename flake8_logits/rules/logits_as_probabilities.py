"""Logits reach a loss that expects probabilities.

## What it finds

A model or function whose last step gives any real number, and a loss that reads its input as probabilities:
a loss string, a loss object or function without `from_logits=True`, or a loss that has no such switch.

## Why it hurts

Keras does not notice and nothing undoes it, on any backend. The loss clips the numbers into [0, 1] or divides
them by their sum, so it is not the cross-entropy of anything: gradients are zero wherever a number was clipped,
huge elsewhere, and a categorical loss is nan as soon as all numbers of one sample are zero. In a small measured
experiment the accuracy after twenty epochs fell from 0.86 to 0.48 (sparse categorical, Adam) and to chance
(categorical).

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
```

Or give the last layer the activation that the loss expects: `softmax` for a categorical loss, `sigmoid` for a
binary one. `from_logits=True` is the numerically stable form and leaves what `predict` returns as it is.

## Fix safety

`--fix` tells the loss `from_logits=True`; a string or function becomes the loss object, under the names that the file
imports (Keras 2.3 and newer have these classes). Metrics that this shows to cut at the wrong place are told with it.
The training changes, which is the point; the model and what `predict` returns stay as they are. A loss without such a
switch is not fixed.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family, Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.fixes import Remedy
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import Clash, clash, decided, fixed, related, subject, telling

NAMES = {
    Scale.LOGITS: "logits",
    Scale.LOG_SOFTMAX: "log-probabilities",
    Scale.LOG_SIGMOID: "log-probabilities",
}

LOGARITHM_OF = {Family.CATEGORICAL: Scale.LOG_SOFTMAX, Family.BINARY: Scale.LOG_SIGMOID}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits (or logarithms) and the loss reads it as probabilities."""
    found = clash(pairing, Verdict.LOGITS_AS_PROBABILITIES, Verdict.LOG_PROBABILITIES_AS_PROBABILITIES)
    if found is None or found.of_one_unit:
        return None
    output, loss = found.output, found.loss
    advice = _advice(found)
    message = (
        f"{subject(pairing, output)} gives {NAMES[output.scale]}{decided(output, loss)} but {_expectation(loss)}: "
        f"it computes the wrong loss; {advice}"
    )
    return Finding(message, loss.anchor, related(found), advice, _remedies(found))


def _remedies(found: Clash) -> tuple[Remedy, ...]:
    # What a log-sigmoid gives is not what a loss told of logits takes.
    tellable = all(output.scale is not Scale.LOG_SIGMOID and not fixed(loss) for output, loss, _ in found.observations)
    return telling(found, True) if tellable else ()


def _expectation(loss: Loss) -> str:
    if fixed(loss):
        return f"{loss.name} expects probabilities"
    if loss.switch_place is not None or loss.told_by_hand:
        return f"{loss.name} is told from_logits=False"
    if loss.spelt == "string":
        return f"loss '{loss.name}' expects probabilities"
    return f"{loss.name} expects probabilities (from_logits defaults to False)"


def _advice(found: Clash) -> str:
    output, loss = found.output, found.loss
    if output.scale is not Scale.LOGITS and LOGARITHM_OF.get(loss.contract.family, output.scale) is not output.scale:
        return "drop the activation and pass from_logits=True"
    if output.scale is Scale.LOG_SIGMOID:
        return "give it what stands before the logarithm"
    if fixed(loss):
        return "apply a softmax or sigmoid first"
    if loss.spelt == "string":
        return f"use {class_name(loss.name)}(from_logits=True)"
    return "pass from_logits=True"


def class_name(name: str) -> str:
    """The class that does what a loss string or function does: ``binary_crossentropy`` -> ``BinaryCrossentropy``."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))

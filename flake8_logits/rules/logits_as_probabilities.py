"""Logits reach a loss that expects probabilities.

## What it finds

A model or function whose last step gives any real number, and a loss that reads its input as probabilities:
a loss string, a loss object or function without `from_logits=True`, or a loss that has no such switch, as PyTorch's
`BCELoss`.

## Why it hurts

Keras does not notice and nothing undoes it, on any backend. The loss clips the numbers into [0, 1] or divides
them by their sum, so it is not the cross-entropy of anything: gradients are zero wherever a number was clipped,
huge elsewhere, and a categorical loss is nan as soon as all numbers of one sample are zero. In a small measured
experiment the accuracy after twenty epochs fell from 0.86 to 0.48 (sparse categorical, Adam) and to chance
(categorical). PyTorch's `BCELoss` stops with an error at the first number below 0 or above 1; logits that happen to lie
between pass.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 10)
criterion = nn.BCELoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
```

Or give the last layer the activation that the loss expects: `softmax` for a categorical loss, `sigmoid` for a
binary one. `from_logits=True` is the numerically stable form and leaves what `predict` returns as it is.

In PyTorch:

```python
from torch import nn

model = nn.Linear(20, 10)
criterion = nn.BCEWithLogitsLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

`--fix` tells the loss `from_logits=True`; a string or function becomes the loss object, under the names that the file
imports (Keras 2.3 and newer have these classes). Metrics that this shows to cut at the wrong place are told with it.
The training changes, which is the point; the model and what `predict` returns stay as they are. A loss without such a
switch is exchanged for the one beside it that takes logits (`BCELoss` for `BCEWithLogitsLoss`).

Where none of this can be done, or the rest of the program takes the answers for probabilities, `--unsafe-fixes` gives a
Keras layer the activation that the loss expects. In an editor both are offered, the safe one first.

## References

- [torch.nn.BCELoss](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html)
- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family, Support, Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind, WrittenAs
from flake8_logits.domain.fixes import Remedy
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import Clash, activating, clash, exchanging, fixed, related, telling
from flake8_logits.rules.wording import arriving, reading_as_told, say, sentences

LOGARITHM_OF = {Family.CATEGORICAL: Scale.LOG_SOFTMAX, Family.BINARY: Scale.LOG_SIGMOID}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits (or logarithms) and the loss reads it as probabilities."""
    found = clash(pairing, Verdict.LOGITS_AS_PROBABILITIES, Verdict.LOG_PROBABILITIES_AS_PROBABILITIES)
    if found is None or found.of_one_unit:
        return None
    output, loss = found.output, found.loss
    advice = _advice(pairing, found)
    message = say(f"{arriving(pairing, output, loss)} {reading_as_told(pairing, loss, _is_told(loss))}", advice)
    consequence = _consequence(output, loss)
    remedies = _remedies(found)
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        remedies,
        consequence=consequence,
    )


def _remedies(found: Clash) -> tuple[Remedy, ...]:
    # What a log-sigmoid gives is not what a loss told of logits takes.
    tellable = all(output.scale is not Scale.LOG_SIGMOID and not fixed(loss) for output, loss, _ in found.observations)
    otherwise = activating(found) if all(output.scale is Scale.LOGITS for output, _, _ in found.observations) else ()
    return (*(telling(found, True) if tellable else exchanging(found)), *otherwise)


def _is_told(loss: Loss) -> bool:
    return not fixed(loss) and bool(loss.switch_place or loss.switch_origin or loss.told_by_hand)


def _consequence(output: Output, loss: Loss) -> str:
    """What is computed instead, as far as it is known of the loss."""
    if loss.refuses:
        return sentences("it stops with an error at the first number below 0 or above 1")
    nothing = "nothing undoes it, on any backend"
    if output.scale is not Scale.LOGITS or loss.support not in (Support.FULL, Support.KERAS_2):
        return sentences(f"{nothing}: it is another loss than that of the probabilities")
    if loss.contract.family is Family.BINARY:
        return sentences(f"{nothing}: numbers below 0 or above 1 are clipped and have no gradient")
    return sentences(f"{nothing}: it is no cross-entropy any more, and what it clips has no gradient")


def _advice(pairing: Pairing, found: Clash) -> str:
    output, loss = found.output, found.loss
    if output.scale is not Scale.LOGITS and LOGARITHM_OF.get(loss.contract.family, output.scale) is not output.scale:
        return f"drop the activation and pass {loss.switch}=True"
    if output.scale is Scale.LOG_SIGMOID:
        return "give it what stands before the logarithm"
    if loss.twin(output.scale):
        return f"use {loss.twin(output.scale)}"
    if fixed(loss):
        ending = pairing.kind is SiteKind.COMPILE
        return f"end the model in {_activation(loss)}" if ending else f"apply a {_activation(loss)} first"
    if loss.written_as is WrittenAs.STRING:
        return f"use {class_name(loss.name)}({loss.switch}=True)"
    return f"pass {loss.switch}=True"


def _activation(loss: Loss) -> str:
    family = loss.contract.family
    return "softmax or sigmoid" if family is Family.ANY else str(family.value)


def class_name(name: str) -> str:
    """The class that does what a loss string or function does: ``binary_crossentropy`` -> ``BinaryCrossentropy``."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))

"""A squashing activation in front of a cross-entropy.

## What it finds

A last layer with `relu`, `tanh`, `elu` or another activation that gives neither logits nor probabilities, or a
recurrent layer, which has `tanh` unless told otherwise, and a cross-entropy. `softplus`, `exponential` and their kin in
front of a categorical loss that reads probabilities are left alone: divided by their sum they are a distribution. So is
`relu` averaged over all places of a picture and read as logits, which published networks end in (Network in Network,
SqueezeNet): a class is at 0 only where it is at 0 everywhere. `NLLLoss` counts as a cross-entropy of log-probabilities.

## Why it hurts

Read as probabilities: numbers below 0 or above 1 are clipped, and what is clipped has no gradient. A categorical
cross-entropy divides by the sum first: after `relu` it is nan as soon as all numbers of one sample are zero, and in
a small measured experiment training was nan in every run.

Read as logits: after `relu` a sigmoid never says less than 0.5, and a class at zero has no gradient. After `tanh` a
sigmoid stays between 0.27 and 0.73, and a softmax over ten classes never says more than 0.45.

Read as log-probabilities: only the class that is right has a gradient, and the loss is least where it is largest,
whatever the others are.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="relu")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.ReLU())
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10))
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

Where the loss reads logits, `--unsafe-fixes` takes the activation away; else only you know which one was meant. Another
last activation changes what the model can say, which is the point. Weights trained with the old one are of little use.

## References

- [Keras: activations](https://keras.io/api/layers/activations/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from math import exp

from flake8_logits.domain.contracts import Expects, Family, Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.rules.clashes import LOSSES, baring, fixed, later, met, reads_logits, related
from flake8_logits.rules.wording import arriving, reading, say, sentences, switched

NORMALISED = frozenset({"softplus", "exponential", "squareplus", "sparse_plus"})
"""Positive numbers: divided by their sum they are a distribution, and as logits they can say whatever logits can."""
FLAT_AT_ZERO = frozenset({"relu", "relu6"})
_READ = (Expects.SWITCHED, Expects.LOGITS, Expects.LOG_PROBABILITIES)
RANGES = {Scale.NON_NEGATIVE: "0 or more", Scale.BOUNDED: "between -1 and 1", Scale.LOWER_BOUNDED: "bounded below only"}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is squashed to a range that the cross-entropy cannot use."""
    found = met(pairing, LOSSES, lambda output, loss: bool(_consequence(output, loss)))
    if found is None:
        return None
    output, loss = found.output, found.loss
    if _recurrent(output):
        # Its activation is a part of what it remembers, and no head.
        advice = "add a Dense layer" + ("" if reads_logits(loss) else f" with {_fitting(loss)}")
    elif reads_logits(loss):
        advice = f"drop the {output.activation}"
    else:
        advice = f"use {_fitting(loss)}"
    message = say(f"{arriving(pairing, output, loss)} {_reader(pairing, loss)}", advice)
    consequence = sentences(f"what {output.activation} gives is {RANGES[output.scale]}: {_consequence(output, loss)}")
    # Where probabilities are read it is for people to say which activation was meant.
    bare = all(reads_logits(one) and not _recurrent(other) for other, one, _ in found.observations)
    remedies = baring(found) if bare else ()
    return Finding(message, loss.anchor, related(found), advice, remedies, consequence=consequence)


def _reader(pairing: Pairing, loss: Loss) -> str:
    """The loss, and what it takes its input for."""
    if reads_logits(loss) and not fixed(loss):
        return f"a loss told {switched(pairing, loss)}"
    takes = "expects log-probabilities" if _reads_logarithms(loss) else "expects probabilities"
    return f"{reading(pairing, loss)}, which {'takes logits' if reads_logits(loss) else takes}"


def _reads_logarithms(loss: Loss) -> bool:
    return loss.contract.expects is Expects.LOG_PROBABILITIES


def _recurrent(output: Output) -> bool:
    return output.origin is not None and output.origin.kind is StepKind.RECURRENT


def _fitting(loss: Loss) -> str:
    """The activation that the loss has in mind."""
    if _reads_logarithms(loss):
        return "log_softmax"
    return "softmax" if loss.contract.family is Family.CATEGORICAL else "sigmoid"


def _consequence(output: Output, loss: Loss) -> str:
    """What comes of it; empty where it does no certain harm."""
    contract = loss.contract
    ours = contract.expects in _READ and contract.family is not Family.ANY
    if not ours or not output.activation or _capped(output):
        return ""
    if contract.judge(output.scale, loss.told) is not Verdict.SQUASHED:
        return ""
    if contract.family is Family.BINARY:
        return _binary(output.scale, reads_logits(loss))
    if _reads_logarithms(loss):
        return "only the class that is right has a gradient"
    # With a single unit there is more to say: LGT202.
    return "" if output.units == 1 else _categorical(output, loss)


def _over_places(output: Output) -> bool:
    """Whether each number is one of many, or made of many, that the activation gave."""
    return any(step.kind in (StepKind.STATISTIC, StepKind.EXTREME) for step in later(output))


def _capped(output: Output) -> bool:
    """Whether a relu has a ceiling of its own, which may well be 1."""
    return output.origin is not None and "max_value" in output.origin.place.text


def _binary(scale: Scale, logits: bool) -> str:
    if not logits:
        over = "numbers above 1" if scale is Scale.NON_NEGATIVE else "negative numbers"
        return f"{over} are clipped and have no gradient"
    return {
        Scale.NON_NEGATIVE: "no probability is ever below 0.5",
        Scale.BOUNDED: "every probability stays between 0.27 and 0.73",
    }.get(scale, "")


def _categorical(output: Output, loss: Loss) -> str:
    flat = output.activation in FLAT_AT_ZERO
    if reads_logits(loss):
        if output.scale is Scale.BOUNDED:
            top = "" if output.units is None else f" above {exp(2) / (exp(2) + output.units - 1):.2f}"
            return f"no probability can come{top or ' near 1'}"
        return "a class at 0 has no gradient" if flat and not _over_places(output) else ""
    if output.scale is not Scale.NON_NEGATIVE:
        return "negative numbers are no probabilities, so it computes the wrong loss"
    if output.activation in NORMALISED:
        return ""
    return "a class at 0 has no gradient" if "parse" in loss.name else "the loss is nan once all of them are 0"

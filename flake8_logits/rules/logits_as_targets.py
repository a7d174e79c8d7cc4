"""Logits or log-probabilities are the targets of a cross-entropy.

## What it finds

What a model gives without an activation, handed to a cross-entropy as `y_true`, `labels` or `target`: for an entropy
(`categorical_crossentropy(logits, logits, from_logits=True)`), for a student that learns from a teacher, or because the
two arguments are swapped. Log-probabilities are found there, too, unless the loss is told of them (`log_target=True` of
PyTorch's `KLDivLoss`).

## Why it hurts

Targets are probabilities, also where the prediction is logits: `from_logits` says nothing of them. With logits there
the sum is weighted by numbers of either sign that do not add up to one. For logits of 2, 1 and -1 the "entropy" is
-1.30 instead of 0.71, and it falls without end as they grow: a loss that contains it drives the logits to infinity.
`kl_div` takes the logarithm of its targets: of negative numbers that is nan.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(4)])


def entropy(states):
    logits = model(states)
    return keras.losses.categorical_crossentropy(logits, logits, from_logits=True)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(4)])


def entropy(states):
    logits = model(states)
    return keras.losses.categorical_crossentropy(keras.ops.softmax(logits), logits, from_logits=True)
```

## Fix safety

Not fixed by the command: where the arguments are swapped, another edit mends it.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Expects, Family
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import LOG_PROBABILITIES, Scale
from flake8_logits.rules.clashes import MOVED, later, met, related
from flake8_logits.rules.wording import decided, of, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can be given as targets is logits, or all of it log-probabilities."""
    found = met(pairing, (SiteKind.TARGET,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    logarithms = output.scale in LOG_PROBABILITIES
    advice = "give it their exponential" if logarithms else _advice(loss)
    numbers = "log-probabilities" if logarithms else "logits"
    targets = f"{numbers}{of(pairing, output)}{decided(pairing, output, loss)}"
    message = say(f"{targets} are the targets of {loss.name}", advice)
    consequence = sentences("targets are probabilities, whatever the loss is told of the prediction")
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _advice(loss: Loss) -> str:
    activation = "sigmoid" if loss.contract.family is Family.BINARY else "softmax"
    if loss.contract.expects is Expects.LOG_PROBABILITIES:
        activation = "log_softmax"
    return f"apply a {activation} to them, or swap the arguments"


def _clashes(output: Output, loss: Loss) -> bool:
    if any(step.kind in MOVED for step in later(output)):
        return False
    told_apart = loss.contract.expects is Expects.PROBABILITIES and output.scale in LOG_PROBABILITIES
    return output.scale is Scale.LOGITS or told_apart

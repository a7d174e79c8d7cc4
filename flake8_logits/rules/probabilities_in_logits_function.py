"""Probabilities reach a function that always takes logits.

## What it finds

The result of a softmax or sigmoid given to a function that applies its own: `tf.nn.*_cross_entropy_with_logits`,
`tf.compat.v1.losses.*_cross_entropy`, `ctc_loss`. These have no `from_logits` to set. In PyTorch: `CrossEntropyLoss`,
`BCEWithLogitsLoss`, `SoftMarginLoss`, `MultiLabelSoftMarginLoss` and their functions. A log-softmax in front of
`CrossEntropyLoss` is left alone: its own softmax gives back the same numbers. In JAX: the cross-entropies of optax,
`ctc_loss` and `sigmoid_focal_loss`; none of its losses takes probabilities.

## Why it hurts

The activation is applied twice and nothing undoes it, in any version. A perfect prediction still has a loss of
0.55 (three classes) or 0.31 (sigmoid), gradients shrink to about a tenth, and training is slow or stalls.
PyTorch and JAX say nothing.

## Example

```python
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(10, activation="softmax")])


def loss_fn(images, labels):
    predictions = model(images)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=predictions)
```

In PyTorch:

```python
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Linear(20, 10)

    def forward(self, images):
        return F.softmax(self.last(images), dim=1)


model = Net()
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

In JAX:

```python
import flax.linen as nn
import optax


class Net(nn.Module):
    @nn.compact
    def __call__(self, images):
        return nn.softmax(nn.Dense(10)(images))


model = Net()


def loss_fn(params, images, labels):
    logits = model.apply(params, images)
    return optax.softmax_cross_entropy_with_integer_labels(logits=logits, labels=labels).mean()
```

## Use instead

```python
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(10)])


def loss_fn(images, labels):
    predictions = model(images)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=predictions)
```

In PyTorch:

```python
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Linear(20, 10)

    def forward(self, images):
        return self.last(images)


model = Net()
criterion = nn.CrossEntropyLoss()


def step(images, labels):
    return criterion(model(images), labels)


def answer(images):
    return F.softmax(model(images), dim=1)
```

In JAX:

```python
import flax.linen as nn
import optax


class Net(nn.Module):
    @nn.compact
    def __call__(self, images):
        return nn.Dense(10)(images)


model = Net()


def loss_fn(params, images, labels):
    logits = model.apply(params, images)
    return optax.softmax_cross_entropy_with_integer_labels(logits=logits, labels=labels).mean()
```

## Fix safety

Where the activation was applied to a name that the call can read, `--fix` gives the function that name: nothing else
changes. Else only a change of the model mends this: `--unsafe-fixes` takes the activation away. The model then gives
logits, so apply `tf.nn.softmax` where probabilities are shown.

## References

- [torch.nn.CrossEntropyLoss](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- [tf.nn.softmax_cross_entropy_with_logits](https://www.tensorflow.org/api_docs/python/tf/nn/softmax_cross_entropy_with_logits)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import LOG_PROBABILITIES
from flake8_logits.rules.clashes import baring, before, clash, fixed, giving, related
from flake8_logits.rules.wording import activation_of, arriving, reading, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities and the function takes logits alone."""
    found = clash(pairing, Verdict.PROBABILITIES_AS_LOGITS, Verdict.LOG_PROBABILITIES_AS_LOGITS)
    if found is None or found.of_one_unit or not all(fixed(loss) for _, loss, _ in found.observations):
        return None
    output, loss = found.output, found.loss
    tensor = before(pairing, output)
    advice = f"give it {tensor}" if tensor else f"drop the {activation_of(output)}"
    message = say(f"{arriving(pairing, output, loss)} {reading(pairing, loss)}, which takes logits", advice)
    remedies = (*giving(found, pairing), *baring(found))
    consequence = sentences(_consequence(output, loss))
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        remedies,
        consequence=consequence,
    )


def _consequence(output: Output, loss: Loss) -> str:
    if output.scale in LOG_PROBABILITIES:
        return "no logarithm of a probability is above 0, so the sigmoid of the loss never says more than 0.5"
    reader = "function" if loss.written_as is WrittenAs.FUNCTION else "loss"
    return f"the {reader} normalises them once more, and nothing undoes that in any version"

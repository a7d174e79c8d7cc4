"""Softmax over the batch.

## What it finds

A model that ends in a softmax or log-softmax over axis 0, the axis of the samples, and is compiled or given to a loss.
Where a loss is called, the softmax must be seen to have more axes than one: a single sample has no other. So it is
where one number of each sample is picked along axis 1 (`gather(1, actions)`), also on the way into a logarithm.

## Why it hurts

The numbers of one class sum to one over the samples of the batch, not those of one sample over the classes. What
the model says of a sample then depends on which others are beside it: alone in its batch, every sample is 1.0 in
each class. Keras on TensorFlow looks at the numbers before the softmax, so the loss falls as if all were well.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10), keras.layers.Softmax(axis=0)])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Flatten(), nn.Linear(20, 10), nn.LogSoftmax(dim=0))
criterion = nn.NLLLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10), keras.layers.Softmax()])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Flatten(), nn.Linear(20, 10), nn.LogSoftmax(dim=1))
criterion = nn.NLLLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

Not fixed by the command. Without the axis, or with `axis=-1`, the model answers as it was trained.

## References

- [Keras: Softmax layer](https://keras.io/api/layers/activation_layers/softmax/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.steps import StepKind
from flake8_logits.rules.clashes import LOSSES, at_layer, later, met, related
from flake8_logits.rules.wording import decided, of, say, sentences

ADVICE = "use the axis of the classes"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is a softmax over the first axis; in compile that is the batch."""
    compiled, written = (pairing.kind is kind for kind in (SiteKind.COMPILE, SiteKind.WRITTEN))

    def clashes(output: Output, loss: Loss) -> bool:
        seen = compiled or _is_picked(output) or (_of_samples(output) and not written)
        return seen and _clashes(output)

    found = met(pairing, (*LOSSES, SiteKind.WRITTEN), clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    place = at_layer(output, loss.anchor)
    here = place is not loss.anchor
    made = "" if here else decided(pairing, output, loss)
    message = say(f"{output.activation}{of(pairing, output)}{made} goes over axis 0, the batch", ADVICE)
    consequence = sentences("what the model answers for one sample depends on the others in its batch")
    return Finding(
        message,
        place,
        () if here else related(found),
        ADVICE,
        consequence=consequence,
    )


def _clashes(output: Output) -> bool:
    return output.activation in ("softmax", "log_softmax") and output.axis == 0


def _is_picked(output: Output) -> bool:
    """Whether one number of each sample was picked since, along the other axis."""
    return any(step.kind is StepKind.PICKED for step in later(output))


def _of_samples(output: Output) -> bool:
    """Whether the first axis is that of the samples: one sample alone has a single axis."""
    return output.rank is not None and output.rank > 1

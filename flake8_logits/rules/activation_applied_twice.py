"""The same activation is applied twice.

## What it finds

A model in which a softmax follows a softmax, or a sigmoid a sigmoid, with nothing in between that would make logits
of the probabilities again.

## Why it hurts

The second softmax takes probabilities for logits. They lie between 0 and 1, so it makes them more even: with ten
classes the largest possible answer is 0.23, with a hundred 0.03. A second sigmoid gives numbers between 0.5 and
0.73, so everything is above one half. No loss undoes it: Keras on TensorFlow looks behind the second one only.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax"), keras.layers.Softmax()])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

In PyTorch:

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.Softmax(dim=1), nn.Softmax(dim=1))
criterion = nn.BCELoss()


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

model = nn.Sequential(nn.Linear(20, 10), nn.Sigmoid())
criterion = nn.BCELoss()


def step(images, labels):
    return criterion(model(images), labels)
```

## Fix safety

`--unsafe-fixes` takes the second one away, or the first one where a loss reads what that gives as logits. The order of
the classes stays and the probabilities change, which is the point.

## References

- [Keras: activations](https://keras.io/api/layers/activations/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from math import e

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.fixes import Applicability, Bare, Remedy
from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import PROBABILITIES, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.rules.clashes import Clash, baring, later, met, one_unit, related
from flake8_logits.rules.wording import decided, say, sentences

INSTEAD = "divide by the sum instead"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive at an activation has been through the same one, inside a model."""
    found = met(pairing, (SiteKind.ACTIVATION,), _inside)
    if found is None:
        return None
    output, loss = found.output, found.loss
    # What a loss reads as logits has to be logits: the second activation is right then.
    advice = INSTEAD if topped(output) else "drop the first" if output.read_as_logits else "drop this one"
    message = say(f"a second {loss.name} is applied to the {loss.name}{decided(pairing, output, loss)}", advice)
    consequence = sentences(left(output, loss))
    remedies = undoing(found)
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        remedies,
        consequence=consequence,
    )


def undoing(found: Clash) -> tuple[Remedy, ...]:
    """The unsafe remedy that takes the second of two activations away, or the first where a loss reads it as logits."""
    (loss, *others) = {id(reader.place): reader for _, reader, _ in found.observations}.values()
    if others or any(topped(output) for output, _, _ in found.observations):
        return ()
    if all(output.read_as_logits for output, _, _ in found.observations):
        return baring(found)
    return (Remedy(Applicability.UNSAFE, (Bare(Step(loss.place, loss.name)),)),)


def _inside(output: Output, reader: Loss) -> bool:
    # What was reshaped in between may have its classes along another axis now, which a sigmoid does not mind.
    reshaped = reader.name == "softmax" and output.units is None
    moved = reshaped and any(step.kind is StepKind.RESHAPE for step in later(output))
    return not output.model and twice(output, reader) and not moved and not one_unit(output)


def twice(output: Output, reader: Loss) -> bool:
    """Whether an activation reads what the same activation gave, along the same axis as far as can be seen."""
    gives = "softmax" if topped(output) else output.scale.value
    same = (output.scale in PROBABILITIES or topped(output)) and output.activation == gives == reader.name
    return same and output.axis is None


def topped(output: Output) -> bool:
    """Whether an output is what is left of a softmax after a choice of the largest."""
    return output.scale is Scale.UNIT_INTERVAL and any(step.kind is StepKind.TOP_K for step in later(output))


def left(output: Output, reader: Loss) -> str:
    """What a second softmax or sigmoid leaves."""
    if reader.name == "sigmoid":
        return "all that comes out lies between 0.5 and 0.73"
    if output.units is None or output.units < 2:
        return "all that comes out is more even: the likeliest is less likely, the unlikeliest more"
    return f"of {output.units} classes none can be above {e / (e + output.units - 1):.2f}"

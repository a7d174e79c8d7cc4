"""A softmax stands between two layers with weights.

## What it finds

A layer with weights whose activation is a softmax, and another layer with weights that reads it, perhaps behind a
Dropout or a Flatten. Advice, off unless it is selected: such a program may be meant. Attention, gates and mixtures,
where a softmax weighs other numbers, are left alone, as is what a finished network of a library gives.

## Why it hurts

The numbers behind a softmax add up to one, so the more units there are the less each can say, and the less of a
gradient comes through: with 64 units that are alike, the derivative of each is 0.015, while that of a relu is 1.

## Example

```python
import keras

model = keras.Sequential(
    [
        keras.Input((20,)),
        keras.layers.Dense(64, activation="softmax"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

## Use instead

```python
import keras

model = keras.Sequential(
    [
        keras.Input((20,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss=keras.losses.CategoricalCrossentropy())
```

## Fix safety

Not fixed by the command. What the model can learn changes, which is the point.

## References

- [Keras: activations](https://keras.io/api/layers/activations/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.rules.clashes import at_layer, later, met, related
from flake8_logits.rules.wording import say, sentences, which

ADVICE = "use relu in a hidden layer"
_PASSING = frozenset({StepKind.NOISE, StepKind.RESHAPE, StepKind.IDENTITY})


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that a layer with weights reads is the softmax of another one."""
    found = met(pairing, (SiteKind.LAYER,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    message = say(f"{which(pairing, output, loss)} is the input of {loss.name}", ADVICE)
    consequence = sentences("numbers that add up to one say little each, and let little of a gradient through")
    return Finding(message, at_layer(output, loss.anchor), related(found), ADVICE, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    origin = output.origin
    weighted = origin is not None and bool(origin.by) and origin.by != output.activation and not output.model
    finished = origin is not None and origin.kind is StepKind.NETWORK
    passed = all(step.kind in _PASSING for step in later(output))
    return output.scale is Scale.SOFTMAX and weighted and not finished and passed and output.units != 1

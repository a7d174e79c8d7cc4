"""A model that is exported gives logits.

## What it finds

A model that a loss trains from logits, given to `export`, to TensorFlow Lite, TensorFlow.js or ONNX, or to
`tf.saved_model.save`, with no softmax or sigmoid on the way. Advice, off unless it is selected: those who use the model
may know. `save` is left alone, as training may go on from there.

## Why it hurts

Whoever gets the model sees numbers of any size where a probability is expected. The largest stays the largest, but 0.5
is no middle, and a percentage made of it is none. Logits of 2, 1 and -1 are probabilities of 0.71, 0.26 and 0.04.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss=keras.losses.CategoricalCrossentropy(from_logits=True))
model.export("classifier")
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss=keras.losses.CategoricalCrossentropy(from_logits=True))
keras.Sequential([model, keras.layers.Softmax()]).export("classifier")
```

## Fix safety

Not fixed by the command: those who use the model get other numbers.

## References

- [TensorFlow: probabilities from a model of logits](https://www.tensorflow.org/tutorials/quickstart/beginner)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import met, related
from flake8_logits.rules.wording import say, sentences, which

_LAST = {Family.BINARY: 'Activation("sigmoid")', Family.CATEGORICAL: "Softmax()"}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that is exported is logits that a loss trains as such."""
    found = met(pairing, (SiteKind.EXPORT,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    assert output.trained_for is not None
    advice = f"export Sequential([model, {_LAST[output.trained_for]}])"
    message = say(f"{which(pairing, output, loss)} are exported", advice)
    consequence = sentences("whoever uses the model gets no probabilities")
    return Finding(message, loss.anchor, related(found), advice, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    return output.scale is Scale.LOGITS and output.trained_for in _LAST

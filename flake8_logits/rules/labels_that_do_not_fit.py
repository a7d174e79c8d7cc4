"""A loss is given labels of a kind that it does not read.

## What it finds

One-hot labels (`to_categorical`, `one_hot`, rows of `np.eye`) for a sparse loss; class numbers, as the data sets of
Keras have them, for a loss that takes one-hot labels; and one-hot labels of another number of classes than the output
has units. Labels that went through a function of which nothing is known are left alone.

## Why it hurts

Keras 3 ends with an error about shapes, in the first step of the training. Where labels are stretched to the shape of
the output instead, training goes on with the wrong labels.

## Example

```python
import keras

(images, labels), _ = keras.datasets.mnist.load_data()
model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.fit(images, labels)
```

## Use instead

```python
import keras

(images, labels), _ = keras.datasets.mnist.load_data()
model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(images, labels)
```

## Fix safety

Not fixed by the command: the labels can be changed as well as the loss.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Observation, Pairing, SiteKind
from flake8_logits.domain.labels import LabelKind, Labels
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import too_few_units
from flake8_logits.rules.wording import decided, of, reading, say, sentences, where

COUNT = "give the output as many units as there are classes"
KINDS = {
    LabelKind.NUMBERS: "pass class numbers, or use the loss for one-hot labels",
    LabelKind.ONE_HOT: "use the sparse loss, or pass one-hot labels",
}
"""What to do for a loss that reads labels of a kind."""


def judge(pairing: Pairing) -> Finding | None:
    """A finding if no labels that can be given fit the loss, or the output that they are compared with."""
    if pairing.kind is not SiteKind.LABELS or not all(map(_clashes, pairing.observations)):
        return None
    met = pairing.observations[0]
    loss, labels = met.loss, met.labels
    assert isinstance(loss, Loss) and labels is not None
    if _of_another_kind(labels, loss) and loss.labels is not None:
        advice = KINDS[loss.labels]
        what = f"{_said(pairing, labels, loss)} reach {reading(pairing, loss)}, which reads {loss.labels.value}"
    else:
        advice, output = COUNT, met.output
        assert isinstance(output, Output)
        subject = f"the {output.units} units{of(pairing, output)}{decided(pairing, output, loss)}"
        what = f"{subject} are compared with {_said(pairing, labels, loss)} of {labels.width} classes"
    message = say(what, advice)
    related = ((labels.place, f"{labels.kind.value} come from here"),)
    consequence = sentences("the shapes do not fit: Keras 3 ends with an error, other versions may stretch the labels")
    return Finding(message, pairing.place, related, advice, consequence=consequence)


def _said(pairing: Pairing, labels: Labels, loss: Loss) -> str:
    there = where(pairing, labels.place, pairing.place)
    return f"{labels.kind.value} ({labels.by}{', ' if there else ''}{there})"


def _clashes(met: Observation) -> bool:
    if not isinstance(met.loss, Loss) or met.labels is None:
        return False
    if isinstance(met.output, Output) and too_few_units(((met.output, met.loss),)):
        return False  # There is worse to say of it: LGT201 or LGT202.
    return _of_another_kind(met.labels, met.loss) or _of_another_size(met.labels, met.loss, met.output)


def _of_another_kind(labels: Labels, loss: Loss) -> bool:
    return loss.labels is not None and labels.kind is not loss.labels


def _of_another_size(labels: Labels, loss: Loss, output: object) -> bool:
    """Whether one-hot labels are compared with another number of units, one by one."""
    if not isinstance(output, Output) or output.units is None or labels.width is None:
        return False
    return (
        loss.contract.family is not Family.ANY and loss.labels is not LabelKind.NUMBERS and labels.width != output.units
    )

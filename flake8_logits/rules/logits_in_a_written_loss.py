"""A loss that is written out for probabilities is given logits.

## What it finds

Two pieces of arithmetic that losses of one's own are made of, and a model that ends without an activation:

- a logarithm of what the model gives, or of one minus it, also after a small number was added or after clipping to
  [0, 1]: a cross-entropy or a focal loss;
- the overlap of what the model gives with the labels (`sum(y * p)`), divided by a sum: Dice, Jaccard, Tversky.

The logarithm of `1 + x`, sums of squares, cosines and weighted means are left alone, and so is everything that goes
through a softmax or a sigmoid in the loss.

## Why it hurts

The logarithm of a negative number is nan: so is the loss, mostly in the first step, and every weight after it. Clipped
first, all numbers outside of (0, 1) are without a gradient. An overlap of logits has no best value: where half of the
labels are 1, the Dice loss of logits of 10 and -10 is -19, below the 0 of a perfect answer, and falls as they grow.

## Example

```python
import keras
from keras import ops


def dice_loss(y_true, y_pred):
    overlap = ops.sum(y_true * y_pred)
    return 1 - (2 * overlap + 1) / (ops.sum(y_true) + ops.sum(y_pred) + 1)


model = keras.Sequential([keras.Input((16, 16, 1)), keras.layers.Conv2D(1, 1)])
model.compile("adam", loss=dice_loss)
```

## Use instead

```python
import keras
from keras import ops


def dice_loss(y_true, y_pred):
    overlap = ops.sum(y_true * y_pred)
    return 1 - (2 * overlap + 1) / (ops.sum(y_true) + ops.sum(y_pred) + 1)


model = keras.Sequential([keras.Input((16, 16, 1)), keras.layers.Conv2D(1, 1, activation="sigmoid")])
model.compile("adam", loss=dice_loss)
```

Or apply the sigmoid (for several classes the softmax) to `y_pred` in the loss.

## Fix safety

Not fixed by the command. Whether the model or the loss has the activation decides what `predict` gives.

## References

- [Keras: custom losses](https://keras.io/api/losses/#creating-custom-losses)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost
from flake8_logits.rules.clashes import later, origin, reads_probabilities
from flake8_logits.rules.wording import arriving, say, sentences

ADVICE = "apply a sigmoid or softmax first"
LOGARITHM = "logarithm"

_HARMLESS = frozenset({StepKind.OTHER, StepKind.IDENTITY, StepKind.RESHAPE, StepKind.NUDGE, StepKind.OPPOSITE})
"""What is done to probabilities on the way into a logarithm."""
_SPOILT = frozenset({StepKind.CLIP, StepKind.RATIO})
"""What makes other numbers of logits, and leaves probabilities what they are."""


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive in a loss that is written out is logits."""
    seen = [_logits(observation.output) for observation in pairing.observations]
    output = seen[0] if pairing.kind is SiteKind.WRITTEN and all(seen) else None
    loss = pairing.observations[0].loss if pairing.observations else None
    if output is None or not isinstance(loss, Loss) or not reads_probabilities(loss):
        return None
    message = say(f"{arriving(pairing, output, loss)} {loss.name}, which expects probabilities", ADVICE)
    spoilt = isinstance(pairing.observations[0].output, Lost)
    clipped = "what is clipped has no gradient, and the rest is not the loss that is meant"
    negative = "the logarithm of a negative number is nan"
    unbounded = "the loss has no lowest value: it falls as logits grow"
    logarithm = LOGARITHM in loss.name
    return Finding(
        message,
        loss.anchor,
        origin(output),
        ADVICE,
        consequence=sentences(unbounded if not logarithm else clipped if spoilt else negative),
    )


def _logits(output: Output | Lost) -> Output | None:
    """The logits that arrive, as they came from the model or clipped as if they were probabilities."""
    if isinstance(output, Lost):
        found = output.was if output.kind in _SPOILT else None
    else:
        found = output
    if found is None or found.scale is not Scale.LOGITS:
        return None
    return found if all(step.kind in _HARMLESS for step in later(found)) else None

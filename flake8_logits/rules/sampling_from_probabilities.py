"""A function that draws from logits is given probabilities.

## What it finds

The result of a softmax or sigmoid given to a function or distribution that takes logits: `tf.random.categorical`,
`keras.random.categorical`, and the first argument of `Categorical`, `Bernoulli` and their kin in TensorFlow
Probability.

## Why it hurts

The draw takes the probabilities for logits and applies a softmax to them once more, which makes them nearly equal:
0.94, 0.05 and 0.02 were drawn with frequencies of 0.55, 0.22 and 0.22. A text generator or a policy becomes close
to random.

## Example

```python
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(10, activation="softmax")])


def draw(states):
    return tf.random.categorical(model(states), num_samples=1)
```

## Use instead

```python
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(10, activation="softmax")])


def draw(states):
    return tf.random.categorical(tf.math.log(model(states)), num_samples=1)
```

Or give it what stands before the softmax. The distributions take probabilities as `probs=`.

## Fix safety

What is drawn changes, which is the point.

## References

- [tf.random.categorical](https://www.tensorflow.org/api_docs/python/tf/random/categorical)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Idiom, Loss, Pairing
from flake8_logits.domain.scales import PROBABILITIES, Scale
from flake8_logits.rules.meetings import decided, met, related, subject


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities and the draw is from logits."""
    found = met(pairing, (Idiom.SAMPLE,), lambda output, _: output.scale in PROBABILITIES)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = _advice(loss, output.scale)
    message = (
        f"{subject(pairing, output)} gives {output.scale.value} probabilities{decided(output, loss)} but {loss.name} "
        f"takes logits: what is drawn is nearly uniform; {advice}"
    )
    return Finding("LGT402", "sampling-from-probabilities", message, loss.anchor, related(found), advice)


def _advice(loss: Loss, scale: Scale) -> str:
    if loss.name[:1].isupper():
        return "pass them as probs"
    return "give it their logarithm" if scale is Scale.SOFTMAX else "give it the numbers before the sigmoid"

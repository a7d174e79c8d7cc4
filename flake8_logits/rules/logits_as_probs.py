"""A distribution is given logits as its probabilities.

## What it finds

What a model gives without an activation, passed as `probs=` to `Categorical`, `Bernoulli` and their kin.

## Why it hurts

Probabilities are not negative, and those of a distribution add up to one. From logits the distributions take
logarithms: of a negative number that is nan, and the draws, the entropy and the log-probabilities are nan with it or of
some other distribution.

## Example

```python
import keras
import tensorflow_probability as tfp

policy = keras.Sequential([keras.Input((20,)), keras.layers.Dense(4)])


def act(states):
    return tfp.distributions.Categorical(probs=policy(states)).sample()
```

## Use instead

```python
import keras
import tensorflow_probability as tfp

policy = keras.Sequential([keras.Input((20,)), keras.layers.Dense(4)])


def act(states):
    return tfp.distributions.Categorical(logits=policy(states)).sample()
```

## Fix safety

Not fixed by the command. What is drawn changes, which is the point.

## References

- [Categorical](https://www.tensorflow.org/probability/api_docs/python/tfp/distributions/Categorical)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import met, reads_probabilities, related
from flake8_logits.rules.wording import arriving, say, sentences

ADVICE = "pass them as logits"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can be given as probabilities is logits."""
    found = met(pairing, (SiteKind.SAMPLE,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    message = say(f"{arriving(pairing, output, loss)} {loss.name} as its probabilities", ADVICE)
    consequence = sentences("the logarithm of a negative number is nan")
    return Finding(message, loss.anchor, related(found), ADVICE, consequence=consequence)


def _clashes(output: Output, loss: Loss) -> bool:
    return output.scale is Scale.LOGITS and reads_probabilities(loss)

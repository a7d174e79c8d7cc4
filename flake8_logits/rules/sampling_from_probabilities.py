"""A function that draws from logits is given probabilities.

## What it finds

The result of a softmax or sigmoid given to a function or distribution that takes logits: `tf.random.categorical`,
`keras.random.categorical`, the first argument of `Categorical`, `Bernoulli` and their kin in TensorFlow Probability,
what PyTorch's distributions are given as `logits=`, and `gumbel_softmax`. Also after a division by a temperature, which
is meant for logits.

## Why it hurts

The draw takes the probabilities for logits and applies a softmax to them once more, which makes them more even:
0.94, 0.05 and 0.02 were drawn with frequencies of 0.55, 0.22 and 0.22. A text generator or a policy becomes close
to random. Where each is a yes or no of its own, a sigmoid once more makes all of them lie between 0.5 and 0.73.

## Example

```python
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(10, activation="softmax")])


def draw(states):
    return tf.random.categorical(model(states), num_samples=1)
```

In PyTorch:

```python
import torch
from torch import nn

policy = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=-1))


def act(state):
    return torch.distributions.Categorical(logits=policy(state)).sample()
```

In JAX:

```python
import flax.linen as nn
import jax

policy = nn.Sequential([nn.Dense(32), nn.relu, nn.Dense(4), nn.softmax])


def act(key, params, state):
    return jax.random.categorical(key, policy.apply(params, state))
```

## Use instead

```python
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(10, activation="softmax")])


def draw(states):
    return tf.random.categorical(tf.math.log(model(states)), num_samples=1)
```

Or give it what stands before the softmax. The distributions take probabilities as `probs=`.

In PyTorch:

```python
import torch
from torch import nn

policy = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=-1))


def act(state):
    return torch.distributions.Categorical(probs=policy(state)).sample()
```

In JAX:

```python
import flax.linen as nn
import jax

policy = nn.Sequential([nn.Dense(32), nn.relu, nn.Dense(4), nn.log_softmax])


def act(key, params, state):
    return jax.random.categorical(key, policy.apply(params, state))
```

## Fix safety

Not fixed by the command. What is drawn changes, which is the point.

## References

- [torch.distributions](https://docs.pytorch.org/docs/stable/distributions.html)
- [tf.random.categorical](https://www.tensorflow.org/api_docs/python/tf/random/categorical)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from math import e

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import PROBABILITIES, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost
from flake8_logits.rules.clashes import origin, reads_logits
from flake8_logits.rules.wording import arriving, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities and the draw is from logits."""
    seen = [_probabilities(observation.output) for observation in pairing.observations]
    output = seen[0] if pairing.kind is SiteKind.SAMPLE and all(seen) else None
    loss = pairing.observations[0].loss if pairing.observations else None
    if output is None or not isinstance(loss, Loss) or not reads_logits(loss):
        return None
    divided = isinstance(pairing.observations[0].output, Lost)
    advice = "divide the logarithm instead" if divided else _advice(loss, output.scale)
    drawn = "it draws with other probabilities than these" if divided else _drawn(loss, output)
    message = say(f"{arriving(pairing, output, loss)} {loss.name}, which takes logits", advice)
    consequence = sentences(drawn)
    return Finding(message, loss.anchor, origin(output), advice, consequence=consequence)


def _probabilities(output: Output | Lost) -> Output | None:
    """The probabilities that arrive, also divided by a temperature."""
    if isinstance(output, Lost):
        was = output.was if output.kind is StepKind.SCALING else None
        return was if was is not None and was.scale in PROBABILITIES else None
    return output if output.scale in PROBABILITIES else None


def _drawn(loss: Loss, output: Output) -> str:
    if loss.name.endswith(("Bernoulli", "Binomial")):
        return "a sigmoid is applied to each of them, which gives between 0.5 and 0.73"
    if output.units is None or output.units < 2 or output.scale is not Scale.SOFTMAX:
        return "a softmax is applied to them, so draws are more even than they say"
    surest = e / (e + output.units - 1)
    return f"a softmax is applied to them: of {output.units} classes none is drawn with more than {surest:.2f}"


def _advice(loss: Loss, scale: Scale) -> str:
    if loss.name[:1].isupper():
        return "pass it as probs"
    return "give it the logarithm" if scale is Scale.SOFTMAX else "give it the numbers before the sigmoid"

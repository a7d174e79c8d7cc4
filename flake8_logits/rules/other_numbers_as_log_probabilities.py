"""Logits or probabilities reach a loss that expects log-probabilities.

## What it finds

The result of a softmax, a sigmoid or a last layer without activation, given to a loss that neither normalises nor takes
a logarithm: `NLLLoss`, `KLDivLoss`, `CTCLoss` of PyTorch and their functions.

## Why it hurts

Such a loss only picks or weighs the numbers it is given. On probabilities it is negative, and its gradient is the same
for a sure answer as for a wild guess; on logits it falls for ever, because it pays to make the numbers larger. In a
small measured experiment with ten classes the accuracy after twenty epochs was 0.34 (softmax) and 0.17 (logits) where
log-probabilities gave 0.66. There is no warning; a loss below zero is the only sign.

## Example

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.Softmax(dim=1))
criterion = nn.NLLLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

In JAX:

```python
import flax.linen as nn
import optax

student = nn.Sequential([nn.Dense(32), nn.relu, nn.Dense(10), nn.softmax])


def loss_fn(params, images, targets):
    return optax.kl_divergence(student.apply(params, images), targets).mean()
```

## Use instead

```python
from torch import nn

model = nn.Sequential(nn.Linear(20, 10), nn.LogSoftmax(dim=1))
criterion = nn.NLLLoss()


def step(images, labels):
    return criterion(model(images), labels)
```

In JAX:

```python
import flax.linen as nn
import optax

student = nn.Sequential([nn.Dense(32), nn.relu, nn.Dense(10), nn.log_softmax])


def loss_fn(params, images, targets):
    return optax.kl_divergence(student.apply(params, images), targets).mean()
```

Or leave the last layer bare and use `CrossEntropyLoss`, which is the two in one.

## Fix safety

For logits `--fix` puts `CrossEntropyLoss` in the place of `NLLLoss`: it takes the same arguments, and the model stays
as it is. Where probabilities arrive nothing is fixed: another last step changes what the model gives.

## References

- [torch.nn.NLLLoss](https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import Scale
from flake8_logits.rules.clashes import clash, exchanging, related
from flake8_logits.rules.wording import arriving, reading, say, sentences


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits or probabilities and the loss reads their logarithms."""
    found = clash(pairing, Verdict.LOGITS_AS_LOG_PROBABILITIES, Verdict.PROBABILITIES_AS_LOG_PROBABILITIES)
    if found is None or found.of_one_unit:
        return None
    output, loss = found.output, found.loss
    advice = _advice(output, loss)
    message = say(
        f"{arriving(pairing, output, loss)} {reading(pairing, loss)}, which expects log-probabilities", advice
    )
    consequence = sentences(_consequence(output))
    return Finding(message, loss.anchor, related(found), advice, exchanging(found), consequence=consequence)


def _advice(output: Output, loss: Loss) -> str:
    if output.scale is Scale.LOGITS:
        twin = loss.twin(Scale.LOGITS)
        return f"apply a log_softmax first, or use {twin}" if twin else "apply a log_softmax first"
    return "use log_softmax" if output.scale is Scale.SOFTMAX else "give it log-probabilities"


def _consequence(output: Output) -> str:
    if output.scale is Scale.LOGITS:
        return "the loss falls for ever as the numbers grow, whatever they say"
    return "the loss is negative, and its gradient does not depend on how sure the answer is"

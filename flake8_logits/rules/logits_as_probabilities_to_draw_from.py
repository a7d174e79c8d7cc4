"""A distribution is given logits or log-probabilities as its probabilities.

## What it finds

The result of a last layer without activation, or of a log-softmax, given to something that draws from probabilities:
the first argument of `Categorical`, `Bernoulli` and their kin in `torch.distributions`, which is `probs`, or that of
`torch.multinomial`; `probs=` of the distributions of TensorFlow Probability, distrax and TensorFlow 1.

## Why it hurts

`Categorical` divides by the sum. Log-probabilities are all negative, and so is their sum: the least likely class
becomes the most likely one, without an error. Logits of either sign stop the program, unless `validate_args=False` is
given, and logits that happen to be positive are drawn with other probabilities than they say. TensorFlow's
distributions take the logarithm, and that of a negative number is nan.

## Example

```python
import torch
from torch import nn

policy = nn.Sequential(nn.Linear(4, 2), nn.LogSoftmax(dim=-1))


def act(state):
    return torch.distributions.Categorical(policy(state)).sample()
```

## Use instead

```python
import torch
from torch import nn

policy = nn.Sequential(nn.Linear(4, 2), nn.LogSoftmax(dim=-1))


def act(state):
    return torch.distributions.Categorical(logits=policy(state)).sample()
```

## Fix safety

Not fixed by the command. What is drawn changes, which is the point.

## References

- [torch.distributions.Categorical](https://docs.pytorch.org/docs/stable/distributions.html#categorical)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.scales import LOG_PROBABILITIES
from flake8_logits.rules.clashes import met, related
from flake8_logits.rules.wording import arriving, say, sentences

_VERDICTS = (Verdict.LOGITS_AS_PROBABILITIES, Verdict.LOG_PROBABILITIES_AS_PROBABILITIES)


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is logits (or logarithms) and the draw is from probabilities."""
    found = met(pairing, (SiteKind.SAMPLE,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = _advice(output, loss)
    message = say(f"{arriving(pairing, output, loss)} {loss.name}, which expects probabilities", advice)
    return Finding(message, loss.anchor, related(found), advice, consequence=sentences(_consequence(output, loss)))


def _clashes(output: Output, loss: Loss) -> bool:
    return loss.contract.judge(output.scale, loss.told) in _VERDICTS


def _advice(output: Output, loss: Loss) -> str:
    if loss.name[:1].isupper():
        return "pass it as logits"
    return "give it the exponential" if output.scale in LOG_PROBABILITIES else "apply a softmax first"


def _consequence(output: Output, loss: Loss) -> str:
    if not loss.refuses:
        return "a negative number is no probability: what is drawn is wrong, and its logarithm is nan"
    if output.scale in LOG_PROBABILITIES and loss.name[:1].isupper():
        return "divided by their sum, which is negative, the least likely becomes the most likely"
    return "it stops with an error at the first negative number, and draws with other probabilities where there is none"

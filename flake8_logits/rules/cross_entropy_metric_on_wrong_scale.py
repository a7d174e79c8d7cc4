"""A cross-entropy metric and the output disagree.

## What it finds

A cross-entropy among the metrics whose `from_logits` contradicts what the model gives: logits and a metric that is
not told (also as a string: `metrics=["binary_crossentropy"]`), or a softmax or sigmoid and a metric told
`from_logits=True`. Also `KLDivergence` on logits.

## Why it hurts

The metric is not the loss that is trained, though it has its name: 2.27 instead of 0.52 in a small measured
example, and it may rise while the loss falls. For probabilities and `from_logits=True` Keras on TensorFlow mostly
undoes the activation; JAX and PyTorch do not.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryCrossentropy()],
)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryCrossentropy(from_logits=True)],
)
```

## Fix safety

`--fix` tells the metric what the model gives. It changes what is shown and nothing else; the name in the history stays.

## References

- [Keras: probabilistic metrics](https://keras.io/api/metrics/probabilistic_metrics/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Expects, Family, Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.targets import Target
from flake8_logits.rules.clashes import Clash, ending, met, related, telling, trained_logits
from flake8_logits.rules.logits_as_probabilities import class_name
from flake8_logits.rules.wording import arriving, reading_as_told, say, sentences

DIVERGENCES = frozenset({"kldivergence", "kl_divergence", "kld"})


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive contradicts the switch of a cross-entropy among the metrics."""
    found = met(pairing, (SiteKind.METRIC,), _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    advice = _advice(found)
    reader = reading_as_told(pairing, loss, bool(loss.told))
    message = say(f"{arriving(pairing, output, loss)} metric {reader}", advice)
    consequence = _consequence(output, loss, pairing.target)
    tellable = all(reader.contract.expects is Expects.SWITCHED for _, reader, _ in found.observations)
    remedies = telling(found, not loss.told, metric=True) if tellable else ()
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        remedies,
        consequence=consequence,
    )


def _clashes(output: Output, loss: Loss) -> bool:
    verdict = loss.contract.judge(output.scale, loss.told)
    if loss.name.lower() in DIVERGENCES:
        return verdict is Verdict.LOGITS_AS_PROBABILITIES and trained_logits(output)
    if loss.contract.expects is not Expects.SWITCHED or loss.contract.family is Family.ANY:
        return False
    return verdict is Verdict.PROBABILITIES_AS_LOGITS or (
        verdict is Verdict.LOGITS_AS_PROBABILITIES and trained_logits(output)
    )


def _consequence(output: Output, loss: Loss, target: Target) -> str:
    if not loss.told:
        return sentences("what it shows is not the loss that is trained")
    if target.undoes_nothing:
        return sentences(f"nothing undoes the {output.scale.value}: it shows another number")
    others = "" if target.runs_on_tensorflow else "JAX and PyTorch show another number"
    return sentences(f"Keras on TensorFlow usually undoes the {output.scale.value}", others)


def _advice(found: Clash) -> str:
    loss = found.loss
    if loss.told:
        return "drop from_logits=True"
    if loss.contract.expects is not Expects.SWITCHED:
        return ending(found.output)
    if loss.written_as is not WrittenAs.STRING and loss.name[:1].isupper():
        return "pass from_logits=True"
    name = "BinaryCrossentropy" if loss.name.lower() == "bce" else class_name(loss.name)
    return f"use {name}(from_logits=True)"

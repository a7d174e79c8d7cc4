"""Probabilities reach a loss that is told from_logits=True.

## What it finds

A model whose last step is a softmax or sigmoid, and a loss told `from_logits=True`. One of the two is wrong:
the loss applies its own softmax or sigmoid.

## Why it hurts

Keras on TensorFlow looks for the numbers before the activation and, where it finds them, computes the right loss
(with a warning). It cannot when anything stands between the activation and the loss - a `Reshape`, a real `Dropout`,
a cast, an average - nor for the focal losses of Keras 3, and the JAX and PyTorch backends never do. Then the
probabilities are normalised twice: gradients shrink to about a tenth, training is slow, and the loss never comes
near zero (its floor is 0.55 for three classes) however good the model is.

## Example

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy())
```

Or drop the activation and keep `from_logits=True`: the numerically stable form, but `predict` then returns logits.

## Fix safety

`--fix` tells the loss `from_logits=False`: what `predict` returns stays as it is, and on TensorFlow mostly the training
does, too. Where that cannot be done, `--unsafe-fixes` takes the activation away: the model then gives logits. Where a
softmax meets a binary loss, or sigmoids a categorical one, only that mends both mistakes.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.contracts import Family, Support, Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Pairing
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.targets import Target
from flake8_logits.rules.clashes import Clash, baring, clash, decided, fixed, related, subject, telling

ADVICE = "drop from_logits=True, or the activation"
ACROSS = "drop the activation"
"""Without the switch a softmax would still meet a loss for sigmoids, or the other way round."""
FITTING = {Family.CATEGORICAL: Scale.SOFTMAX, Family.BINARY: Scale.SIGMOID}


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities and the loss is told to read logits."""
    found = clash(pairing, Verdict.PROBABILITIES_AS_LOGITS)
    if found is None or found.of_one_unit or any(fixed(loss) for _, loss, _ in found.observations):
        return None
    output, loss = found.output, found.loss
    advice = ADVICE if FITTING.get(loss.contract.family, output.scale) is output.scale else ACROSS
    message = (
        f"{subject(pairing, output)} gives {output.scale.value} probabilities{decided(output, loss)} "
        f"but {loss.name} is told from_logits=True: {_consequence(found, pairing.target)}; {advice}"
    )
    remedies = (*(telling(found, False) if advice is ADVICE else ()), *baring(found))
    return Finding(message, loss.anchor, related(found), advice, remedies)


def _consequence(found: Clash, target: Target) -> str:
    """What really happens: the worst that is true of every observation."""
    rescues = [output.rescue for output, _, _ in found.observations]
    supports = {loss.support for _, loss, _ in found.observations}
    if all(rescue is Rescue.NEVER for rescue in rescues) or supports == {Support.NONE}:
        return "they are normalised twice, so it computes the wrong loss"
    if Support.UNKNOWN in supports or Rescue.UNKNOWN in rescues:
        return "the two contradict each other"
    if supports == {Support.KERAS_2}:
        if target.keras == 2:
            return "the two contradict each other, and Keras 2 undoes the activation in one part of the loss only"
        return "the two contradict each other, and Keras 3 computes the wrong loss"
    if all(rescue is Rescue.IN_GRAPHS for rescue in rescues):
        others = "eager mode computes" if target.runs_on_tensorflow else "eager mode and other backends compute"
        return (
            "the two contradict each other; Keras on TensorFlow undoes the activation inside a graph only, "
            f"{others} the wrong loss"
        )
    usual = "the two contradict each other; Keras on TensorFlow usually undoes the activation"
    return usual if target.runs_on_tensorflow else f"{usual}, JAX and PyTorch compute the wrong loss"

"""Probabilities reach a loss that is told from_logits=True.

## What it finds

A model whose last step is a softmax or sigmoid, and a loss told `from_logits=True`. One of the two is wrong:
the loss applies its own softmax or sigmoid.

## Why it hurts

Keras on TensorFlow looks for the numbers before the activation and, where it finds them, computes the right loss
(with a warning). It cannot when anything stands between the activation and the loss - a `Reshape`, a real `Dropout`,
a cast, an average. Keras 3 also cannot where the loss casts what it is given (mixed precision without a float32
activation at the end, a float64 head), with `ignore_class`, and for the focal losses; behind a second softmax it finds
the first one. The JAX and PyTorch backends never look. Then the probabilities are normalised twice: gradients shrink
to about a tenth, training is slow, and the loss never comes near zero (its floor is 0.55 for three classes) however
good the model is.

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
does, too. Where the loss is called and the activation was applied to a name, it can be given that name instead. Where
neither can be done, `--unsafe-fixes` takes the activation away: the model then gives logits. Where a
softmax meets a binary loss, or sigmoids a categorical one, only that mends both mistakes.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from math import e

from flake8_logits.domain.contracts import Family, Support, Verdict
from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.targets import Target
from flake8_logits.rules.clashes import Clash, baring, before, clash, fixed, giving, later, related, telling
from flake8_logits.rules.wording import activation_of, arriving, elsewhere, named, say, sentences, switched

FITTING = {Family.CATEGORICAL: Scale.SOFTMAX, Family.BINARY: Scale.SIGMOID}
"""Across these the switch does not help: a softmax would still meet a loss for sigmoids, or the other way round."""
CASTING = "; Keras 3 does not where the loss casts it, as under mixed precision or float64"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive is probabilities and the loss is told to read logits."""
    found = clash(pairing, Verdict.PROBABILITIES_AS_LOGITS)
    if found is None or found.of_one_unit or any(fixed(loss) for _, loss, _ in found.observations):
        return None
    output, loss = found.output, found.loss
    fits = FITTING.get(loss.contract.family, output.scale) is output.scale
    activation, tensor = activation_of(output), before(pairing, output)
    other = f"give it {tensor}" if tensor else f"drop the {activation}"
    written = bool(loss.switch_place or loss.switch_origin or loss.told_by_hand)
    if not fits:
        advice = other
    elif written:
        advice = f"drop {loss.switch}=True, or {other if tensor else 'the ' + activation}"
    else:
        advice = f"pass {loss.switch}=False, or {other}"
    by_default = f"{named(loss)}, where {loss.switch} is True by default{elsewhere(pairing, loss)}"
    reader = f"a loss told {switched(pairing, loss)}" if written else by_default
    what = f"{arriving(pairing, output, loss)} {reader}"
    message = say(what, advice)
    remedies = (*(telling(found, False) if fits else ()), *giving(found, pairing), *baring(found))
    consequence = _consequence(found, pairing.target)
    return Finding(
        message,
        loss.anchor,
        related(found),
        advice,
        remedies,
        consequence=consequence,
    )


def _consequence(found: Clash, target: Target) -> str:
    """What really happens: the worst that is true of every observation."""
    output, loss = found.output, found.loss
    activation = activation_of(output)
    rescues = [one.rescue for one, _, _ in found.observations]
    supports = {one.support for _, one, _ in found.observations}
    once_more = _once_more(output, loss)
    if any(one.doubled for one, _, _ in found.observations) or supports == {Support.NONE}:
        return sentences(once_more)
    if all(rescue is Rescue.NEVER for rescue in rescues):
        kept = target.keras != 2 and not target.undoes_nothing and supports == {Support.FULL}
        if kept and all(one.trail and _transparent(later(one)) for one, _, _ in found.observations):
            others = "" if target.runs_on_tensorflow else "Keras 2, JAX and PyTorch normalise twice"
            return sentences(f"Keras 3 on TensorFlow undoes the {activation}, unless the loss casts it", others)
        return sentences(f"nothing undoes the {activation} here: {once_more}")
    if Support.UNKNOWN in supports or Rescue.UNKNOWN in rescues:
        return sentences(f"where the {activation} is not undone, {once_more}")
    if supports == {Support.KERAS_2}:
        if target.keras == 2:
            return sentences(f"Keras 2 undoes the {activation} in one part of the loss only")
        return sentences(f"Keras 3 does not undo the {activation}: {once_more}")
    twice = "" if target.runs_on_tensorflow else "JAX and PyTorch normalise twice"
    casting = "" if target.keras == 2 else CASTING
    if all(rescue is Rescue.IN_GRAPHS for rescue in rescues):
        return sentences(f"Keras on TensorFlow undoes the {activation} in graphs, not eagerly{casting}", twice)
    return sentences(f"Keras on TensorFlow usually undoes the {activation}{casting}", twice)


def _once_more(output: Output, loss: Loss) -> str:
    """What comes of an activation that is applied to probabilities."""
    own = loss.contract.family
    if own is Family.BINARY:
        return "the loss applies a sigmoid to probabilities, and takes each for one between 0.5 and 0.73"
    if own is Family.CATEGORICAL and output.units is not None:
        surest = e / (e + output.units - 1)
        return f"the loss applies a softmax to probabilities, and takes none for more than {surest:.2f}"
    return "the loss normalises probabilities once more, and takes a sure answer for an unsure one"


def _transparent(steps: tuple[Step, ...]) -> bool:
    """Whether Keras 3 hands on the very tensor in each of these steps."""
    return bool(steps) and all(step.kind is StepKind.IDENTITY for step in steps)

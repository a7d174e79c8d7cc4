"""What is written into the files of a new rule; ``@name@``, ``@code@`` and ``@summary@`` are filled in."""

from __future__ import annotations

RULE = '''"""@summary@.

## What it finds

TODO: which programs it reports, and which that look alike it leaves alone.

## Why it hurts

TODO: what happens when the program runs; measure it, do not guess.

## Example

```python
import keras

# TODO: the smallest program that this rule, and no other, reports.
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

## Use instead

```python
import keras

# TODO: the same program, mended.
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
```

## Fix safety

There is no fix.

## References

- [Logits and probabilities](../logits-and-probabilities.md)
"""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Finding
from flake8_logits.domain.facts import Loss, Pairing
from flake8_logits.domain.outputs import Output
from flake8_logits.rules.clashes import LOSSES, met, related
from flake8_logits.rules.wording import arriving, reading, say

ADVICE = "TODO: what to change"


def judge(pairing: Pairing) -> Finding | None:
    """A finding if everything that can arrive clashes with the loss."""
    found = met(pairing, LOSSES, _clashes)
    if found is None:
        return None
    output, loss = found.output, found.loss
    message = say(f"{arriving(pairing, output, loss)} {reading(pairing, loss)}, TODO: what it expects", ADVICE)
    return Finding(message, loss.anchor, related(found), ADVICE, consequence="TODO: what comes of it")


def _clashes(output: Output, loss: Loss) -> bool:
    # TODO: when one output and one loss are a mistake; see rules/clashes.py and domain/contracts.py.
    return False
'''

NEAR_MISS = '''"""TODO: what looks like the mistake of @name@ and is right; one file for each way."""

import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
'''

FIRING = '''"""TODO: the mistake of @name@ as people write it; carets below a line say where the finding stands."""

import keras

model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")  # expect: @code@
'''

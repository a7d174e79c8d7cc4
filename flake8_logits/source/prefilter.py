"""Two words that every program worth parsing contains; parsing costs a thousand times as much as looking for them."""

from __future__ import annotations

import re

_FRAMEWORKS = ("keras", "tensorflow")
_LOSS = re.compile(
    r"(?<!\bre)\.\s*compile\s*\("  # whatever the loss is; regular expressions are compiled, too
    r"|from_logits|_with_logits|cross_?entropy|categorical|bernoulli|multinomial"
    r"|\blosses\b|\bmetrics\b|log_loss|from_preset"
    r"|focal|dice|tversky|ctc|hinge|poisson|sparsemax|kullback|kl_?div|\bkld|bce"
)


_ACTIVATIONS = ("softmax", "sigmoid")


def worth_parsing(text: str) -> bool:
    """Return whether the text of a whole document names a framework, and a possible loss or an activation twice.

    A finished classifier stands for the first of the two activations.
    """
    lowered = text.lower()  # plain search in lower case is twenty times as fast as ignoring case
    if not any(word in lowered for word in _FRAMEWORKS):
        return False
    if _LOSS.search(lowered) is not None:
        return True
    activations = max(lowered.count(word) for word in _ACTIVATIONS)
    return activations > 1 or (activations == 1 and "applications" in lowered)

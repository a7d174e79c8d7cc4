"""Two words that every program worth parsing contains; parsing costs a thousand times as much as looking for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FRAMEWORKS = ("keras", "tensorflow", "segmentation_models", "tf_slim", "tflearn")
_MODEL_OF_TRANSFORMERS = re.compile(r"\btf[a-z0-9]+for[a-z]+\b")
_LOSS = re.compile(
    r"(?<!\bre)\.\s*compile\s*\("  # whatever the loss is; regular expressions are compiled, too
    r"|from_logits|_with_logits|cross_?entropy|categorical|bernoulli|multinomial"
    r"|\blosses\b|\bmetrics\b|log_loss|from_preset"
    r"|focal|dice|tversky|ctc|hinge|poisson|sparsemax|kullback|kl_?div|\bkld|bce"
)
_SURELY_A_LOSS = re.compile(r"from_logits|_with_logits|crossentropy")


_ACTIVATIONS = ("softmax", "sigmoid")


def worth_parsing(text: str, words: Sequence[str] = ()) -> bool:
    """Return whether a document names a framework, or imports one, and a possible loss or an activation twice.

    A finished classifier stands for the first of the two activations.  ``words`` are names, in lower case, that the
    user declared: any of them will do.
    """
    lowered = text.lower()  # plain search in lower case is twenty times as fast as ignoring case
    if any(word in lowered for word in words):
        return True
    if any(word in lowered for word in _FRAMEWORKS):
        return _LOSS.search(lowered) is not None or _activates_twice(lowered)
    if "transformers" in lowered and _MODEL_OF_TRANSFORMERS.search(lowered):
        return _LOSS.search(lowered) is not None
    # The model may come from another file, and the framework with it.
    return "import" in lowered and "torch" not in lowered and _SURELY_A_LOSS.search(lowered) is not None


def names_a_framework(text: str) -> bool:
    """Return whether a document names a framework."""
    lowered = text.lower()
    return any(word in lowered for word in _FRAMEWORKS)


def names_a_loss(text: str, words: Sequence[str] = ()) -> bool:
    """Return whether a document may hold a loss or a metric, or one of the ``words`` that the user declared."""
    lowered = text.lower()
    return _LOSS.search(lowered) is not None or any(word in lowered for word in words)


def _activates_twice(lowered: str) -> bool:
    activations = max(lowered.count(word) for word in _ACTIVATIONS)
    return activations > 1 or (activations == 1 and "applications" in lowered)

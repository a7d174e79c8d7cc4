"""Two words that every program worth parsing contains; parsing costs a thousand times as much as looking for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FRAMEWORKS = ("keras", "tensorflow")
_LOSS = re.compile(
    r"(?<!\bre)\.\s*compile\s*\("  # whatever the loss is; regular expressions are compiled, too
    r"|from_logits|_with_logits|cross_?entropy|categorical|bernoulli|multinomial"
    r"|\blosses\b|\bmetrics\b|log_loss|from_preset"
    r"|focal|dice|tversky|ctc|hinge|poisson|sparsemax|kullback|kl_?div|\bkld|bce"
)


def worth_parsing(text: str, words: Sequence[str] = ()) -> bool:
    """Return whether the text of a whole document names a framework and something that could be a loss.

    ``words`` are names, in lower case, that the user declared: any of them will do.
    """
    lowered = text.lower()  # plain search in lower case is twenty times as fast as ignoring case
    if any(word in lowered for word in words):
        return True
    return any(word in lowered for word in _FRAMEWORKS) and _LOSS.search(lowered) is not None

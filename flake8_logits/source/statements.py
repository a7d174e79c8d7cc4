"""``# logits: ...``: what an author says of a value that cannot be seen."""

from __future__ import annotations

import re

from flake8_logits.domain.scales import Scale

_STATEMENT = re.compile(
    r"#\s*logits:\s*(?:(?P<plain>logits)|(?P<log>log_)?probabilities\(\s*(?P<kind>softmax|sigmoid)\s*\))\s*(?:$|#)"
)


def stated_scale(comment: str) -> Scale | None:
    """The scale that a comment states; None for any other comment, whatever word it begins with."""
    match = _STATEMENT.search(comment)
    if match is None:
        return None
    if match["plain"]:
        return Scale.LOGITS
    if match["log"]:
        return Scale.LOG_SOFTMAX if match["kind"] == "softmax" else Scale.LOG_SIGMOID
    return Scale.SOFTMAX if match["kind"] == "softmax" else Scale.SIGMOID

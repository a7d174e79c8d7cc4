"""``# logits: ...``: what an author says of a value that cannot be seen."""

from __future__ import annotations

import re

from flake8_logits.domain.scales import Scale
from flake8_logits.source import syntax as ir

WORD = "logits:"
"""What stands in every such comment."""

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


def state(statement: ir.Statement, comment: str) -> None:
    """Tie what the comment at the end of a line states to the value that is assigned or returned on it."""
    if not isinstance(statement, (ir.Assign, ir.Leave)) or statement.value is None:
        return
    if isinstance(statement, ir.Assign) and statement.op:
        return
    scale = stated_scale(comment)
    if scale is not None:
        statement.value = ir.standing_at(ir.Stated(statement.value, scale), statement.value)

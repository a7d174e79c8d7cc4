"""Models that are chains: each part is given what the one before it gives."""

from __future__ import annotations

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Gap, Sequence, Tensor, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir

LONGEST_STRETCH = 12
"""Only the last stretch matters: whatever stands before a layer with weights of its own does not show."""


def run_chain(interp: Interpreter, parts: Value, inputs: Value, node: ir.Expression) -> Value:
    """What the last part of a chain gives; ``parts`` is a Sequence of them, or why they are not known."""
    if not isinstance(parts, Sequence):
        return Tensor(parts.lost if isinstance(parts, Unknown) else Lost(Reason.EXPRESSION, node))
    if not parts.items:
        return Tensor(Lost(Reason.EMPTY_MODEL, node))
    value = inputs
    for part in parts.items[-LONGEST_STRETCH:]:
        if isinstance(part, Gap):
            value = Tensor(part.lost)
        elif isinstance(part, Tensor):
            value = part
        else:
            value = interp.call_part(part, value, node)
    return value

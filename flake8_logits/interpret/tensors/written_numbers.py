"""Numbers that a program writes down: no model gives them, and what they can be is read off them."""

from __future__ import annotations

from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.scales import Rescue, Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Const, Gap, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.tensors.arguments import as_tensor
from flake8_logits.source import syntax as ir

MOST_PARTS = 1_000
"""Of more numbers and lists it is not asked what they can be: a list may hold itself."""


def taken_as_tensor(interp: Interpreter, value: Value | None, node: ir.Node) -> Tensor:
    """A value taken as a tensor: numbers in lists are set aside as such that no model gives."""
    numbers = None if value is None else numbers_in(interp, value)
    if not numbers:
        return as_tensor(value, node)
    scale = Scale.UNIT_INTERVAL if all(0 <= number <= 1 for number in numbers) else Scale.LOGITS
    return Tensor(Lost(Reason.NO_MODEL, node, was=Output(scale, (Step(node, "numbers"),), Rescue.NEVER)))


def numbers_in(interp: Interpreter, value: Value) -> list[float] | None:
    """All numbers in a list, and in the lists in it; None where something else is among them."""
    found: list[float] = []
    waiting = [value]
    inside = False
    for _ in range(MOST_PARTS):
        if not waiting:
            return found
        if len(waiting) > MOST_PARTS:
            return None
        one = waiting.pop()
        content = content_of(interp, one)
        if isinstance(content, Sequence) and not any(isinstance(item, Gap) for item in content.items):
            inside = True
            waiting += [item for item in content.items if not isinstance(item, Gap)]
        elif inside and isinstance(one, Const) and isinstance(one.value, (int, float)):
            found.append(one.value)
        else:
            return None
    return None

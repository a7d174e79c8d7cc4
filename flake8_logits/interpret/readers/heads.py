"""The outputs of a model told apart, by name and by place."""

from __future__ import annotations

from flake8_logits.interpret.abstract.values import Gap, Mapping, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter


def heads(interp: Interpreter, outputs: Value) -> list[tuple[str, Value]] | None:
    """A model's outputs with their names, in order; None where they cannot be told apart."""
    if isinstance(outputs, Tensor):
        return [(outputs.head, outputs)]
    content = content_of(interp, outputs)
    if isinstance(content, Sequence) and not any(isinstance(item, Gap) for item in content.items):
        found: list[tuple[str, Value]] = []
        for item in content.items:
            assert not isinstance(item, Gap)
            found.append((item.head if isinstance(item, Tensor) else "", item))
        return found
    if isinstance(content, Mapping) and content.partial is None:
        return [(str(key), value) for key, value in content.items]
    return None


def dealt_out(interp: Interpreter, outputs: Value) -> list[tuple[str, Value]] | None:
    """A model's outputs in the order in which a list of losses or metrics is dealt out; None where it is not known.

    Those of a dict are taken in the order of their sorted names.
    """
    found = heads(interp, outputs)
    names = [name for name, _ in found or ()]
    return found if names == sorted(names) or not isinstance(content_of(interp, outputs), Mapping) else None

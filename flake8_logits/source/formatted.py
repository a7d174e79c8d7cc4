"""f-strings in one form: parsers cut their text, and strings that stand side by side, in different ways."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_logits.source import syntax as ir


def joined(parts: Iterable[ir.Expression]) -> ir.Joined:
    """An f-string of these parts: neighbours that are text become one, empty ones none."""
    found: list[ir.Expression] = []
    for part in parts:
        before = found[-1] if found else None
        text = part.value if isinstance(part, ir.Constant) else None
        if not isinstance(text, str):
            found.append(part)
        elif isinstance(before, ir.Constant) and isinstance(before.value, str):
            # Not written into the part that was there: it may stand elsewhere, too.
            found[-1] = ir.standing_at(ir.Constant(before.value + text), before)
        elif text:
            found.append(part)
    return ir.Joined(found)

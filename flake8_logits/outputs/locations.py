"""How a place is written in front of a message: ``train.py:14:5``, columns from 1 as editors count them."""

from __future__ import annotations

from flake8_logits.domain.places import Span
from flake8_logits.outputs.visible import visible


def location(
    path: str, cell: int | None = None, line: int | None = None, column: int | None = None, spoken: bool = False
) -> str:
    """Return the place, of which the parts not known are left out; ``column`` counts from 0.

    A cell is written so that no colon or space is added to what programs split (``n.ipynb:cell3:14:5``), or as one
    says it when ``spoken`` (``n.ipynb:cell 3:14:5``).
    """
    parts = [visible(path)]
    if cell is not None:
        parts.append(f"cell {cell}" if spoken else f"cell{cell}")
    if line is not None:
        parts.append(str(line))
        if column is not None:
            parts.append(str(column + 1))
    return ":".join(parts)


def span_location(span: Span, spoken: bool = False) -> str:
    """Return where the span begins."""
    return location(span.path, span.cell, span.line, span.column, spoken)

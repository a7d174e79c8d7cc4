"""One source line and a stretch of it, cut so that the stretch is seen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from flake8_logits.outputs.visible import visible

_DOTS = "..."
_BEFORE = 24
"""Cells that stay in front of a stretch when the beginning of the line is cut."""


@dataclass(frozen=True, slots=True)
class Clipped:
    """A line as shown; ``offset`` and ``length`` of the stretch count cells of a terminal, not characters."""

    text: str
    offset: int
    length: int


def clip(line: str, start: int, end: int, room: int) -> Clipped:
    """Return the line, at most ``room`` cells wide, with the stretch from character ``start`` up to ``end``.

    The stretch is moved into the line where it is not, and is at least one cell long; of a stretch wider than
    the room its beginning is shown.
    """
    line = line.rstrip()
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    before, marked, after = visible(line[:start]), visible(line[start:end]), visible(line[end:])
    if cell_len(before + marked) + len(_DOTS) > room:
        before = _last(before, max(room - cell_len(marked) - 2 * len(_DOTS), min(_BEFORE, room // 3)))
    whole = before + marked + after
    shown = _first(whole, room)
    offset = cell_len(before)
    seen = cell_len(shown) - (len(_DOTS) if shown != whole else 0) - offset
    return Clipped(shown, offset, max(min(cell_len(marked), seen), 1))


def _first(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    kept = text[: max(room - len(_DOTS), 1)]
    while len(kept) > 1 and cell_len(kept) + len(_DOTS) > room:
        kept = kept[:-1]
    return kept + _DOTS


def _last(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    kept = text[len(text) - max(room - len(_DOTS), 1) :]
    while len(kept) > 1 and cell_len(kept) + len(_DOTS) > room:
        kept = kept[1:]
    return _DOTS + kept

"""``# noqa`` comments for findings that are to stay as they are."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable

from flake8_logits.domain.fixes import Edit
from flake8_logits.fixes.mending import Spot
from flake8_logits.fixes.program import Text
from flake8_logits.fixes.snapshot import Snapshot, Viewer
from flake8_logits.parser import parse
from flake8_logits.source.magics import mask_magics
from flake8_logits.source.patching import PatchError, patched

_LISTED = re.compile(r"# noqa:[ \t]?(?:[A-Z]+[0-9]+(?:[ \t]*,[ \t]*|[ \t]+(?=[A-Z]+[0-9]))?)+(?<=[0-9])", re.IGNORECASE)


def silence(viewer: Viewer, base: Snapshot, reported: Iterable[Spot]) -> tuple[bytes, int]:
    """The file's bytes with a comment on each line that is reported, and how many findings that silences.

    A line that cannot end in a comment (within a string, before a line that continues it) is left as it is.
    """
    lines: dict[tuple[int | None, int], set[str]] = defaultdict(set)
    counts: dict[tuple[int | None, int], int] = defaultdict(int)
    for code, span in reported:
        lines[(span.cell, span.line)].add(code)
        counts[(span.cell, span.line)] += 1
    edits = {place: _edit(base.texts[place[0]], place[1], codes) for place, codes in lines.items()}
    kept = edits if _harmless(viewer, base, edits.values()) else _each(viewer, base, edits)
    if not kept:
        return base.data, 0
    return patched(viewer.path, base.data, kept.values()), sum(counts[place] for place in kept)


def silencing(viewer: Viewer, base: Snapshot, spot: Spot) -> Edit | None:
    """The comment that silences one finding on its line; None where the line cannot end in a comment."""
    code, span = spot
    edit = _edit(base.texts[span.cell], span.line, {code})
    return edit if _harmless(viewer, base, [edit]) else None


def _each(
    viewer: Viewer, base: Snapshot, edits: dict[tuple[int | None, int], Edit]
) -> dict[tuple[int | None, int], Edit]:
    return {place: edit for place, edit in edits.items() if _harmless(viewer, base, [edit])}


def _edit(text: Text, line: int, codes: set[str]) -> Edit:
    start = text.offset(line, 0)
    end = text.text.find("\n", start)
    end = len(text.text) if end < 0 else end
    listed = _LISTED.search(text.text, start, end)
    if listed is not None:
        return Edit(text.span(listed.end(), listed.end()), "".join(f", {code}" for code in sorted(codes)))
    end = start + len(text.text[start:end].rstrip(" \t"))
    return Edit(text.span(end, end), f"  # noqa: {', '.join(sorted(codes))}")


def _harmless(viewer: Viewer, base: Snapshot, edits: Iterable[Edit]) -> bool:
    """Whether the program is the same afterwards, to Python."""
    try:
        documents = viewer.read(patched(viewer.path, base.data, edits))
    except PatchError:
        return False
    before = [unit.text for document in base.documents for unit in document.units]
    after = [unit.text for document in documents for unit in document.units]
    return len(before) == len(after) and all(map(_same, before, after))


def _same(before: str, after: str) -> bool:
    if before == after:
        return True
    try:
        return ast.dump(parse(mask_magics(before))) == ast.dump(parse(mask_magics(after)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False

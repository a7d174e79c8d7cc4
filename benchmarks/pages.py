"""Figures as tables of docs/performance.md: each between its own marks, so that one can be made anew alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import ROOT

PAGE = ROOT / "docs" / "performance.md"

Rows = Sequence[Sequence[str]]
"""The first is the head."""


def table(rows: Rows) -> str:
    """The rows as a table in Markdown."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def replaced(text: str, name: str, figures: str) -> str:
    """The text of a page with other figures of this name; raises ValueError where it has no place for them."""
    pattern = re.compile(rf"(<!-- figures: {re.escape(name)} -->\n).*?(<!-- /figures -->)", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"the page has no figures: {name}")
    return pattern.sub(lambda match: f"{match[1]}\n{figures.strip()}\n\n{match[2]}", text, count=1)


def write(name: str, figures: str, page: Path = PAGE) -> None:
    """Put figures into the page."""
    page.write_text(replaced(page.read_text(encoding="utf-8"), name, figures), encoding="utf-8", newline="\n")

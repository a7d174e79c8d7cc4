"""Two parsers, one text, and what is said when they read it differently."""

from __future__ import annotations


class Disagreement(Exception):
    """libcst reads a unit otherwise than Python's own parser, or not at all: what libcst says counts."""

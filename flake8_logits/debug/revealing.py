"""``reveal_output(...)`` in a comment: for a hover's eyes a call like any other."""

from __future__ import annotations

import re
from dataclasses import replace

from flake8_logits.source.documents import Document
from flake8_logits.source.lexemes import comments_in

NAME = "reveal_output"
_ASKS = re.compile(rf"#\s*(?P<call>{NAME}\(.*\))\s*")


def asks(document: Document) -> bool:
    """Whether a program asks to reveal anything."""
    return any(NAME in unit.text for unit in document.units)


def with_comments(document: Document) -> Document:
    """The program with each comment that is a ``reveal_output`` made a call; every line stays in its place.

    After a statement the call follows in the same columns; on a line of its own it begins where the comment did.
    """
    if not asks(document):
        return document
    units = tuple(replace(unit, text=_uncommented(unit.text)) for unit in document.units)
    return replace(document, units=units)


def _uncommented(text: str) -> str:
    parts: list[str] = []
    position = 0
    for start, comment in comments_in(text):
        asked = _ASKS.fullmatch(comment)
        if asked is None:
            continue
        alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        call = asked["call"]
        parts += [text[position:start], call if alone else f";{' ' * (asked.start('call') - 1)}{call}"]
        position = start + len(comment)
    return "".join([*parts, text[position:]])

"""Text as it may be shown: one line, and nothing in it that a terminal would obey."""

from __future__ import annotations

TAB = 4


def visible(text: str) -> str:
    """Return the text with tabs as spaces and everything else that does not print replaced, a mark for each."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return " " * TAB
    if character.isprintable():
        return character
    if character < " ":
        return chr(0x2400 + ord(character))  # the pictures of control characters
    # Undecodable bytes of a path come as lone surrogates: the stream says how to write those.
    return character if "\ud800" <= character <= "\udfff" else "\ufffd"

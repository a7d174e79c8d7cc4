"""The door of every output: text as it may be shown, with nothing in it that a terminal or a build server would obey.

Names of files, models and keys, lines of source and messages are a stranger's.  ``visible`` makes one line of them;
``shown`` is the last thing that happens to whatever is written, however it came about.
"""

from __future__ import annotations

import re

TAB = 4
_COMMAND = re.compile(r"#(?=#\w*\[)")
"""How the runners of GitHub and Azure know a command, wherever it stands in a line."""
_COMMAND_AT_START = re.compile(r"\s*::\s*\w.*::")
"""The same at the beginning of a line."""
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


def shown(text: str, coloured: bool = False, commands: bool = False) -> str:
    """Return the lines of a text as they may be written: each visible, and none a command to a build server.

    ``coloured`` keeps the colours of a terminal, for text whose every part was visible before it was coloured;
    ``commands`` keeps what a line is if it is made to be a command.
    """
    return "\n".join(_line(line, coloured, commands) for line in text.split("\n"))


def _line(line: str, coloured: bool, commands: bool) -> str:
    if line.isprintable() and "#" not in line and ":" not in line:
        return line
    parts = _COLOUR.split(line) if coloured else [line]
    line = "".join(part if index % 2 else visible(part) for index, part in enumerate(parts))
    line = _COMMAND.sub("\ufffd", line)
    return f"./{line.lstrip()}" if not commands and _COMMAND_AT_START.match(line) else line


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

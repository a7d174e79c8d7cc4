"""Patterns as in .gitignore files, matched as git matches them: each entry of a folder for itself.

Libraries that match whole paths let ``!docs`` take back all below docs, whatever else ignores it; git does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "xdigit": "0-9a-fA-F",
}
_BRACKET = re.compile(r"\[(?P<not>[!^]?)(?P<body>\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]", re.DOTALL)
_MEMBER = re.compile(r"\[:(?P<name>[a-z]+):\]|\\?(?P<one>.)", re.DOTALL)
_TRAILING_SPACE = re.compile(r"(?<!\\)[ \t]+$")


class _NoPatternError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Pattern:
    regex: re.Pattern[str]
    keeps: bool
    folders_only: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one file, in its order."""

    patterns: tuple[_Pattern, ...]

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Return whether the path, relative and with slashes, is ignored; None when no pattern says anything.

        The folders above the path must have been asked before: nothing in an ignored folder can be taken back.
        """
        for pattern in reversed(self.patterns):
            if (is_folder or not pattern.folders_only) and pattern.regex.fullmatch(path):
                return not pattern.keeps
        return None


def compile_patterns(lines: Iterable[str]) -> Patterns:
    """Return the patterns in the lines; comments, blank lines and what is no pattern are left out."""
    return Patterns(tuple(pattern for line in lines if (pattern := _pattern(line)) is not None))


def _pattern(line: str) -> _Pattern | None:
    text = _TRAILING_SPACE.sub("", line)
    if not text or text.startswith("#"):
        return None
    keeps = text.startswith("!")
    text = text[1:] if keeps else text
    folders_only = text.endswith("/")
    text = text[:-1] if folders_only else text
    if not text:
        return None
    try:
        return _Pattern(re.compile(_path(text), re.DOTALL), keeps, folders_only)
    except (_NoPatternError, re.error):
        return None


def _path(text: str) -> str:
    """Return the regular expression for a whole relative path."""
    regex = "" if "/" in text else "(?:.*/)?"
    segments = text.removeprefix("/").split("/")
    last = len(segments) - 1
    for index, segment in enumerate(segments):
        if segment != "**":
            regex += _segment(segment) + ("/" if index < last else "")
        elif index == last:
            regex += ".+" if index else "[^/]*"
        elif index == 0 or segments[index - 1] != "**":
            regex += "(?:.*/)?"
    return regex


def _segment(text: str) -> str:
    regex = ""
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character == "*":
            while text.startswith("*", position):
                position += 1
            regex += "[^/]*"
        elif character == "?":
            regex += "[^/]"
        elif character == "[":
            bracket = _BRACKET.match(text, position - 1)
            if bracket is None:
                raise _NoPatternError
            regex += _members(bracket["body"], bool(bracket["not"]))
            position = bracket.end()
        elif character == "\\":
            if position == len(text):
                raise _NoPatternError
            regex += re.escape(text[position])
            position += 1
        else:
            regex += re.escape(character)
    return regex


def _members(body: str, excluded: bool) -> str:
    if not body:
        raise _NoPatternError
    members = ""
    for member in _MEMBER.finditer(body):
        if member["name"]:
            if member["name"] not in _CLASSES:
                raise _NoPatternError
            members += _CLASSES[member["name"]]
        elif member.group() == "-":
            members += "-"
        else:
            members += re.escape(member["one"])
    return f"[^/{members}]" if excluded else f"[{members}]"

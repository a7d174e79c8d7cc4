"""Patterns as in .gitignore files, matched as git matches them: each entry of a folder for itself.

Libraries that match whole paths let ``!docs`` take back all below docs, whatever else ignores it; git does not.  They
also leave ``*a*a*a*b`` to the backtracking of a regular expression, which takes for ever on a name made for it.  Here
the cost is that of the pattern times that of the path: what stands between two stars is looked for once, at its first
place, since a later one could match no more than that (as ``fnmatch`` does it in the standard library), and so are the
segments between two ``**``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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

MOST = 10_000
"""Patterns in one list: each entry of a folder is asked of all of them."""
LONGEST = 4096
"""Characters of a pattern; no path is longer."""


class _NoPatternError(Exception):
    pass


Segment = re.Pattern[str]
"""What one component of a path has to match."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern for the last component (``name``), or for all: stretches of segments with a ``**`` between each two."""

    name: Segment | None
    stretches: tuple[tuple[Segment, ...], ...]
    keeps: bool
    folders_only: bool

    def matches(self, components: Sequence[str]) -> bool:
        """Return whether a path matches; the pattern is known not to be wrong about folders."""
        if self.name is not None:
            return self.name.fullmatch(components[-1]) is not None
        first, *others = self.stretches
        if not others:
            return len(first) == len(components) and _begins(first, components, 0)
        if len(first) > len(components) or not _begins(first, components, 0):
            return False
        return self._rest_matches(others, components, len(first))

    def _rest_matches(self, stretches: Sequence[tuple[Segment, ...]], components: Sequence[str], start: int) -> bool:
        *between, last = stretches
        end = len(components) - max(len(last), 1)  # a ``**`` at the end stands for one component or more
        for stretch in between:
            places = range(start, end - len(stretch) + 1)
            found = next((place for place in places if _begins(stretch, components, place)), None)
            if found is None:
                return False
            start = found + len(stretch)
        return start <= end and (not last or _begins(last, components, end))


def _begins(stretch: Sequence[Segment], components: Sequence[str], start: int) -> bool:
    return all(segment.fullmatch(components[start + index]) for index, segment in enumerate(stretch))


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one file, in its order."""

    patterns: tuple[_Pattern, ...]

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Return whether the path, relative and with slashes, is ignored; None when no pattern says anything.

        The folders above the path must have been asked before: nothing in an ignored folder can be taken back.
        """
        components = path.split("/")
        for pattern in reversed(self.patterns):
            if (is_folder or not pattern.folders_only) and pattern.matches(components):
                return not pattern.keeps
        return None


def compile_patterns(lines: Iterable[str]) -> Patterns:
    """Return the patterns in the lines; comments, blank lines and what is no pattern are left out."""
    return Patterns(tuple(pattern for line in lines if (pattern := _pattern(line)) is not None))


def _pattern(line: str) -> _Pattern | None:
    text = _without_trailing_space(line)
    if not text or text.startswith("#") or len(text) > LONGEST:
        return None
    keeps = text.startswith("!")
    text = text[1:] if keeps else text
    folders_only = text.endswith("/")
    text = text[:-1] if folders_only else text
    if not text:
        return None
    try:
        if "/" not in text:
            return _Pattern(_segment(text), (), keeps, folders_only)
        return _Pattern(None, tuple(_stretches(text)), keeps, folders_only)
    except (_NoPatternError, re.error):
        return None


def _without_trailing_space(line: str) -> str:
    """Return the line without the white space at its end, of which a backslash keeps one."""
    text = line.rstrip(" \t")
    return line[: len(text) + 1] if text.endswith("\\") else text


def _stretches(text: str) -> Iterator[tuple[Segment, ...]]:
    stretch: list[Segment] = []
    previous = ""
    *segments, last = text.removeprefix("/").split("/")
    for segment in segments:
        if segment != "**":
            stretch.append(_segment(segment))
        elif previous != "**":
            yield tuple(stretch)
            stretch = []
        previous = segment
    if last != "**":
        yield (*stretch, _segment(last))
    elif not segments:
        yield (_segment("*"),)
    else:
        if previous != "**":
            yield tuple(stretch)
        yield ()


def _segment(text: str) -> Segment:
    """Return the regular expression for one component."""
    first, *others = _pieces(text)
    if not others:
        return re.compile(first, re.DOTALL)
    *between, last = others
    # The group is matched once and for all: this is what an atomic group is, which Python has from 3.11 on.
    atoms = (f"(?=(?P<g{index}>.*?{piece}))(?P=g{index})" for index, piece in enumerate(between))
    return re.compile(f"{first}{''.join(atoms)}.*{last}", re.DOTALL)


def _pieces(text: str) -> Iterator[str]:
    """Yield the regular expressions of what stands before, between and behind the stars; each has a fixed length."""
    regex = ""
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character == "*":
            while text.startswith("*", position):
                position += 1
            yield regex
            regex = ""
        elif character == "?":
            regex += "."
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
    yield regex


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
    return f"[^{members}]" if excluded else f"[{members}]"

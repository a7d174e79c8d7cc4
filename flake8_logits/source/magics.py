"""IPython's own syntax, masked: what remains parses as Python, with the same lines and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flake8_logits.source.decoding import universal_newlines

# Shell words that IPython runs without a mark; followed by a word they are never Python, unless it is an operator.
_SHELL = (
    r"(?:pip3?|conda|mamba|cd|ls|mkdir|rmdir|rm|cp|mv|cat|touch|wget|curl|git|apt|apt-get|gcloud|gsutil)[ \t]+"
    r"(?:-{1,2}\w[\w-]*[ \t]+)*(?!(?:in|is|and|or|not|if|else|for|as)\b)(?:[A-Za-z_~$]|\.[./])"
)
_WHOLE_LINE = re.compile(rf"[!%?]|[/,;](?=[^\W\d])|{_SHELL}")
_ANY = re.compile(rf"\?|=[ \t]*(?:[!%#]|$)|^[ \t\f]*(?:[!%]|[/,;][^\W\d]|{_SHELL})", re.MULTILINE)

# Line magics that run the statement after them, and their options.
_TIMED = re.compile(r"%(?:time|timeit|prun|memit|lprun|mprun)(?=[ \t])")
_OPTION = re.compile(r"[ \t]+(?:-[slTDfm][ \t]*\S+|-[nrpv][ \t]*\d+|--?[A-Za-z][\w-]*)")
_SIMPLE_STATEMENT = re.compile(r"[ \t]+(?!(?:for|while|if|with|def|class|try|async)\b)(?=[^\s!%?#])")

_INTERESTING = re.compile(r"['\"#()\[\]{}=?\\]")
_ASSIGNED = re.compile(r"=[ \t]*(?=[!%])")
_HELP_END = re.compile(r"[\w*)\]]\?\??$")
_UNFINISHED = re.compile(r"[\w \t)\]]=[ \t]*$")
_STRING_PARTS = {quote: re.compile(rf"\\.|{quote}") for quote in ("'", '"', "'''", '"""')}

# Stands for a value nobody can know, such as what course notebooks leave to fill in: `??`, or nothing after the `=`.
_GAP = "__"


def mask_magics(text: str) -> str:
    """Return the text with IPython's magics, shell escapes, help requests and gaps (``x = ??``) replaced by Python.

    The number of lines stays the same, and so does the column of everything that is Python.  Source that is Python
    already is returned as it is, apart from the ends of its lines, which are ``\\n``.
    """
    text = universal_newlines(text)
    if not _ANY.search(text):
        return text
    masked: list[str] = []
    reader = _Reader()
    swallowing = False
    for line in text.split("\n"):
        if swallowing:
            swallowing = line.endswith("\\")
            masked.append("")
            continue
        if reader.at_start:
            line, swallowing = _mask_start(line)
        begun = reader.at_start
        seen = reader.read(line)
        if seen.assigned is not None:
            swallowing = line.endswith("\\")
            line = line[: seen.assigned] + _GAP
        elif begun and reader.at_start and seen.gaps and _HELP_END.search(line[: seen.end].rstrip()):
            line = _indent(line) + "pass"
        elif begun and reader.at_start and _UNFINISHED.search(line[: seen.end]):
            line = f"{line[: seen.end].rstrip()} {_GAP}"
        else:
            line = _fill(line, seen.gaps)
        masked.append(line)
    return "\n".join(masked)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t\f"))]


def _mask_start(line: str) -> tuple[str, bool]:
    """Return the first line of a statement, masked if it is a magic, and whether it goes on after a backslash."""
    indent = _indent(line)
    body = line[len(indent) :]
    timed = _timed_statement(body)
    if timed is not None:
        # `0;` is a statement that does nothing and leaves the timed one where it is.
        return indent + "0;".ljust(timed) + body[timed:], False
    if _WHOLE_LINE.match(body):
        return indent + "pass", line.endswith("\\")
    return line, False


def _timed_statement(body: str) -> int | None:
    """Return where the statement begins that a magic such as ``%time`` runs; None without such a statement."""
    match = _TIMED.match(body)
    end = 0
    while match:  # not one expression: options and their values look alike, and backtracking would try all splits
        end = match.end()
        match = _OPTION.match(body, end)
    statement = _SIMPLE_STATEMENT.match(body, end) if end else None
    return statement.end() if statement else None


def _fill(line: str, gaps: list[int]) -> str:
    if not gaps:
        return line
    characters = list(line)
    for gap in gaps:
        characters[gap] = "_"
    return "".join(characters)


@dataclass(slots=True)
class _Seen:
    """What stands on one line outside strings: question marks, where the code ends, where a magic is assigned."""

    gaps: list[int]
    end: int
    assigned: int | None = None


@dataclass(slots=True)
class _Reader:
    """Knows, from line to line, whether a string, a bracket or a backslash is still open."""

    depth: int = 0
    quote: str = ""
    continued: bool = False

    @property
    def at_start(self) -> bool:
        """Whether the next line begins a statement."""
        return not (self.depth or self.quote or self.continued)

    def read(self, line: str) -> _Seen:
        """Return what stands on the line and move past it."""
        seen = _Seen([], len(line))
        whole = self.at_start
        self.continued = False
        position = 0
        while position < len(line):
            if self.quote:
                position = self._string(line, position)
                continue
            match = _INTERESTING.search(line, position)
            if match is None:
                break
            position = self._character(line, match, seen, whole)
        if len(self.quote) == 1 and not line.endswith("\\"):
            self.quote = ""  # never closed: an error in the source, or the apostrophe of stray text
        return seen

    def _character(self, line: str, match: re.Match[str], seen: _Seen, whole: bool) -> int:
        """Take note of what stands outside strings and return where to go on; ``whole``: a statement begins here."""
        character, position = match.group(), match.end()
        if character == "#":
            seen.end = match.start()
            return len(line)
        if character in "'\"":
            triple = character * 3
            self.quote = triple if line.startswith(triple, match.start()) else character
            return match.start() + len(self.quote)
        if character == "?":
            seen.gaps.append(match.start())
        elif character == "\\":
            self.continued = position == len(line)
        elif character == "=":
            assigned = _ASSIGNED.match(line, match.start()) if whole and not self.depth else None
            if assigned:
                seen.assigned = assigned.end()
                return len(line)
        else:
            self._bracket(character)
        return position

    def _string(self, line: str, position: int) -> int:
        part = _STRING_PARTS[self.quote].search(line, position)
        if part is None:
            return len(line)
        if part.group() == self.quote:
            self.quote = ""
        return part.end()

    def _bracket(self, character: str) -> None:
        if character in "([{":
            self.depth += 1
        elif self.depth:
            self.depth -= 1

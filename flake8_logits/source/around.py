"""Reading around statements that do not parse: in their place stands what is not known, and all lines stay.

Of what they name, what they may bind is not known afterwards: targets, and what has one of its methods called.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator

from flake8_logits.parser import parse
from flake8_logits.source.lexemes import COMMENT, STRING
from flake8_logits.source.nesting import TooDeep, check_nesting

MOST_STATEMENTS = 24
"""So often a text is read: one with as many statements that do not parse was written for another Python."""
MOST_CHARACTERS = 1_000_000
"""Of text, read as often as it is: a long one is given up sooner."""
UNKNOWN = "__"
"""A name that nobody binds."""

_NAME = r"[^\W\d]\w*"
_TOKEN = re.compile(
    rf"(?P<aside>{STRING}|{COMMENT})|(?P<name>{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)"
    r"|(?P<sign>[!<>=]=|[^\s\w]?=|[^\s\w]|\n)",
    re.DOTALL,
)
_IMPORTED = re.compile(r"^[ \t]*(?:from|import)\b(?P<names>.*)$", re.MULTILINE)
_HEADER = re.compile(r"(?:async|class|def|elif|else|except|finally|for|if|match|case|try|while|with)\b|@")
_DEFINITION = re.compile(rf"(?:async[ \t]+)?(?:def|class)[ \t]+{_NAME}|@")
_GOES_ON = re.compile(r"[)\]}]|(?:elif|else|except|finally)\b")
_BINDING = frozenset({"for", "import", "as", "del", "global", "nonlocal"})
_OPENING = ("(", "[", "{")
_CLOSING = (")", "]", "}")
_COMPARISONS = frozenset({"==", "!=", "<=", ">="})
_TAKEN = frozenset([*keyword.kwlist, *dir(builtins)])


def read_around(text: str) -> str | None:
    """The text without the statements that do not parse, line by line as it was; None where that leaves no program."""
    around = _Around(text)
    for _ in range(min(MOST_STATEMENTS, MOST_CHARACTERS // (len(text) + 1))):
        try:
            check_nesting(around.text)
            parse(around.text)
        except SyntaxError as error:
            if not around.mask((error.lineno or 1) - 1):
                return None
        except (TooDeep, ValueError, RecursionError, MemoryError):
            return None
        else:
            return around.text
    return None


class _Around:
    """The lines of a text, some of which are masked."""

    def __init__(self, text: str) -> None:
        self._original = text.split("\n")
        self._lines = list(self._original)
        self._masked: set[int] = set()
        self._opened = [0] * len(self._lines)
        """How many brackets each line opens and leaves open, or less than none."""
        self._inside: set[int] = set()
        """Lines that begin within a string."""
        self._scan(text)
        roots = (re.findall(_NAME, match["names"]) for match in _IMPORTED.finditer(text))
        self._imported = frozenset(name for names in roots for name in names)

    def _scan(self, text: str) -> None:
        line = 0
        end = 0
        for match in _TOKEN.finditer(text):
            line += text.count("\n", end, match.start())
            inner = match.group().count("\n")
            self._inside.update(range(line + 1, line + inner + 1) if match["aside"] else ())
            self._opened[line] += (match["sign"] or "") in _OPENING
            self._opened[line] -= (match["sign"] or "") in _CLOSING
            line += inner
            end = match.end()

    @property
    def text(self) -> str:
        """The lines as they are by now."""
        return "\n".join(self._lines)

    def mask(self, line: int) -> bool:
        """Mask the statement that a line is of, or, if it was, all around it; False where that was done, too."""
        line = min(line, len(self._lines) - 1)
        block = self._block(line)
        for stretch in (self._statement(line, block), block):
            if not self._masked.issuperset(stretch):
                self._replace(stretch)
                return True
        return False

    def _replace(self, stretch: range) -> None:
        text = "\n".join(self._original[index] for index in stretch)
        bound = " = ".join(sorted(_bound(text, self._imported)))
        indent = _indent(self._original[stretch.start])
        self._lines[stretch.start] = indent + (f"{bound} = {UNKNOWN}" if bound else "pass")
        for index in stretch[1:]:
            self._lines[index] = ""
        self._masked.update(stretch)

    def _block(self, line: int) -> range:
        """The lines of the module's statement that a line is of."""
        start = next((index for index in range(line, -1, -1) if self._begins(index, "")), 0)
        after = range(max(start, line) + 1, len(self._lines))
        return range(start, next((index for index in after if self._begins(index, "")), len(self._lines)))

    def _begins(self, index: int, indent: str) -> bool:
        """Whether a statement begins on a line, as far as its indentation tells: no deeper than ``indent``."""
        line = self._original[index]
        inner = line.lstrip(" \t\f")
        deeper = len(line) - len(inner) > len(indent)
        return (
            bool(inner)
            and index not in self._inside
            and not deeper
            and inner[0] != "#"
            and _GOES_ON.match(inner) is None
        )

    def _statement(self, line: int, block: range) -> range:
        """The lines of the innermost statement that a line is of, with the block that it heads."""
        start, end = self._logical_line(line, block)
        indent = _indent(self._original[start])
        if _HEADER.match(self._original[start].lstrip()):
            after = (index for index in range(end, block.stop) if self._original[index].strip())
            end = next((index for index in after if len(_indent(self._original[index])) <= len(indent)), block.stop)
        return range(start, end)

    def _logical_line(self, line: int, block: range) -> tuple[int, int]:
        """Where the logical line of a line begins and ends; brackets that stay open end with the indentation."""
        start = block.start
        while start <= line:
            end = self._end(start, block.stop)
            if end > line:
                return start, end
            start = end
        return line, line + 1

    def _end(self, start: int, stop: int) -> int:
        depth = 0
        for index in range(start, stop):
            depth += self._opened[index]
            if depth <= 0 and index + 1 not in self._inside and not self._original[index].endswith("\\"):
                return index + 1
        indent = _indent(self._original[start])
        return next((index for index in range(start + 1, stop) if self._begins(index, indent)), stop)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t\f"))]


def _bound(text: str, imported: frozenset[str]) -> set[str]:
    """What a text that is no Python may bind, once it is some."""
    indent = _indent(text)
    if _DEFINITION.match(text[len(indent) :]):
        return set(re.findall(rf"^{indent}(?:async[ \t]+)?(?:def|class)[ \t]+({_NAME})", text, re.MULTILINE))
    found = {*_targets(text), *_changed(text, imported)}
    return {name for name in found if all(part.isidentifier() and part not in _TAKEN for part in name.split("."))}


def _targets(text: str) -> Iterator[str]:
    """Yield names and attributes that stand in front of a ``=`` outside of brackets, or behind a word that binds."""
    depth = 0
    seen: list[str] = []
    binds = False
    for name, sign in _names_and_signs(text):
        if name:
            binds = name in _BINDING or (binds and not keyword.iskeyword(name))
            seen.append(name)
            yield from (name,) if binds else ()
            continue
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign.endswith("=") and sign not in _COMPARISONS and depth <= 0:
            yield from seen
        binds = binds and sign == ","
        if sign == "\n" and not depth:
            seen.clear()


def _changed(text: str, imported: frozenset[str]) -> Iterator[str]:
    """Yield what has one of its methods called."""
    before = ""
    for name, sign in _names_and_signs(text):
        owner = before.rpartition(".")[0]
        if sign == "(" and owner and owner not in ("self", "cls") and owner.split(".")[0] not in imported:
            yield owner
        before = name


def _names_and_signs(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        if not match["aside"]:
            yield re.sub(r"\s", "", match["name"] or ""), match["sign"] or ""

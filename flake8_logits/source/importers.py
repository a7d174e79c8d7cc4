"""Which files of a project import a module, read off their import statements; nothing of them is parsed.

A function of a module that only other files call is judged with what they give it, and this says which they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flake8_logits.source.discovery import find_files
from flake8_logits.source.documents import documents_of
from flake8_logits.source.reading import read_bytes, unsaved

Find = Callable[[str, str, int], "str | None"]
"""The path of the module that an import names: who imports, the dotted name, the level."""

MOST_FILES = 5_000
"""A project with more files is not searched for callers."""
MOST_CALLERS = 12
"""With more, all that arrives cannot be known at a price that anybody would pay."""

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[.\w]+)[ \t]+import[ \t]*(?P<names>\([^)]*\)|[^\n#;]*)"
    r"|import[ \t]+(?P<modules>[^\n#;]+))",
    re.MULTILINE,
)
_DEFINITION = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """An import as far as it tells what is imported: ``names`` is None for ``import a.b``, ``*`` among them for all."""

    module: str
    level: int
    names: tuple[str, ...] | None

    @property
    def asked(self) -> list[str]:
        """The dotted names of all modules that may be meant."""
        below = (f"{self.module}.{name}".lstrip(".") for name in self.names or () if name != "*")
        return [self.module, *below]

    @property
    def last(self) -> set[str]:
        """The last parts of what may be a module of the project."""
        return {self.module.rpartition(".")[2], *(self.names or ())}


def importers(root: str, path: str, names: Sequence[str], find: Find, largest: int) -> tuple[str, ...] | None:
    """The files below ``root`` that import the module at a path and mention one of the names, and their callers.

    They are in the order of their paths; None where there are too many files to search, or too many such.  ``find``
    tells where an imported module stands; files of more than ``largest`` bytes are not read.
    """
    files = _files(root)
    if len(files) > MOST_FILES:
        return None
    found: set[str] = set()
    waiting = [(path, frozenset(names))]
    while waiting:
        module, wanted = waiting.pop()
        mentions = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b")
        for file in files:
            if file == path or file in found or not _imports(file, module, mentions, find, largest):
                continue
            if len(found) == MOST_CALLERS:
                return None
            found.add(file)
            waiting.append((file, wanted | _definitions(text_of(file, largest), mentions)))
    return tuple(sorted(found))


def forget_files() -> None:
    """Have the folders of projects listed anew: a process that lives long calls this when files come or go."""
    _files.cache_clear()


@lru_cache(maxsize=16)
def _files(root: str) -> tuple[str, ...]:
    found: list[str] = []
    for file in find_files([root]):
        if len(found) > MOST_FILES:
            break
        found.append(os.path.abspath(file))
    return tuple(found)


def may_import(text: str, modules: Iterable[str]) -> bool:
    """Whether imports of a text may lead to the modules at some paths, by their names alone: nothing is looked for."""
    tails = {_tail(module) for module in modules}
    return any(one.level or not tails.isdisjoint(one.last) for one in _statements(text))


def _tail(module: str) -> str:
    """The last part of a module's dotted name."""
    tail = os.path.splitext(os.path.basename(module))[0]
    return os.path.basename(os.path.dirname(module)) if tail == "__init__" else tail


def _imports(file: str, module: str, mentions: re.Pattern[str], find: Find, largest: int) -> bool:
    """Whether a file imports a module and mentions one of the names, or takes all names of the module."""
    tail = _tail(module)
    near = [one for one in imports_of(file, largest) if tail in one.last or one.level]
    leading = [one for one in near if _leads_to(one, file, module, find)]
    if any("*" in (one.names or ()) for one in leading):
        return True
    return bool(leading) and mentions.search(text_of(file, largest)) is not None


def _leads_to(statement: Statement, file: str, module: str, find: Find) -> bool:
    return any(find(file, dotted, statement.level) == module for dotted in statement.asked)


def _definitions(text: str, mentions: re.Pattern[str]) -> set[str]:
    """The names of the functions and classes of a module that mention one of the names."""
    found: set[str] = set()
    end = len(text)
    for start in reversed(list(_DEFINITION.finditer(text))):
        if mentions.search(text, start.end(), end) is not None:
            found.add(start[1])
        end = start.start()
    return found


def imports_of(file: str, largest: int) -> tuple[Statement, ...]:
    """The imports of a file as it is now; none of one that cannot be read."""
    try:
        if unsaved(file) is not None:
            return tuple(_statements(text_of(file, largest)))
        status = os.stat(file)
        return _imports_once(file, largest, (status.st_mtime_ns, status.st_size))
    except (OSError, ValueError):
        return ()


def text_of(file: str, largest: int) -> str:
    """The text of a file as it is now, of all cells of a notebook; empty for one that cannot be read."""
    try:
        data = read_bytes(file, largest)
    except (OSError, ValueError):
        return ""
    return "\n".join(unit.text for document in documents_of(file, data) for unit in document.units)


@lru_cache(maxsize=MOST_FILES)
def _imports_once(file: str, largest: int, state: tuple[int, int]) -> tuple[Statement, ...]:
    """The imports of a file in that state (when it was changed, its size)."""
    return tuple(_statements(text_of(file, largest)))


def _statements(text: str) -> Iterator[Statement]:
    for match in _IMPORT.finditer(text):
        if match["module"] is None:
            for part in match["modules"].split(","):
                yield Statement(_name(part), 0, None)
            continue
        module = match["module"].lstrip(".")
        names = _COMMENT.sub("", match["names"]).strip("()").replace("\\", " ").split(",")
        yield Statement(module, len(match["module"]) - len(module), tuple(filter(None, map(_name, names))))


def _name(part: str) -> str:
    """What ``a.b as c`` imports."""
    words = part.split()
    return words[0] if words else ""

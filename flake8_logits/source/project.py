"""The other files of a project: found from a file's place, read once per process, never run, none from outside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain

from flake8_logits.domain.sizes import MOST_TOKENS
from flake8_logits.source import importers
from flake8_logits.source.documents import documents_of
from flake8_logits.source.lexemes import count_tokens
from flake8_logits.source.newest import for_the_newest
from flake8_logits.source.reading import read_bytes, unsaved
from flake8_logits.source.search_path import added_folders
from flake8_logits.source.syntax import Statement
from flake8_logits.source.trees import is_quick, keeping_parts, read_to_keep, reading_quickly

MARKERS = (".git", "pyproject.toml", "setup.py", "setup.cfg", ".hg")
"""A folder that holds one of these is the root of a project."""
LARGEST = 1_000_000
"""Bytes; a larger module is data, not a model."""
MOST_MODULES = 4
"""So many times as much as one program may have, all modules that it imports may have together."""
MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project: where it stands, its statements, its length in lines and its text."""

    path: str
    body: Sequence[Statement]
    lines: int
    text: str = ""


class Project:
    """Finds and reads the modules that one file imports."""

    def __init__(self, path: str) -> None:
        """``path`` is the file being checked; its folder and those above it up to the project's root are searched."""
        self.path = os.path.abspath(path)
        self.root = root_of(os.path.dirname(self.path))
        self._tokens = 0
        self._looked_for: dict[tuple[str, bool], str | None] = {}
        """Where there is a module for what might be the path of one; files come and go between two analyses alone."""

    def find(self, importer: str, dotted: str, level: int) -> str | None:
        """The path of the module (or package folder) that an import names; None if it is not the project's."""
        here = os.path.dirname(os.path.abspath(importer)) if not os.path.isdir(importer) else os.path.abspath(importer)
        parts = [part for part in dotted.split(".") if part]
        if level:
            for _ in range(level - 1):
                here = os.path.dirname(here)
            return self._within(here, parts)
        if not parts:
            return None
        scripts = dict.fromkeys((os.path.abspath(importer), self.path))
        added = (folder for script in scripts for folder in added_by(script))
        found = (self._within(base, parts) for base in chain(self._bases(here), added))
        return next((path for path in found if path is not None), None)

    def _bases(self, here: str) -> list[str]:
        """Nearest first: a script's own folder, then those above it, then ``src``."""
        bases = [here]
        while here != self.root and os.path.dirname(here) != here and here.startswith(self.root):
            here = os.path.dirname(here)
            bases.append(here)
        bases.append(os.path.join(self.root, "src"))
        return bases

    def _within(self, base: str, parts: list[str]) -> str | None:
        stem = os.path.join(base, *parts)
        asked = (stem, not parts)
        if asked not in self._looked_for:
            self._looked_for[asked] = self._module_at(*asked)
        return self._looked_for[asked]

    def _module_at(self, stem: str, is_folder: bool) -> str | None:
        if "site-packages" in stem:
            return None
        found = stem + ".py"
        if is_folder or not os.path.isfile(found):
            found = os.path.join(stem, "__init__.py")
        if not os.path.isfile(found):
            # A folder alone is a package, too; it has nothing but its modules.
            found = stem
            if not os.path.isdir(stem) or (not is_folder and stem == self.root):
                return None
        # A link may stand within the project and lead out of it.
        return found if leads_into(found, self.root) else None

    def callers(self, path: str, names: Sequence[str]) -> tuple[str, ...] | None:
        """The other files of the project that import the module at a path and mention one of the names.

        None where there are too many to be looked at.
        """
        return importers.importers(self.root, os.path.abspath(path), names, partial(Project.find, self), LARGEST)

    def read(self, path: str) -> Module | None:
        """The module at a path; None if it cannot be read or parsed.  A bare folder is a package without statements."""
        if os.path.isdir(path):
            return Module(path, (), 0)
        try:
            data = read_bytes(path, LARGEST)
        except (OSError, ValueError):
            return None
        tokens = _tokens(path, data)
        if self._tokens + tokens > MOST_TOKENS * MOST_MODULES:
            return None
        self._tokens += tokens
        return _parse(path, data, is_quick()) if tokens <= MOST_TOKENS else None


@for_the_newest
def _tokens(path: str, data: bytes) -> int:
    """How many tokens a module has; 0 for what is no text, which nobody parses."""
    return sum(count_tokens(unit.text) for document in documents_of(path, data) for unit in document.units)


@for_the_newest
def _parse(path: str, data: bytes, quick: bool) -> Module | None:
    """The module in these bytes; ``quick``, which is part of what is kept, says how ``read`` goes about it."""
    documents = documents_of(path, data)
    with reading_quickly(quick), keeping_parts(None):
        trees = [read_to_keep(unit) for document in documents for unit in document.units]
    if any(document.problems for document in documents) or any(tree.problem for tree in trees):
        return None
    text = "\n".join(document.text for document in documents)
    return Module(path, [statement for tree in trees for statement in tree.body], text.count("\n") + 1, text)


def added_by(path: str) -> Sequence[str]:
    """The folders that the program in a file, as it is now, adds to those that are searched for modules."""
    try:
        if unsaved(path) is not None:
            return added_folders(path, importers.text_of(path, LARGEST))
        status = os.stat(path)
        return _added_once(path, (status.st_mtime_ns, status.st_size))
    except (OSError, ValueError):
        return ()


@lru_cache(maxsize=MOST_KEPT)
def _added_once(path: str, state: tuple[int, int]) -> Sequence[str]:
    """The folders that a file in that state (when it was changed, its size) adds."""
    return added_folders(path, importers.text_of(path, LARGEST))


@lru_cache(maxsize=MOST_KEPT)
def root_of(folder: str) -> str:
    """The project's root above a folder: where a marker stands, else above the outermost package, else the folder."""
    current = folder
    while True:
        if any(os.path.exists(os.path.join(current, marker)) for marker in MARKERS):
            return current
        above = os.path.dirname(current)
        if above == current:
            break
        current = above
    current = folder
    while os.path.isfile(os.path.join(current, "__init__.py")) and os.path.dirname(current) != current:
        current = os.path.dirname(current)
    return current


def forget_files() -> None:
    """Look for folders and files anew: a process that lives long calls this when they may have come or gone."""
    root_of.cache_clear()
    importers.forget_files()


def leads_into(path: str, folder: str) -> bool:
    """Whether a path is a folder or leads to what is in it, wherever links on the way lead."""
    inside = os.path.join(os.path.realpath(folder), "")
    return os.path.join(os.path.realpath(path), "").startswith(inside)

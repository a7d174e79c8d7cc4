"""A project that remembers what it was asked: whoever asks the same again can see whether the answers still hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flake8_logits.source.project import LARGEST, Module, Project
from flake8_logits.source.reading import read_bytes

MOST_ANSWERS = 10_000
MOST_CONTENTS = 5_000
MOST_CALLERS = 100
"""Questions for callers: there is one for each program of a file."""
MOST_NAMES = 10_000
LONGEST = 4096
"""Characters of a path or a dotted name, and levels of an import."""


@dataclass(frozen=True)
class Witnessed:
    """What an analysis learnt of a project: its root, where modules were found or not found, what was in those read.

    ``answers`` are: who imports, what, on which level, and where it was found (None: nowhere); ``callers`` are: whose
    callers, by which names, and who they are (None: too many).
    """

    root: str
    answers: tuple[tuple[str, str, int, str | None], ...] = ()
    contents: tuple[tuple[str, str | None], ...] = ()
    callers: tuple[tuple[str, tuple[str, ...], tuple[str, ...] | None], ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a file's project would still answer the same.

        A stranger may have written down what was witnessed: what would take long to ask does not hold.
        """
        project = Project(path)
        return (
            project.root == self.root
            and self._is_soon_asked()
            and all(project.find(importer, dotted, level) == found for importer, dotted, level, found in self.answers)
            and all(content_mark(there) == mark for there, mark in self.contents)
            and all(project.callers(module, names) == found for module, names, found in self.callers)
        )

    def _is_soon_asked(self) -> bool:
        inside = os.path.join(self.root, "")
        paths = {there for there, _ in self.contents}
        texts = [text for importer, dotted, _, _ in self.answers for text in (importer, dotted)]
        return (
            len(self.answers) <= MOST_ANSWERS
            and len(self.contents) == len(paths) <= MOST_CONTENTS
            and len(self.callers) <= MOST_CALLERS
            and sum(len(names) for _, names, _ in self.callers) <= MOST_NAMES
            and all(level <= LONGEST for _, _, level, _ in self.answers)
            and all(len(text) <= LONGEST for text in (*texts, *paths))
            and all(there.startswith(inside) for there in paths)
        )


class WatchedProject(Project):
    """A project whose every answer is remembered: ``find``, ``read`` and ``callers`` are all an analysis can ask."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._answers: dict[tuple[str, str, int], str | None] = {}
        self._contents: dict[str, str | None] = {}
        self._callers: dict[tuple[str, tuple[str, ...]], tuple[str, ...] | None] = {}

    @property
    def witnessed(self) -> Witnessed:
        """What was asked so far, with the answers."""
        answers = tuple((*asked, found) for asked, found in self._answers.items())
        callers = tuple((*asked, found) for asked, found in self._callers.items())
        return Witnessed(self.root, answers, tuple(self._contents.items()), callers)

    def find(self, importer: str, dotted: str, level: int) -> str | None:
        found = super().find(importer, dotted, level)
        self._answers[importer, dotted, level] = found
        return found

    def callers(self, path: str, names: Sequence[str]) -> tuple[str, ...] | None:
        found = super().callers(path, names)
        self._callers[path, tuple(names)] = found
        return found

    def read(self, path: str) -> Module | None:
        # Before it is read: should it change meanwhile, this is not its mark any more.
        self._contents[path] = content_mark(path)
        return super().read(path)


_WATCHED: ContextVar[list[WatchedProject] | None] = ContextVar("watched", default=None)


@contextmanager
def watching() -> Iterator[list[WatchedProject]]:
    """Within this, ``project_of`` gives projects that remember; the list holds all that it gave."""
    found: list[WatchedProject] = []
    token = _WATCHED.set(found)
    try:
        yield found
    finally:
        _WATCHED.reset(token)


def project_of(path: str) -> Project:
    """The project that a file belongs to."""
    watched = _WATCHED.get()
    if watched is None:
        return Project(path)
    watched.append(WatchedProject(path))
    return watched[-1]


def content_mark(path: str) -> str | None:
    """A mark of what is in a file; None for what cannot be read, or is larger than any module."""
    try:
        return hashlib.sha256(read_bytes(path, LARGEST)).hexdigest()
    except (OSError, ValueError):
        return None

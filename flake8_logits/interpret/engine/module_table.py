"""The modules of the project that were needed, each with the scope that it was run in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.slots import Name
from flake8_logits.interpret.abstract.values import Lazy, Value
from flake8_logits.source import syntax as ir

MOST_MODULES = 40

MOST_LINES = 40_000


class Source(Protocol):
    """A module that was read."""

    @property
    def body(self) -> ir.Block: ...

    @property
    def lines(self) -> int: ...


class Loader(Protocol):
    """Finds and reads the modules of a project."""

    def find(self, importer: str, dotted: str, level: int) -> str | None:
        """Where a module stands that a file imports; None if it is not one of the project."""

    def read(self, path: str) -> Source | None:
        """The module at a path; None if it cannot be read."""


@dataclass
class ModuleTable:
    """The modules of a project as far as they were needed; ``scopes`` by path, None for one that cannot be read."""

    loader: Loader
    scopes: dict[str, Scope | None]
    lines: int = 0
    resolving: dict[Lazy, bool] = field(default_factory=dict)
    """Names that are being looked up just now: modules that have a name from each other end here."""
    left: dict[str, dict[Name, Value | None]] = field(default_factory=dict)
    """What the names of each module stood for when it had been run."""
    too_dear: set[str] = field(default_factory=set)
    """The modules that were not run to their end, for what they would cost."""

    @property
    def full(self) -> bool:
        """Whether no further module is read."""
        return len(self.scopes) >= MOST_MODULES or self.lines > MOST_LINES

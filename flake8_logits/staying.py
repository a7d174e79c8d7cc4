"""What a process that stays keeps of the programs that it analyses again and again, as a server for an editor does."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flake8_logits.knowledge.settings import Settings
from flake8_logits.source.documents import Document
from flake8_logits.source.kept_parts import KeptParts
from flake8_logits.turns import Turn

if TYPE_CHECKING:
    from flake8_logits.interpret.engine.steps import Memory

MOST_PROGRAMS = 8
"""So many are kept: what somebody works on.  One takes about as much memory as an analysis of it."""

_STAYS: ContextVar[bool] = ContextVar("stays", default=False)


class KeptProgram:
    """What is kept of one program: the parts of its text, and what its last run did."""

    def __init__(self) -> None:
        self.parts: KeptParts[Any] = KeptParts()
        self._asked: object = None
        self._memory: Memory | None = None

    def memory(self, path: str, settings: Settings, follow_imports: bool, asks: bool) -> Memory:
        """The memory of runs of which this was asked; nothing is known of one that was asked for something else."""
        # Here, because the interpreter is slow to import and most files are not worth analysing.
        from flake8_logits.interpret.engine.steps import Memory

        asked = (settings, follow_imports, asks)
        if self._memory is None or asked != self._asked:
            self._asked, self._memory = asked, Memory(os.path.abspath(path))
        return self._memory


class _Programs:
    """The programs that were analysed last; one that is being analysed is nobody else's meanwhile."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], KeptProgram] = OrderedDict()
        self._turn = Turn()

    def take(self, key: tuple[str, str]) -> KeptProgram:
        with self._turn:
            return self._kept.pop(key, None) or KeptProgram()

    def put(self, key: tuple[str, str], program: KeptProgram) -> None:
        with self._turn:
            self._kept[key] = program
            while len(self._kept) > MOST_PROGRAMS:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._turn:
            self._kept.clear()


PROGRAMS = _Programs()
"""Of the whole process."""


@contextmanager
def staying() -> Iterator[None]:
    """Within this, analyses are kept: the next one of the same file does again only what an edit has changed."""
    token = _STAYS.set(True)
    try:
        yield
    finally:
        _STAYS.reset(token)


@contextmanager
def kept_program(document: Document) -> Iterator[KeptProgram | None]:
    """What is kept of a document, as long as this lasts; None in a process that does not stay."""
    if not _STAYS.get():
        yield None
        return
    key = (os.path.abspath(document.path), document.name)
    program = PROGRAMS.take(key)
    try:
        yield program
    finally:
        program.parts.turn()
        PROGRAMS.put(key, program)

"""How much may be spent on one program.  Every limit ends in an Unknown that bears its name."""

from __future__ import annotations

from flake8_logits.source import syntax as ir

MOST_STATEMENTS_PER_LINE = 12
LEAST_STATEMENTS = 8_000
DEEPEST_CALL = 14
DEEPEST_RECURSION = 4
MOST_CALLS_OF_ONE = 80
MOST_ALONE = 2_500
"""Statements for one function that nobody calls: one tangled function must not starve the rest of the file."""
MOST_TURNS = 16
"""Loops over a longer literal are run as loops of unknown length."""
MOST_ROUNDS = 5
"""So often a loop of unknown length is run until nothing new comes; mostly two rounds are enough."""
MOST_ITEMS = 2048
"""Values that one list, tuple or dict may hold, those inside its tuples too: ``a = a + a`` in a row would fill any
memory, and ``a = (a, a)`` take for ever to compare."""


class Budget:
    """Counts what one run has spent."""

    def __init__(self, lines: int) -> None:
        self.whole = max(LEAST_STATEMENTS, lines * MOST_STATEMENTS_PER_LINE)
        """What there was to begin with."""
        self.left = self.whole
        self.stack: list[ir.Node] = []
        self._calls: dict[ir.Node, int] = {}

    @property
    def spent(self) -> bool:
        """Whether nothing more may be executed."""
        return self.left <= 0

    def grow(self, lines: int) -> None:
        """Allow for a module that is read besides."""
        self.left += lines * MOST_STATEMENTS_PER_LINE

    def allow(self, statements: int) -> int:
        """Keep back all but so many statements; what is kept back is given to ``restore`` later."""
        kept = max(self.left - statements, 0)
        self.left -= kept
        return kept

    def restore(self, kept: int) -> None:
        self.left = max(self.left, 0) + kept

    def statement(self) -> None:
        self.left -= 1

    def called(self, node: ir.Node) -> int:
        """How often a function was entered so far."""
        return self._calls.get(node, 0)

    def enter(self, node: ir.Node) -> None:
        self._calls[node] = self._calls.get(node, 0) + 1
        self.stack.append(node)

    def leave(self) -> None:
        self.stack.pop()

"""How much may be spent on one program.  Every limit ends in an Unknown that bears its name."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_logits.source import syntax as ir

MOST_STATEMENTS_PER_LINE = 12

LESS_WITHOUT_A_LOSS = 4
"""By so much less is allowed to a file that names no loss: only its activations can be at fault."""

MOST_PER_IMPORTED_LINE = 4
"""Importing a module runs its definitions; what is called of them is paid for by the file."""

LEAST_STATEMENTS = 12_000

DEEPEST_CALL = 14

DEEPEST_RECURSION = 4

DEEPEST_PART = 24
"""Models within models; Python's own stack would not bear many more."""

MOST_CALLS_OF_ONE = 400

MOST_DEAR_CALLS, DEAR = 80, 1_600
"""A function that has cost so many statements, with all that it calls, is called less often: deep networks call the
helper that makes a block some hundred times."""

MOST_UNCALLED = 2_500
"""Statements for one function that nobody calls: one tangled function must not starve the rest of the file."""

MOST_FOR_THE_FIRST = 6_000
"""Statements for the first function that needs more than that."""

MOST_TURNS = 16
"""Loops over a longer literal are run as loops of unknown length."""

MOST_ROUNDS = 5
"""So often a loop of unknown length is run until nothing new comes; mostly two rounds are enough."""

MOST_ITEMS = 2048
"""Values that one list, tuple or dict may hold, those inside its tuples too: ``a = a + a`` in a row would fill any
memory, and ``a = (a, a)`` take for ever to compare."""


class Budget:
    """Counts what one run has spent, of what a program of so many ``lines`` is worth.

    ``asks`` says that it may hold a loss or a metric.  Without, there is little to be found.
    """

    def __init__(self, lines: int, asks: bool = True) -> None:
        self._divisor = 1 if asks else LESS_WITHOUT_A_LOSS
        self.whole = max(LEAST_STATEMENTS, lines * MOST_STATEMENTS_PER_LINE) // self._divisor
        """What there was to begin with."""
        self.left = self.whole
        self._calls: dict[ir.Node, int] = {}
        self._costs: dict[ir.Node, int] = {}
        self._share = 0
        self._spent_on_the_first = False
        self._endless: set[ir.Node] = set()

    @property
    def spent(self) -> bool:
        """Whether nothing more may be executed."""
        return self.left <= 0

    def grow(self, lines: int) -> None:
        """Allow for a module that is read besides."""
        self.left += lines * MOST_PER_IMPORTED_LINE // self._divisor

    def allow_uncalled(self) -> int:
        """Keep back all but the share of one function; what is kept back is given to ``restore`` later."""
        share = MOST_UNCALLED if self._spent_on_the_first else MOST_FOR_THE_FIRST
        kept = max(self.left - share, 0)
        self.left -= kept
        self._share = self.left
        return kept

    def restore(self, kept: int) -> None:
        """Give back what was kept."""
        self._spent_on_the_first |= self._share - self.left > MOST_UNCALLED
        self.left = max(self.left, 0) + kept
        self._share = 0

    def statement(self) -> bool:
        """Pay for one statement; whether that was the last one of a share (see ``exhausted``)."""
        self.left -= 1
        return self.left == 0 and self._share > 0

    def exhausted(self, running: Iterable[tuple[ir.Node, int]]) -> None:
        """A share is spent: these functions were running, each with what was left when it began."""
        self._endless.update(node for node, left in running if 2 * left > self._share)

    def called_enough(self, node: ir.Node) -> bool:
        """Whether a function was entered so often that it is not entered again."""
        calls = self._calls.get(node, 0)
        if node in self._endless:
            # It has filled more than half of a share: another would be lost to it as well, and with as little gain.
            return True
        return calls >= MOST_CALLS_OF_ONE or (calls >= MOST_DEAR_CALLS and self._costs.get(node, 0) >= DEAR)

    def enter(self, node: ir.Node) -> int:
        """Count a call of a function; what is left as it begins."""
        self._calls[node] = self._calls.get(node, 0) + 1
        return self.left

    def leave(self, node: ir.Node, began: int) -> None:
        """A call of a function that began with so much has ended."""
        self._costs[node] = self._costs.get(node, 0) + max(began - self.left, 0)

"""How much may be spent on one program.  Every limit ends in an Unknown that bears its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flake8_logits.source import syntax as ir

MOST_STATEMENTS_PER_LINE = 12

LESS_WITHOUT_A_LOSS = 4
"""By so much less is allowed to a file that names no loss: only its activations can be at fault."""

MOST_PER_IMPORTED_LINE = 4

LEAST_FOR_MODULES = 2_000
"""Importing a module runs its definitions: so much in all, and some for each line of it."""

MOST_IN_OTHER_FILES = 5_000
"""Statements in all calls of functions that stand in other files of the project."""

MOST_IN_OTHER_FILES_UNCALLED = 500
"""Of these, for one function that nobody calls: of what it hands over little is known."""

THRIFTY_PER_IMPORTED_LINE, THRIFTY_FOR_MODULES, THRIFTY_IN_OTHER_FILES = 1, 500, 500
"""What there is for other files where the file does not look as if it had a part in what is met in them."""

THRIFTY_IN_A_CALL = 125
"""Of these, for one call where the file may hand what one of them makes to another: what reads the data must not starve
what builds the model."""

GENEROUS_IN_OTHER_FILES, GENEROUS_IN_OTHER_FILES_UNCALLED = 60_000, 10_000
"""What there is for other files where nothing less was enough, and somebody waits for the whole answer."""

LEAST_STATEMENTS = 12_000

DEEPEST_CALL = 40

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

KEPT_FOR_A_FUNCTION = 64
"""Statements that nothing else can spend, for each function that is run by itself, besides some for each of its own."""

KEPT_PER_LINE = 3
"""Statements for each line of a file that only its own top level can spend."""

MOST_TURNS = 16
"""Loops over a longer literal are run as loops of unknown length."""

MOST_ROUNDS = 5
"""So often a loop of unknown length is run until nothing new comes; mostly two rounds are enough."""

MOST_ITEMS = 2048
"""Values that one list, tuple or dict may hold, those inside its tuples too: ``a = a + a`` in a row would fill any
memory, and ``a = (a, a)`` take for ever to compare."""


class _Account:
    """Statements that may still be run at somebody's expense."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


@dataclass(frozen=True, slots=True)
class Call:
    """A call being run: how much had been spent in all when it began, who paid until then, what it may not spend."""

    began: int
    account: _Account
    depth: int
    withheld: int = 0


class Cost:
    """What a part of a run has cost, account by account, and whether it met a limit or came to a reserve."""

    __slots__ = (
        "_began", "allowed", "calls", "costs", "entered", "followed", "left_out", "limited", "modules", "other_files",
        "own", "read", "refused", "used",
    )  # fmt: skip

    def __init__(self) -> None:
        self._began: tuple[int, ...] = ()
        self.limited = False
        """Whether it hangs on how much was left."""
        self.allowed: set[ir.Node] = set()
        self.refused: set[ir.Node] = set()
        """The functions that had been called often enough, and those that had not."""
        self.followed = False
        self.left_out = False
        """Whether calls into other files were followed, or not for what they cost."""
        self.calls: dict[ir.Node, int] = {}
        self.costs: dict[ir.Node, int] = {}
        self.used = self.entered = self.own = self.modules = self.other_files = 0
        self.read = 0
        """What the modules that were read besides are worth."""

    def begin(self, marks: tuple[int, ...]) -> None:
        """The part begins."""
        self._began = marks

    def end(self, marks: tuple[int, ...]) -> None:
        """The part has ended."""
        used, entered, own, modules, other_files, read = (
            now - then for now, then in zip(marks, self._began, strict=True)
        )
        self.used, self.entered, self.read = used, entered, read
        self.own, self.modules, self.other_files = -own, read - modules, -other_files


class Budget:
    """Counts what one run has spent, of what a program of so many ``lines`` is worth.

    The file pays for itself and for what it calls in itself.  The modules that it imports, and its calls of what
    stands in other files, have accounts of their own: they take nothing away from it.  Its top level, and each
    function that is run by itself, keep a reserve that what they call cannot spend.  ``asks`` says that the file may
    hold a loss or a metric.  Without, there is little to be found.  ``thrifty`` says that there is little to be found
    in other files, ``generous`` that less than what they may cost at the most was not enough; ``hands_over`` that the
    file does something by itself, and may hand what one file makes to another.
    """

    def __init__(
        self,
        lines: int,
        asks: bool = True,
        thrifty: bool = False,
        generous: bool = False,
        hands_over: bool = False,
    ) -> None:
        self.asks = asks
        self.thrifty = thrifty
        self.generous = generous
        self.hands_over = hands_over
        self._lines = lines
        self._per_imported_line = THRIFTY_PER_IMPORTED_LINE if thrifty else MOST_PER_IMPORTED_LINE
        self._divisor = 1 if asks else LESS_WITHOUT_A_LOSS
        self.whole = max(LEAST_STATEMENTS, lines * MOST_STATEMENTS_PER_LINE) // self._divisor
        """What the file had to begin with."""
        self.used = 0
        """Statements that were run."""
        self.entered = 0
        """Calls of functions that were run."""
        self._own = _Account(self.whole)
        self._modules = _Account((THRIFTY_FOR_MODULES if thrifty else LEAST_FOR_MODULES) // self._divisor)
        others = THRIFTY_IN_OTHER_FILES if thrifty else GENEROUS_IN_OTHER_FILES if generous else MOST_IN_OTHER_FILES
        self._other_files = _Account(others // self._divisor)
        self._in_a_call = THRIFTY_IN_A_CALL // self._divisor if thrifty and hands_over else None
        self._a_call_was_dear = False
        uncalled = GENEROUS_IN_OTHER_FILES_UNCALLED if generous else MOST_IN_OTHER_FILES_UNCALLED
        self._other_files_uncalled = uncalled // self._divisor
        self._account = self._own
        self._depth = 0
        self._reserve = 0
        self._kept_for_itself = 0
        self._keep(lines * KEPT_PER_LINE // self._divisor)
        self._calls: dict[ir.Node, int] = {}
        self._costs: dict[ir.Node, int] = {}
        self._share = 0
        self._share_began = 0
        self._spent_on_the_first = False
        self._endless: set[ir.Node] = set()
        self._read = 0
        self._running: list[Cost] = []

    def afresh(self, generous: bool = False) -> Budget:
        """As much as any program of this length has to begin with, for another run of the same one, without thrift."""
        return Budget(self._lines, self.asks, generous=generous)

    @property
    def others_were_dear(self) -> bool:
        """Whether other files cost more than there was: running them, or what is called in them."""
        return self._a_call_was_dear or min(self._modules.left, self._other_files.left) <= 0

    @property
    def allowed(self) -> int:
        """How many statements may be run at the most, by all that was read so far."""
        return self.used + max(self._own.left, 0) + max(self._modules.left, 0) + max(self._other_files.left, 0)

    @property
    def spent(self) -> bool:
        """Whether nothing more may be executed here."""
        if self._account.left > 0:
            return False
        self._limit()
        return self._is_spent(self._account, self._depth)

    @property
    def calls_are_spent(self) -> bool:
        """Whether the file has nothing left for what it calls in itself, or the function that is run by itself."""
        return self._own.left <= 0

    @property
    def is_of_other_files(self) -> bool:
        """Whether what is executed is paid for by what other files may cost."""
        return self._account is not self._own

    def allows_call(self, elsewhere: bool) -> bool:
        """Whether a function may be entered here; ``elsewhere`` says that it stands in another file."""
        account = self._payer(elsewhere)
        if account is self._other_files:
            return self._allows_other_files()
        if account.left > 0:
            return True
        self._limit()
        return not self._is_spent(account, self._depth + 1)

    def _allows_other_files(self) -> bool:
        allowed = self._other_files.left > 0
        for cost in self._running:
            cost.followed |= allowed
            cost.left_out |= not allowed
        return allowed

    def grow(self, lines: int) -> None:
        """Allow for a module that is read besides."""
        worth = lines * self._per_imported_line // self._divisor
        self._modules.left += worth
        self._read += worth

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Within this, a module is run."""
        before, self._account = self._account, self._modules
        try:
            yield
        finally:
            self._account = before

    def begin_uncalled(self) -> None:
        """All that is called in sight was run: of what it has left for, the functions are left a good part."""
        self._own.left = max(self._own.left, self.whole // 2)

    @contextmanager
    def again(self) -> Iterator[None]:
        """Within this, as much may be spent once more as there was to begin with."""
        kept, self._own.left = self._own.left, self.whole
        try:
            yield
        finally:
            self._own.left = kept

    @contextmanager
    def share(self, size: int) -> Iterator[None]:
        """Within this, a function of so many statements is run by itself, with the share of one function."""
        share = MOST_UNCALLED if self._spent_on_the_first else MOST_FOR_THE_FIRST
        kept = max(self._own.left - share, 0)
        others = max(self._other_files.left - self._other_files_uncalled, 0)
        self._other_files.left -= others
        before = (self._depth, self._reserve, self._kept_for_itself)
        self._own.left -= kept
        self._share, self._share_began = self._own.left, self.used
        self._depth = -1
        self._keep((KEPT_FOR_A_FUNCTION + size * MOST_STATEMENTS_PER_LINE) // self._divisor)
        try:
            yield
        finally:
            self._spent_on_the_first |= self._share - self._own.left > MOST_UNCALLED
            self._own.left = max(self._own.left, 0) + kept
            self._other_files.left = max(self._other_files.left, 0) + others
            self._share = 0
            self._depth, self._reserve, self._kept_for_itself = before

    def statement(self) -> bool:
        """Pay for one statement; whether that was the last one of a share (see ``exhausted``)."""
        self.used += 1
        account = self._account
        account.left -= 1
        if account.left >= 0 or account is not self._own:
            return account.left == 0 and account is self._own and self._share > 0
        self._reserve -= 1
        return False

    def exhausted(self, running: Iterable[tuple[ir.Node, int]]) -> None:
        """A share is spent: these functions were running, each with what was spent in all when it began."""
        self._limit()
        self._endless.update(node for node, began in running if 2 * (began - self._share_began) < self._share)

    def called_enough(self, node: ir.Node) -> bool:
        """Whether a function was entered so often that it is not entered again, but to be run by itself."""
        if self._depth < 0:
            return False
        enough = self._is_enough(node, 0, 0)
        for cost in self._running:
            (cost.refused if enough else cost.allowed).add(node)
        return enough

    def _is_enough(self, node: ir.Node, more: int, dearer: int) -> bool:
        """Whether a function was called often enough, had it been called so much more, and cost so much more."""
        calls = self._calls.get(node, 0) + more
        if node in self._endless:
            # It has filled more than half of a share: another would be lost to it as well, and with as little gain.
            return True
        return calls >= MOST_CALLS_OF_ONE or (calls >= MOST_DEAR_CALLS and self._costs.get(node, 0) + dearer >= DEAR)

    def enter(self, node: ir.Node, elsewhere: bool) -> Call:
        """Count a call of a function; who paid until then, for ``leave``."""
        self.entered += 1
        self._calls[node] = self._calls.get(node, 0) + 1
        for cost in self._running:
            cost.calls[node] = cost.calls.get(node, 0) + 1
        account = self._payer(elsewhere)
        leads_out = account is self._other_files and self._account is not account
        call = Call(self.used, self._account, self._depth, self._withhold() if leads_out else 0)
        self._account = account
        self._depth += 1
        return call

    def _withhold(self) -> int:
        """Leave a call into other files what it may spend; what it may not."""
        left = self._other_files.left
        if self._in_a_call is None or left <= self._in_a_call:
            return 0
        self._other_files.left = self._in_a_call
        return left - self._in_a_call

    def leave(self, node: ir.Node, call: Call) -> None:
        """A call of a function has ended."""
        self._costs[node] = self._costs.get(node, 0) + self.used - call.began
        for cost in self._running:
            cost.costs[node] = cost.costs.get(node, 0) + self.used - call.began
        self._account, self._depth = call.account, call.depth
        if call.withheld:
            self._a_call_was_dear |= self._other_files.left <= 0
            self._other_files.left = max(self._other_files.left, 0) + call.withheld

    @contextmanager
    def counting(self, cost: Cost) -> Iterator[None]:
        """Within this, what is spent is written down as well."""
        cost.begin(self._marks)
        self._running.append(cost)
        try:
            yield
        finally:
            cost.end(self._marks)
            cost.limited |= min(self._own.left, self._modules.left) <= 0 or (cost.followed and cost.left_out)
            # A limit that was met on the way was not there for all of it.
            cost.limited |= not cost.allowed.isdisjoint(cost.refused)
            cost.limited |= cost.followed and self._other_files.left <= 0
            self._running.remove(cost)

    def affords(self, cost: Cost) -> bool:
        """Whether the same may be spent again, with the same limits met as then."""
        others = self._other_files.left
        if self._own.left <= cost.own or self._modules.left <= cost.modules:
            return False
        if (cost.followed and others <= cost.other_files) or (cost.left_out and others > 0):
            return False
        if not all(self._is_enough(node, 0, 0) for node in cost.refused):
            return False
        return not any(
            self._is_enough(node, cost.calls.get(node, 1) - 1, cost.costs.get(node, 0)) for node in cost.allowed
        )

    def pay(self, cost: Cost) -> None:
        """Spend the same again."""
        self.used += cost.used
        self.entered += cost.entered
        self._own.left -= cost.own
        self._modules.left += cost.read - cost.modules
        self._other_files.left -= cost.other_files
        self._read += cost.read
        for node, calls in cost.calls.items():
            self._calls[node] = self._calls.get(node, 0) + calls
            self._costs[node] = self._costs.get(node, 0) + cost.costs[node]
        for running in self._running:
            running.allowed |= cost.allowed
            running.refused |= cost.refused
            running.followed |= cost.followed
            running.left_out |= cost.left_out
            for node, calls in cost.calls.items():
                running.calls[node] = running.calls.get(node, 0) + calls
                running.costs[node] = running.costs.get(node, 0) + cost.costs[node]

    @property
    def _marks(self) -> tuple[int, ...]:
        left = (self._own.left, self._modules.left, self._other_files.left)
        return (self.used, self.entered, *left, self._read)

    def _limit(self) -> None:
        """What is going on hangs on how much is left."""
        for cost in self._running:
            cost.limited = True

    def _payer(self, elsewhere: bool) -> _Account:
        """Who pays for a call: the file, until something in another file is called."""
        return self._other_files if elsewhere and self._account is self._own else self._account

    def _keep(self, reserve: int) -> None:
        self._reserve = reserve
        self._kept_for_itself = reserve // 2

    def _is_spent(self, account: _Account, depth: int) -> bool:
        """Whether an account with nothing left has no reserve either; half of that is not for what is called."""
        return account is not self._own or self._reserve <= (self._kept_for_itself if depth > 0 else 0)

"""The interp: one state, one budget, one notebook of pairings, and the three questions asked of them.

``evaluate`` an expression, ``execute`` a block, ``call`` a value.  What each kind of node or value means is in the
modules beside this one; they get the interp as their first argument and keep nothing themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.budget import Budget
from flake8_logits.interpret.recorder import Recorder
from flake8_logits.interpret.scopes import Scope
from flake8_logits.interpret.state import Key, State, Writes, choice
from flake8_logits.interpret.symbols import Symbol, fresh_symbol
from flake8_logits.interpret.values import (
    Arguments,
    Choice,
    Class,
    Function,
    Guards,
    Object,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.imports import Modules

Branch = tuple[Writes, dict[Symbol, object]]


@dataclass
class Loop:
    """A loop being run: the state it began in and the one its turn began in, and what broken-off turns leave behind.

    ``exits`` are the turns cut short by ``continue``, ``breaks`` the ends of the whole loop.
    """

    start: State
    base: State
    exits: list[Branch] = field(default_factory=list)
    breaks: list[Branch] = field(default_factory=list)


@dataclass
class Frame:
    """A body being run: its scope, the state it started from, what it returned and what its ends left behind."""

    scope: Scope
    base: State
    owner: Class | None = None
    instance: Value | None = None
    returns: list[tuple[Value, Guards]] = field(default_factory=list)
    exits: list[Branch] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)


class Interpreter:
    """Runs one program in its head.

    ``modules`` are those of the project that the program belongs to; None keeps it to itself.
    """

    def __init__(self, budget: Budget, recorder: Recorder, modules: Modules | None = None) -> None:
        self.state = State()
        self.budget = budget
        self.recorder = recorder
        self.modules = modules
        self.calls: list[ir.Expression] = []
        self.frames: list[Frame] = []
        self.functions: dict[ir.Node, Function] = {}
        self.classes: dict[ir.Node, Class] = {}
        self.instances: dict[ir.Node, list[Object]] = {}
        self.entered: set[ir.Node] = set()
        self.histories: dict[Key, list[Value]] = {}
        self.given: dict[Hashable, Value] = {}
        self.patched: set[str] = set()
        self.generators: dict[ir.Node, bool] = {}
        self.alone = False

    # -- the three questions -------------------------------------------------------------------------------------

    def evaluate(self, node: ir.Expression, scope: Scope) -> Value:
        """What an expression stands for."""
        from flake8_logits.interpret.expressions import evaluate

        return evaluate(self, node, scope)

    def execute(self, block: Iterable[ir.Statement], frame: Frame) -> None:
        """Run statements in the present state; stops where control leaves the block."""
        from flake8_logits.interpret.statements import execute

        execute(self, block, frame)

    def call(self, callee: Value, args: Arguments, node: ir.Expression) -> Value:
        """What calling a value gives, and what it does."""
        from flake8_logits.interpret.calls import call

        return call(self, callee, args, node)

    # -- for the modules beside this one -------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """The body being run."""
        return self.frames[-1]

    def unknown(self, reason: Reason, node: ir.Node | None = None, detail: str = "", symbol: Symbol = None) -> Unknown:
        """An Unknown with its reason and place."""
        return Unknown(Lost(reason, node, detail), fresh_symbol() if symbol is None else symbol)

    def each(self, value: Value, act: Callable[[Value], Value]) -> Value:
        """Do something with each option of a value, each in a branch of its own, and join what comes out."""
        narrowed = self.state.narrow(value)
        assert narrowed is not None
        if not isinstance(narrowed, Choice):
            return act(narrowed)
        return self.branches([(guards, _bind(act, option)) for option, guards in narrowed.options])

    def branches(self, acts: Iterable[tuple[Guards, Callable[[], Value]]]) -> Value:
        """Run alternatives, each under its guards in a branch of its own; the join of their results."""
        base = self.state
        results: list[tuple[Value, Guards]] = []
        ends: list[Branch] = []
        for guards, act in acts:
            if not base.allows(guards):
                continue
            self.state = base.fork(guards)
            results.append((act(), guards))
            ends.append((self.state.flatten(base), self.state.guards))
            self.state = base
        if not results:
            return self.unknown(Reason.EXPRESSION)
        if any(writes for writes, _ in ends):
            base.join(ends)
        return choice(results)


def _bind(act: Callable[[Value], Value], option: Value) -> Callable[[], Value]:
    return lambda: act(option)

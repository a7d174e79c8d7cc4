"""The call stack's frames: the bodies being run, the loops and the ``try`` within them, and what they put off.

A frame keeps what leaves its body - by ``return``, by an exception, by the end of a loop - until the state is joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.state import Branch, Key, State, Writes
from flake8_logits.interpret.abstract.values import Class, Guards, Value
from flake8_logits.source import syntax as ir

_NOWHERE = State()
"""For frames that nothing is run in any more."""

MOST_EXITS_TOLD_APART = 64
"""Ways out of one body or loop of which is known under which conditions they are taken."""
MOST_STOPS = 64
"""Of more states in which a body may break off by an exception, those behind its own statements are asked alone."""


def way_out(ways: list[Branch], state: State, base: State) -> None:
    """Add the way out that a state takes, with what it wrote since ``base``, to the others."""
    ways.append((state.flatten(base), state.guards if len(ways) < MOST_EXITS_TOLD_APART else {}))


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
class Caught:
    """A body whose exceptions are caught: the state it began in, and what had been done where it may break off."""

    base: State
    stops: list[Branch]

    def note(self, state: State, always: bool = False) -> None:
        """The body may break off in this state."""
        if len(self.stops) < MOST_STOPS or always:
            written = state.flatten(self.base)
            if written != self.stops[-1][0]:
                self.stops.append((written, self.base.guards))


@dataclass(frozen=True, slots=True)
class PutOff:
    """What an expression gives that is run when somebody asks for it: how it is run, and how it then gets its name.

    ``stands_in`` is what has the name until then.
    """

    stands_in: Value
    run: Callable[[], Value]
    bind: Callable[[Value], None]


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator that was begun: what it changes, and how many statements had been run by then."""

    changes: tuple[Key, ...]
    since: int


@dataclass(frozen=True, slots=True)
class Naming:
    """A plain assignment of an expression to one name, in the state that it began in."""

    value: ir.Expression
    name: str
    state: State
    bind: Callable[[Value], None]


@dataclass
class Frame:
    """A body being run: its scope, the state it started from, what it returned and what its ends left behind.

    ``site`` and ``body`` are the call and the function where it is the body of one; ``began`` is what the budget had
    spent by then, ``cut_short`` why it was not run to its end, if it was not.  ``raised`` is the state in which a call
    was met last from which no way leads back, and ``stands_in`` says that it was of a method that others are to write
    anew.  ``thrown`` is what had been done where exceptions leave the body, ``caught`` are the bodies within it that
    are being run and whose exceptions are caught.  ``paused`` is what had been done where a generator hands something
    out, ``naming`` the plain assignment that is being run, ``put_off`` what is not run before its name is mentioned
    again.
    """

    scope: Scope
    base: State
    owner: Class | None = None
    instance: Value | None = None
    site: ir.Expression | None = None
    body: ir.Node | None = None
    began: int = 0
    cut_short: Reason | None = None
    returns: list[tuple[Value, Guards]] = field(default_factory=list)
    exits: list[Branch] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    thrown: list[Branch] = field(default_factory=list)
    caught: list[Caught] = field(default_factory=list)
    raised: State | None = None
    stands_in: bool = False
    paused: list[Writes] = field(default_factory=list)
    naming: Naming | None = None
    put_off: dict[str, PutOff] = field(default_factory=dict)

    def throw(self, state: State) -> None:
        """One more way out of the body by an exception, or by the end of the program."""
        way_out(self.thrown, state, self.base)
        self.may_break_off(state)

    def may_break_off(self, state: State) -> None:
        """An exception may be raised in this state, and be caught in the body."""
        for caught in self.caught:
            caught.note(state)

    def pauses(self, state: State) -> None:
        """Something is handed out, and the body goes on when somebody asks for the next."""
        if len(self.paused) < MOST_STOPS:
            self.paused.append(state.flatten(self.base))

    def fails(self, state: State, stands_in: bool = False) -> None:
        """A call was met from which no way leads back."""
        self.raised, self.stands_in = state, stands_in

    def only_raised(self, state: State) -> bool:
        """Whether the statement that was run holds a call that no way leads back from, whatever the conditions are."""
        return self.raised is state

    def goes_no_further(self, state: State) -> bool:
        """Whether nothing behind the statement is run, whatever classes there are out of sight."""
        return self.only_raised(state) and not self.stands_in

    def leave(self, state: State, value: Value) -> None:
        """One more way out of the body, with what it returns; of very many it is forgotten when each is taken."""
        way_out(self.exits, state, self.base)
        self.returns.append((value, self.base.new_guards(self.exits[-1][1])))

    def outline(self) -> Frame:
        """The frame as far as it tells where something was run; the state that it began in may be forgotten."""
        return Frame(self.scope, _NOWHERE, self.owner, self.instance, self.site, self.body, self.began)

    @contextmanager
    def catching(self, base: State) -> Iterator[Caught]:
        """Within this, the states are written down in which an exception may be raised that is caught."""
        caught = Caught(base, [(Writes(), base.guards)])
        self.caught.append(caught)
        try:
            yield caught
        finally:
            self.caught.pop()

    @contextmanager
    def looping(self, loop: Loop) -> Iterator[None]:
        """Within this, ``break`` and ``continue`` belong to the loop."""
        self.loops.append(loop)
        try:
            yield
        finally:
            self.loops.remove(loop)

"""``try`` and ``with``: what is done when a block is left, however it is left, and where an exception is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.objects import InstanceRef
from flake8_logits.interpret.abstract.state import Branch, State
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.abstract.values import NONE, Arguments, Function, Guards, Library, Object, Unknown, Value
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.branches import rejoin, run_in_steps
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.instances import class_attribute
from flake8_logits.interpret.engine.interpreter import Interpreter, executes
from flake8_logits.interpret.engine.mentions import raises_are_caught
from flake8_logits.knowledge.special_methods import ENTERING, LEAVING
from flake8_logits.knowledge.traits import swallows_exceptions
from flake8_logits.source import syntax as ir

MOST_WAYS_OUT = 8
"""Of more ways out of a ``try`` than these, ``finally`` is run for the first alone."""


@executes(ir.Try)
def run_try(interp: Interpreter, node: ir.Try, frame: Frame) -> None:
    """``try``: a handler starts from whatever the body can have done by the time it raised."""
    base = interp.state
    left = _Exits(frame)
    symbol = fresh_symbol()
    interp.state = base.fork(((symbol, False),))
    stops: list[Branch] = []
    if node.handlers:
        stops = run_in_steps(interp, node.body, frame, base)
    else:
        interp.execute(node.body, frame)
    if not interp.state.ended:
        interp.execute(node.orelse, frame)
    live: list[Branch] = []
    if not interp.state.ended:
        live.append((interp.state.flatten(base), interp.state.guards))
    for number, (name, handler) in enumerate(node.handlers):
        guards: Guards = ((symbol, True), ((symbol, "handler"), number))
        interp.state = base.fork(guards)
        _from_any(interp.state, stops, symbol)
        if name is not None:
            interp.state.set(frame.scope, name, interp.unknown(Reason.EXPRESSION))
        interp.execute(handler, frame)
        if not interp.state.ended:
            live.append((interp.state.flatten(base), interp.state.guards))
    interp.state = base
    rejoin(base, live)
    if node.final:
        left.lead_through(interp, lambda: interp.execute(node.final, frame))


def _from_any(state: State, stops: list[Branch], symbol: object) -> None:
    state.join([(writes, {(symbol, "reached"): number}) for number, (writes, _) in enumerate(stops)])


class _Exits:
    """The ways out of a body that are found while a statement of it is run: returns, exceptions, breaks, continues."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.loop = frame.loops[-1] if frame.loops else None
        self.before = self._numbers()

    def lead_through(self, interp: Interpreter, final: Callable[[], None]) -> None:
        """Go on through what is done in the end, and lead all ways out through it: it may change them, or leave."""
        state = interp.state
        found = self._numbers()
        ended, state.ended = state.ended, False
        final()
        if ended:
            self.frame.may_break_off(state)
        state.ended = state.ended or ended
        self._through(interp, final, found)

    def _numbers(self) -> tuple[int, ...]:
        loop = self.loop
        return (
            len(self.frame.exits),
            len(self.frame.thrown),
            len(loop.exits) if loop else 0,
            len(loop.breaks) if loop else 0,
        )

    def _through(self, interp: Interpreter, final: Callable[[], None], found: tuple[int, ...]) -> None:
        frame, loop = self.frame, self.loop
        returns, thrown, continues, breaks = map(_last_first, self.before, found)
        for index in returns:
            end = self._run(interp, final, frame.exits[index], frame.base)
            if end is None:
                del frame.exits[index], frame.returns[index]
            else:
                frame.exits[index] = end
        self._each(interp, final, frame.thrown, thrown, frame.base)
        if loop is not None:
            self._each(interp, final, loop.exits, continues, loop.base)
            self._each(interp, final, loop.breaks, breaks, loop.start)

    def _each(
        self, interp: Interpreter, final: Callable[[], None], ways: list[Branch], places: Iterable[int], base: State
    ) -> None:
        for index in places:
            end = self._run(interp, final, ways[index], base)
            if end is None:
                del ways[index]
            else:
                ways[index] = end

    def _run(self, interp: Interpreter, final: Callable[[], None], way: Branch, base: State) -> Branch | None:
        here, caught, loop = interp.state, self.frame.caught, self.loop
        # Where a body within the frame began is no state that this one comes from.
        self.frame.caught = []
        began = (loop.start, loop.base) if loop is not None else None
        if loop is not None and base is self.frame.base:
            loop.start = loop.base = base
        writes, guards = way
        interp.state = State(base, guards)
        interp.state.writes.update(writes)
        try:
            final()
            return None if interp.state.ended else (interp.state.flatten(base), interp.state.guards)
        finally:
            interp.state, self.frame.caught = here, caught
            if loop is not None and began is not None:
                loop.start, loop.base = began


def _last_first(first: int, end: int) -> Iterable[int]:
    return reversed(range(first, min(end, first + MOST_WAYS_OUT)))


@executes(ir.With)
def run_with(interp: Interpreter, node: ir.With, frame: Frame) -> None:
    """``with``: a context manager of the program is entered and left; one that may swallow cuts the body short."""
    entered: list[Value] = []
    left = _Exits(frame)
    swallows = False
    for item, target in node.items:
        value = interp.evaluate(item, frame.scope)
        entered.append(value)
        swallows = swallows or _swallows(interp, value, item)
        result = _entered(interp, value, item)
        if target is not None:
            assign(interp, target, result, frame.scope)
    if swallows:
        base = interp.state
        interp.state = base.fork()
        stops = run_in_steps(interp, node.body, frame, base)
        interp.state = base
        symbol = fresh_symbol()
        _from_any(base, stops, symbol)
    else:
        interp.execute(node.body, frame)
    leaving = [(value, item) for value, (item, _) in zip(entered, node.items, strict=True) if _does(interp, value)]
    if leaving:
        left.lead_through(interp, lambda: _leave(interp, leaving))


def _does(interp: Interpreter, value: Value) -> bool:
    """Whether the program does something when what it entered is left."""
    return interp.goes_on(value) or any(_has(interp, value, name) for name in LEAVING)


def _leave(interp: Interpreter, entered: list[tuple[Value, ir.Expression]]) -> None:
    for value, item in reversed(entered):
        interp.go_on(value, item)
        for name in LEAVING:
            _method(interp, value, name, Arguments(((NONE, None), (NONE, None), (NONE, None))), item)


def _entered(interp: Interpreter, value: Value, node: ir.Expression) -> Value:
    """What ``with value as name`` binds; a class of the program says so itself."""
    for name in ENTERING:
        found = _method(interp, value, name, Arguments(), node)
        if found is not None:
            return found
    return Unknown(value.lost) if isinstance(value, Unknown) else interp.unknown(Reason.EXPRESSION, node)


def _method(interp: Interpreter, value: Value, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    return interp.call(interp.get_attribute(value, name, node), args, node) if _has(interp, value, name) else None


def _has(interp: Interpreter, value: Value, name: str) -> bool:
    """Whether a value is an instance of a class of the program that has a method."""
    if not isinstance(value, Object) or not isinstance(value.ref, InstanceRef):
        return False
    return isinstance(class_attribute(interp, value.ref.cls, name), Function)


def _swallows(interp: Interpreter, value: Value, node: ir.Expression) -> bool:
    """Whether an exception in the body may end here."""
    func = node.func if isinstance(node, ir.Call) else None
    if isinstance(func, (ir.Name, ir.Attribute)):
        name = func.id if isinstance(func, ir.Name) else func.attr
        if swallows_exceptions(name):
            return True
        callee = interp.state.get(interp.frame.scope, name) if isinstance(func, ir.Name) else None
        if isinstance(callee, Function) and isinstance(callee.node, ir.FunctionDef):
            return raises_are_caught(callee.node)
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        cls = value.ref.cls
        return any(isinstance(class_attribute(interp, cls, name), Function) for name in LEAVING)
    return isinstance(value, Library) and swallows_exceptions(value.name)

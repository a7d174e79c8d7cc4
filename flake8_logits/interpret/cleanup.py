"""``try`` and ``with``: what is done when a block is left, however it is left, and where an exception is caught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.assign import assign
from flake8_logits.interpret.branching import rejoin, run_in_steps
from flake8_logits.interpret.instances import class_attribute
from flake8_logits.interpret.interpreter import Branch, Frame
from flake8_logits.interpret.mentions import raises_are_caught
from flake8_logits.interpret.references import InstanceRef
from flake8_logits.interpret.state import State
from flake8_logits.interpret.symbols import fresh_symbol
from flake8_logits.interpret.values import (
    NONE,
    Arguments,
    Function,
    Guards,
    Library,
    Object,
    Unknown,
    Value,
)
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter

_SWALLOWING = frozenset({"suppress", "raises", "assertRaises", "assertRaisesRegex"})
MOST_WAYS_OUT = 8
"""Of more ways out of a ``try`` than these, ``finally`` is run for the first alone."""


def run_try(machine: Interpreter, node: ir.Try, frame: Frame) -> None:
    """``try``: a handler starts from whatever the body can have done by the time it raised."""
    base = machine.state
    left = _Exits(frame)
    symbol = fresh_symbol()
    machine.state = base.fork(((symbol, False),))
    stops: list[Branch] = []
    if node.handlers:
        stops = run_in_steps(machine, node.body, frame, base)
    else:
        machine.execute(node.body, frame)
    if not machine.state.ended:
        machine.execute(node.orelse, frame)
    live: list[Branch] = []
    if not machine.state.ended:
        live.append((machine.state.flatten(base), machine.state.guards))
    for number, (name, handler) in enumerate(node.handlers):
        guards: Guards = ((symbol, True), ((symbol, "handler"), number))
        machine.state = base.fork(guards)
        _from_any(machine.state, stops, symbol)
        if name is not None:
            machine.state.set(frame.scope, name, machine.unknown(Reason.EXPRESSION))
        machine.execute(handler, frame)
        if not machine.state.ended:
            live.append((machine.state.flatten(base), machine.state.guards))
    machine.state = base
    rejoin(base, live)
    if node.final:
        ended, base.ended = base.ended, ""
        machine.execute(node.final, frame)
        base.ended = base.ended or ended
        left.through(machine, node.final)


def _from_any(state: State, stops: list[Branch], symbol: object) -> None:
    state.join([(writes, {(symbol, "reached"): number}) for number, (writes, _) in enumerate(stops)])


class _Exits:
    """The ways out of a body that are found while a statement of it is run: returns, breaks and continues."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.loop = frame.loops[-1] if frame.loops else None
        self.returns = len(frame.exits)
        self.continues = len(self.loop.exits) if self.loop else 0
        self.breaks = len(self.loop.breaks) if self.loop else 0

    def through(self, machine: Interpreter, final: ir.Block) -> None:
        """Lead all of them through ``finally``, which may change what they leave behind, or leave itself."""
        frame = self.frame
        for index in range(min(len(frame.exits), self.returns + MOST_WAYS_OUT) - 1, self.returns - 1, -1):
            end = self._run(machine, final, frame.exits[index], frame.base)
            if end is None:
                del frame.exits[index], frame.returns[index]
            else:
                frame.exits[index] = end
        if self.loop is None:
            return
        for exits, first, base in (
            (self.loop.exits, self.continues, self.loop.base),
            (self.loop.breaks, self.breaks, self.loop.start),
        ):
            for index in range(min(len(exits), first + MOST_WAYS_OUT) - 1, first - 1, -1):
                end = self._run(machine, final, exits[index], base)
                if end is None:
                    del exits[index]
                else:
                    exits[index] = end

    def _run(self, machine: Interpreter, final: ir.Block, way: Branch, base: State) -> Branch | None:
        here = machine.state
        writes, guards = way
        machine.state = State(base, guards)
        machine.state.writes.update(writes)
        try:
            machine.execute(final, self.frame)
            return None if machine.state.ended else (machine.state.flatten(base), machine.state.guards)
        finally:
            machine.state = here


def run_with(machine: Interpreter, node: ir.With, frame: Frame) -> None:
    """``with``: a context manager of the program is entered and left; one that may swallow cuts the body short."""
    entered: list[Value] = []
    swallows = False
    for item, target in node.items:
        value = machine.evaluate(item, frame.scope)
        entered.append(value)
        swallows = swallows or _swallows(machine, value, item)
        result = _entered(machine, value, item)
        if target is not None:
            assign(machine, target, result, frame.scope)
    if swallows:
        base = machine.state
        machine.state = base.fork()
        stops = run_in_steps(machine, node.body, frame, base)
        machine.state = base
        symbol = fresh_symbol()
        _from_any(base, stops, symbol)
    else:
        machine.execute(node.body, frame)
    for value, (item, _) in zip(reversed(entered), reversed(node.items), strict=True):
        if not machine.state.ended:
            _method(machine, value, "__exit__", Arguments(((NONE, None), (NONE, None), (NONE, None))), item)


def _entered(machine: Interpreter, value: Value, node: ir.Expression) -> Value:
    """What ``with value as name`` binds; a class of the program says so itself."""
    found = _method(machine, value, "__enter__", Arguments(), node)
    if found is not None:
        return found
    return Unknown(value.lost) if isinstance(value, Unknown) else machine.unknown(Reason.EXPRESSION, node)


def _method(machine: Interpreter, value: Value, name: str, args: Arguments, node: ir.Expression) -> Value | None:
    from flake8_logits.interpret.attributes import attribute

    if not isinstance(value, Object) or not isinstance(value.ref, InstanceRef):
        return None
    if not isinstance(class_attribute(machine, value.ref.cls, name), Function):
        return None
    return machine.call(attribute(machine, value, name, node), args, node)


def _swallows(machine: Interpreter, value: Value, node: ir.Expression) -> bool:
    """Whether an exception in the body may end here."""
    func = node.func if isinstance(node, ir.Call) else None
    if isinstance(func, (ir.Name, ir.Attribute)):
        name = func.id if isinstance(func, ir.Name) else func.attr
        if name in _SWALLOWING:
            return True
        callee = machine.state.get(machine.frame.scope, name) if isinstance(func, ir.Name) else None
        if isinstance(callee, Function) and isinstance(callee.node, ir.FunctionDef):
            return raises_are_caught(callee.node)
    if isinstance(value, Object) and isinstance(value.ref, InstanceRef):
        found = class_attribute(machine, value.ref.cls, "__exit__")
        return isinstance(found, Function)
    return isinstance(value, Library) and value.name.rpartition(".")[2] in _SWALLOWING

"""Runs loops: turn by turn over a short literal, otherwise often enough to see what can be there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.assign import assign
from flake8_logits.interpret.budget import MOST_TURNS
from flake8_logits.interpret.containers import turns
from flake8_logits.interpret.interpreter import Branch, Frame, Loop
from flake8_logits.interpret.state import State
from flake8_logits.interpret.truth import truths
from flake8_logits.interpret.values import Gap, Value, fresh_symbol
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def run_for(machine: Interpreter, node: ir.For, frame: Frame) -> None:
    """A ``for`` loop."""
    iterable = machine.evaluate(node.iterable, frame.scope)
    items = turns(machine, iterable)
    if items is not None and len(items) <= MOST_TURNS:
        _turns(machine, node, frame, items)
    else:
        element = _element(machine, iterable, items, node)
        _repeat(machine, node, frame, element, at_least_once=bool(items))
    if machine.state.ended == "break":
        machine.state.ended = ""
    elif not machine.state.ended:
        machine.execute(node.orelse, frame)


def _turns(machine: Interpreter, node: ir.For, frame: Frame, items: list[Value | Gap]) -> None:
    """Turn by turn; a turn that breaks ends the loop for its branch, the others go on."""
    start = machine.state
    current = start.fork()
    breaks: list[Branch] = []
    for item in items:
        machine.state = current
        if isinstance(item, Gap):
            _repeat(machine, node, frame, lambda: machine.unknown(Reason.LOOP, node.target), at_least_once=False)
        else:
            breaks.extend(_turn(machine, node, frame, item, start))
        if current.ended:
            break
    machine.state = start
    live = list(breaks)
    if not current.ended:
        live.append((current.flatten(start), current.guards))
    if live:
        start.join(live)
        if len(live) == 1:
            start.guards = live[0][1]
    start.ended = "" if live else current.ended


def _element(
    machine: Interpreter, iterable: Value, items: list[Value | Gap] | None, node: ir.For
) -> Callable[[], Value]:
    if items and len(items) <= 4 * MOST_TURNS and not any(isinstance(item, Gap) for item in items):
        from flake8_logits.interpret.state import choice

        known = [item for item in items if not isinstance(item, Gap)]
        return lambda: choice([(item, ()) for item in known])
    return lambda: machine.unknown(Reason.LOOP, node.target)


def run_while(machine: Interpreter, node: ir.While, frame: Frame) -> None:
    """A ``while`` loop; its condition is taken to be unknown unless it is false from the start."""
    answers = truths(machine, machine.evaluate(node.test, frame.scope))
    if answers == [(False, ())]:
        machine.execute(node.orelse, frame)
        return
    _repeat(machine, node, frame, None, at_least_once=len(answers) == 1)
    if machine.state.ended == "break":
        machine.state.ended = ""


def _turn(machine: Interpreter, node: ir.For, frame: Frame, item: Value, start: State) -> list[Branch]:
    """One turn whose item is known; the branches in which it broke off the loop."""
    base = machine.state
    loop = Loop(start, base)
    frame.loops.append(loop)
    machine.state = base.fork()
    assign(machine, node.target, item, frame.scope)
    machine.execute(node.body, frame)
    frame.loops.pop()
    end = machine.state
    ends: list[Branch] = list(loop.exits)
    if not end.ended:
        ends.append((end.flatten(base), end.guards))
    machine.state = base
    if ends:
        base.join(ends)
        if len(ends) == 1:
            base.guards = ends[0][1]
    else:
        base.ended = end.ended
    return loop.breaks


def _repeat(
    machine: Interpreter,
    node: ir.For | ir.While,
    frame: Frame,
    element: Callable[[], Value] | None,
    at_least_once: bool,
) -> None:
    """Run the body twice, the second time on top of whatever the first can have left, and join with no turn at all.

    Deep inside other loops, which run it again anyway, once is enough.
    """
    for turn in range(2 if len(frame.loops) < 2 else 1):
        if machine.state.ended:
            break
        base = machine.state
        symbol = fresh_symbol()
        loop = Loop(base, base)
        frame.loops.append(loop)
        machine.state = base.fork(((symbol, True),))
        if isinstance(node, ir.For) and element is not None:
            assign(machine, node.target, element(), frame.scope)
        elif isinstance(node, ir.While):
            machine.evaluate(node.test, frame.scope)
        machine.execute(node.body, frame)
        frame.loops.pop()
        end = machine.state
        ends: list[Branch] = [*loop.exits, *loop.breaks]
        if not end.ended:
            ends.append((end.flatten(base), end.guards))
        machine.state = base
        if not ends and not (turn or not at_least_once):
            base.ended = end.ended
            break
        if turn or not at_least_once:
            ends.append(({}, {**base.guards, symbol: False}))
        base.join(ends)
        if not any(writes for writes, _ in ends):
            break

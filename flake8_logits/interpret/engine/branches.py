"""Runs a block once for each way things can go, and goes on from those that did not leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.budget import MOST_ROUNDS
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.scopes import Scope
from flake8_logits.interpret.abstract.state import Branch, Key, State, Writes
from flake8_logits.interpret.abstract.symbols import fresh_symbol
from flake8_logits.interpret.abstract.values import Guards, Unknown, Value
from flake8_logits.interpret.abstract.widening import forgotten, unstable, widened
from flake8_logits.interpret.engine.frames import Frame
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.source import syntax as ir


def fork(interp: Interpreter, answers: list[tuple[Any, Guards]], run: Callable[[Any], None]) -> None:
    """Run one body per answer, each in a branch of its own, and go on from those that did not leave."""
    if len(answers) == 1:
        run(answers[0][0])
        return
    base = interp.state
    live: list[Branch] = []
    going_on: set[Any] = set()
    for answer, guards in answers:
        interp.state = base.fork(guards)
        interp.observations.ways += 1
        run(answer)
        interp.observations.ways -= 1
        if not interp.state.ended:
            live.append((interp.state.flatten(base), interp.state.guards))
            going_on.add(answer)
        interp.state = base
    rejoin(base, live)
    if len(live) > 1 and len(going_on) == 1:
        # All that go on were answered alike: what holds in each of them holds from here on.
        first, *others = (guards for _, guards in live)
        base.guards = {key: value for key, value in first.items() if all(one.get(key) == value for one in others)}


def rejoin(base: State, live: list[Branch]) -> None:
    """Go on from the branches that are still running."""
    if not live:
        base.ended = True
        return
    base.join(live)
    if len(live) == 1:
        base.guards = live[0][1]


def any_times(interp: Interpreter, run: Callable[[], None], node: ir.Node, at_least_once: bool = False) -> None:
    """Run what may happen any number of times, until another time brings nothing new."""
    for turn in range(MOST_ROUNDS):
        base, symbol = interp.state, fresh_symbol()
        interp.state = base.fork(((symbol, True),))
        run()
        end, interp.state = interp.state, base
        needed = at_least_once and not turn
        if end.ended:
            base.ended = needed
            return
        writes = end.flatten(base)
        met = {key: values_met(base, [writes], key) for key in unstable(base, [writes])}
        base.join([(writes, end.guards), *([] if needed else [(Writes(), {**base.guards, symbol: False})])])
        if not met or interp.budget.spent:
            return
        forget(interp, met, node)


def may_happen(interp: Interpreter, ends: list[Writes], node: ir.Node) -> None:
    """What is run when somebody asks for its items: what it changes is not known from here on."""
    lost = Lost(Reason.EXPRESSION, node)
    for ref, name in {key: None for writes in ends for key, _ in writes.to_others()}:
        if interp.state.get(ref, name) is not None:
            interp.state.set(ref, name, widened(values_met(interp.state, ends, (ref, name)), lost))
        elif isinstance(name, str) and not isinstance(ref, Scope):
            interp.state.set(ref, name, Unknown(lost))


def later(interp: Interpreter, run: Callable[[], Value], node: ir.Node) -> Value:
    """What is run when somebody walks through it gives; how far, and so what it changed by then, nobody knows."""
    base = interp.state
    interp.state = base.fork()
    result = run()
    end, interp.state = interp.state, base
    writes = end.flatten(base)
    changed = [key for key, value in writes.to_others() if base.get(*key) is not value]
    base.join([(writes, base.guards)])
    lost = Lost(Reason.EXPRESSION, node)
    for ref, name in changed:
        known = base.get(ref, name)
        if known is not None:
            base.set(ref, name, forgotten(known, lost))
    return result


def values_met(base: State, written: list[Writes], key: Key) -> list[Value]:
    """All that a name stood for before a turn or after it, however many they are."""
    values = [base.get(*key), *(writes.get(key) for writes in written)]
    return list(dict.fromkeys(option for value in values if value is not None for option, _ in options_of(value)))


def forget(interp: Interpreter, met: dict[Key, list[Value]], node: ir.Node) -> None:
    """What changes from turn to turn of a loop, by what it was, is no longer known as far as it changes."""
    for (ref, name), values in met.items():
        joined = interp.state.get(ref, name)
        if joined is not None:
            options = values if isinstance(joined, Unknown) else [option for option, _ in options_of(joined)]
            interp.state.set(ref, name, widened(options, Lost(Reason.LOOP, node)))


def run_in_steps(interp: Interpreter, block: ir.Block, frame: Frame, base: State) -> list[Branch]:
    """Run a block whose every statement may raise; what it has done by then, for each of them it may have got to."""
    with frame.catching(base) as caught:
        for statement in block:
            if interp.state.ended:
                break
            interp.execute((statement,), frame)
            caught.note(interp.state, always=True)
            if frame.only_raised(interp.state):
                interp.state.ended = True
                break
    return caught.stops

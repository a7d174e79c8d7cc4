"""Loops: turn by turn over a short literal, otherwise until another turn brings nothing new."""

from __future__ import annotations

from collections.abc import Callable

from flake8_logits.domain.unknown import Reason
from flake8_logits.interpret.abstract.budget import MOST_ROUNDS, MOST_TURNS
from flake8_logits.interpret.abstract.joins import choice, options_of
from flake8_logits.interpret.abstract.state import MOST_TOLD_APART, Branch, Key, State, Writes
from flake8_logits.interpret.abstract.symbols import Symbol, fresh_symbol
from flake8_logits.interpret.abstract.values import Choice, Gap, Sequence, Value
from flake8_logits.interpret.abstract.widening import unstable
from flake8_logits.interpret.engine.assignment import assign
from flake8_logits.interpret.engine.branches import forget, fork, values_met
from flake8_logits.interpret.engine.containers import content_of, is_iterator, leave_some, rows_of, turns
from flake8_logits.interpret.engine.frames import Frame, Loop
from flake8_logits.interpret.engine.interpreter import Interpreter, executes
from flake8_logits.interpret.engine.mentions import breaks_off
from flake8_logits.interpret.engine.special_methods import ask, iterated
from flake8_logits.interpret.engine.truth import truths
from flake8_logits.knowledge.special_methods import TESTED
from flake8_logits.source import syntax as ir

MOST_WAYS = 4
"""Of so many lists that a loop may be over, each is run through."""


@executes(ir.For)
def run_for(interp: Interpreter, node: ir.For, frame: Frame) -> None:
    """A ``for`` loop; one over several lists, or over one that can hold several things, is run for each."""
    iterable = iterated(interp, interp.evaluate(node.iterable, frame.scope), node.iterable)
    _run_over(interp, iterable, node, frame)


def _run_over(interp: Interpreter, iterable: Value, node: ir.For, frame: Frame) -> None:
    content = interp.state.narrow(content_of(interp, iterable) or iterable)
    ways = [way for way in options_of(content or iterable) if interp.state.allows(way[1])]
    if 1 < len(ways) <= MOST_WAYS and all(isinstance(content_of(interp, way), (Sequence, Choice)) for way, _ in ways):
        fork(interp, ways, lambda way: _run_over(interp, way, node, frame))
        return
    once = is_iterator(content_of(interp, iterable))
    items = rows_of(interp, iterable, node.target)
    if once:
        leave_some(interp, iterable, node)
    _run_items(interp, items, node, frame, iterable)
    interp.go_on(iterable, node)
    if once and not breaks_off(node.body):
        turns(interp, iterable)


def _run_items(
    interp: Interpreter, items: list[Value | Gap] | None, node: ir.For, frame: Frame, iterable: Value
) -> None:
    if items is not None and len(items) <= MOST_TURNS and not any(isinstance(item, Gap) for item in items):
        _turns(interp, node, frame, [item for item in items if not isinstance(item, Gap)])
        return
    element = _element(interp, items, node)

    def next_one() -> Value:
        interp.go_on(iterable, node)
        return element()

    _repeat(interp, node, frame, next_one, at_least_once=_begins(items))


def _begins(items: list[Value | Gap] | None) -> bool:
    """Whether there is one turn at least."""
    return items is not None and any(not isinstance(item, Gap) for item in items)


def _turns(interp: Interpreter, node: ir.For, frame: Frame, items: list[Value]) -> None:
    """Turn by turn; a turn that breaks ends the loop for its branch, the others go on, and to the ``else``."""
    start = interp.state
    current = start.fork()
    breaks: list[Branch] = []
    for item in items:
        interp.state = current
        breaks.extend(_turn(interp, node, frame, item, start))
        if current.ended:
            break
    interp.state = current
    interp.execute(node.orelse, frame)
    interp.state = start
    live = list(breaks)
    if not current.ended:
        live.append((current.flatten(start), current.guards))
    if live:
        start.join(live)
        if len(live) == 1:
            start.guards = live[0][1]
    start.ended = not live and current.ended


def _element(interp: Interpreter, items: list[Value | Gap] | None, node: ir.For) -> Callable[[], Value]:
    known = [item.each if isinstance(item, Gap) else item for item in items or ()]
    values = [value for value in known if value is not None]
    if values and len(values) == len(known) <= 4 * MOST_TURNS:
        return lambda: _any_of(values)
    return lambda: interp.unknown(Reason.LOOP, node.target)


def _any_of(values: list[Value]) -> Value:
    """One of some values, another one in each turn; a few are told apart by what is asked of them in that turn."""
    options = list(dict.fromkeys(option for value in values for option, _ in options_of(value)))
    symbol = fresh_symbol()
    apart = len(options) <= MOST_TOLD_APART
    return choice([(option, ((symbol, place),) if apart else ()) for place, option in enumerate(options)])


@executes(ir.While)
def run_while(interp: Interpreter, node: ir.While, frame: Frame) -> None:
    """A ``while`` loop; its condition is taken to be unknown unless it is false from the start."""
    test = interp.evaluate(node.test, frame.scope)
    ask(interp, test, TESTED, node.test)
    answers = truths(interp, test)
    if answers == [(False, ())]:
        interp.execute(node.orelse, frame)
        return
    broken = _repeat(interp, node, frame, None, at_least_once=len(answers) == 1)
    if not broken and isinstance(node.test, ir.Constant) and node.test.value and not interp.budget.spent:
        interp.state.ended = not _gives_items(interp, frame)


def _gives_items(interp: Interpreter, frame: Frame) -> bool:
    """Whether a body is that of a generator, of which nobody need ask for the next item."""
    return isinstance(frame.body, (ir.FunctionDef, ir.Lambda)) and interp.mentions.yields(frame.body)


def _turn(interp: Interpreter, node: ir.For, frame: Frame, item: Value, start: State) -> list[Branch]:
    """One turn whose item is known; the branches in which it broke off the loop."""
    base = interp.state
    loop = Loop(start, base)
    with frame.looping(loop):
        interp.state = base.fork()
        assign(interp, node.target, item, frame.scope)
        interp.execute(node.body, frame)
    end = interp.state
    ends: list[Branch] = list(loop.exits)
    if not end.ended:
        ends.append((end.flatten(base), end.guards))
    interp.state = base
    if ends:
        base.join(ends)
        if len(ends) == 1:
            base.guards = ends[0][1]
    else:
        base.ended = end.ended
    return loop.breaks


def _repeat(
    interp: Interpreter,
    node: ir.For | ir.While,
    frame: Frame,
    element: Callable[[], Value] | None,
    at_least_once: bool,
) -> bool:
    """Run the body until another turn brings nothing new, each time on top of whatever those before can have left.

    What still changes after two turns (one, deep inside other loops) is forgotten as far as it changes.  Whether a
    turn may break off the loop.
    """
    patience = 1 if len(frame.loops) < 2 else 0
    broken = False
    changing: list[Key] = []
    met: dict[Key, list[Value]] = {}
    for turn in range(MOST_ROUNDS):
        base = interp.state
        if base.ended:
            return broken
        loop, symbol = _any_turn(interp, node, frame, element)
        end = interp.state
        interp.state = base
        broken = broken or bool(loop.breaks)
        ends = [*loop.exits, *loop.breaks, *_live(end, base)]
        needed = at_least_once and not turn
        if not ends and needed:
            base.ended = end.ended
            return broken
        changing = unstable(base, [writes for writes, _ in ends])
        met = {key: values_met(base, [writes for writes, _ in ends], key) for key in changing}
        if not needed:
            ends.append((Writes(), {**base.guards, symbol: False}))
        base.join(ends)
        settled = turn >= patience and not changing
        if settled or interp.budget.spent or not any(writes for writes, _ in ends):
            break
        if turn >= patience:
            forget(interp, met, node)
    else:
        forget(interp, met, node)
    if broken and node.orelse:
        _perhaps(interp, node.orelse, frame)
    else:
        interp.execute(node.orelse, frame)
    return broken


def _any_turn(
    interp: Interpreter, node: ir.For | ir.While, frame: Frame, element: Callable[[], Value] | None
) -> tuple[Loop, Symbol]:
    """Run the body once, in a branch over the present state; the symbol of that branch."""
    symbol = fresh_symbol()
    loop = Loop(interp.state, interp.state)
    with frame.looping(loop):
        interp.state = interp.state.fork(((symbol, True),))
        if isinstance(node, ir.For) and element is not None:
            assign(interp, node.target, element(), frame.scope)
        elif isinstance(node, ir.While):
            interp.evaluate(node.test, frame.scope)
        interp.execute(node.body, frame)
    return loop, symbol


def _live(end: State, base: State) -> list[Branch]:
    return [] if end.ended else [(end.flatten(base), end.guards)]


def _perhaps(interp: Interpreter, block: ir.Block, frame: Frame) -> None:
    """Statements that may be run or not."""
    base = interp.state
    symbol = fresh_symbol()
    interp.state = base.fork(((symbol, True),))
    interp.execute(block, frame)
    end = interp.state
    interp.state = base
    if not end.ended:
        base.join([(end.flatten(base), end.guards), (Writes(), {**base.guards, symbol: False})])

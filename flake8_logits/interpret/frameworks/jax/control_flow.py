"""JAX's own loops and branches: functions that run the functions they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import choice
from flake8_logits.interpret.abstract.values import Arguments, Const, Sequence, Tensor, Value
from flake8_logits.interpret.engine.containers import content_of
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.library_functions import models_library
from flake8_logits.knowledge.jax_control_flow import BRANCHES, EACH, LOOPS, SCANS, SHAPES
from flake8_logits.source import syntax as ir

Turn = Callable[[Value], Value]


def _turns(carried: Value, turn: Turn) -> Value:
    """What is carried in the end: what was given, after no turn, or what one leaves, or another one after that."""
    once = turn(carried)
    return once if once == carried else choice([(carried, ()), (once, ()), (turn(once), ())])


def _given(interp: Interpreter, args: Arguments, index: int, name: str, node: ir.Expression) -> Value:
    return args.value(index, name) or interp.unknown(Reason.PARAMETER, node)


def _unknown(interp: Interpreter, node: ir.Expression) -> Value:
    return interp.unknown(Reason.LOOP, node)


def _scan(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    body, init = _given(interp, args, 0, "f", node), _given(interp, args, 1, "init", node)
    rows: list[Value] = []

    def turn(carry: Value) -> Value:
        given = interp.call(body, Arguments(((carry, None), (_unknown(interp, node), None))), node)
        content = content_of(interp, given)
        if not isinstance(content, Sequence) or len(content.items) != 2:
            rows.append(_unknown(interp, node))
            return _unknown(interp, node)
        rows.append(interp.get_item(given, Const(1), node, None))
        return interp.get_item(given, Const(0), node, None)

    carried = _turns(init, turn)
    return Sequence((carried, choice([(_stacked(row, node), ()) for row in rows])), "tuple")


def _stacked(row: Value, node: ir.Expression) -> Value:
    """Tensors of one kind along a new first axis."""
    return replace(row, rank=None) if isinstance(row, Tensor) else Tensor(Lost(Reason.LOOP, node))


def _loop(body_at: int, body_name: str, init_at: int, counted: bool) -> Callable[..., Value]:
    def run(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
        body = _given(interp, args, body_at, body_name, node)
        first = ((_unknown(interp, node), None),) if counted else ()
        return _turns(
            _given(interp, args, init_at, "init_val", node),
            lambda carried: interp.call(body, Arguments((*first, (carried, None))), node),
        )

    return run


def _branch(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Either of two functions, run on the same operands."""
    functions = args.positional[1:3]
    if args.open is not None or len(functions) != 2:
        return interp.unknown(Reason.UNKNOWN_CALL, node)
    only = args.keyword("operand")
    operands = Arguments(args.positional[3:] if only is None else (only,))
    return choice([(interp.call(function, operands, node), ()) for function, _ in functions])


def _each(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    function = _given(interp, args, 0, "f", node)
    return _stacked(interp.call(function, Arguments(((_unknown(interp, node), None),)), node), node)


def _shape(interp: Interpreter, args: Arguments, node: ir.Expression) -> Value:
    """Only the shapes of what a function gives."""
    if args.positional:
        interp.call(args.positional[0][0], Arguments(args.positional[1:], args.keywords, args.open), node)
    return interp.unknown(Reason.UNKNOWN_CALL, node)


for _name in SCANS:
    models_library.add(_name, _scan)
for _name, (_body, _spelt, _init, _counted) in LOOPS.items():
    models_library.add(_name, _loop(_body, _spelt, _init, _counted))
for _name in BRANCHES:
    models_library.add(_name, _branch)
for _name in EACH:
    models_library.add(_name, _each)
for _name in SHAPES:
    models_library.add(_name, _shape)

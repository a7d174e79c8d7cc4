"""The mode of a call: what is not told ``training`` itself takes what the call around it was told, as Keras does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.references import Ref
from flake8_logits.interpret.abstract.slots import MODE
from flake8_logits.interpret.abstract.values import Arguments, Const, Function, Tensor, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.knowledge.methods import TRAINING
from flake8_logits.source import syntax as ir


class _Around(Ref):
    """The call of a layer or model that is going on: holds its mode."""

    __slots__ = ()


_AROUND = _Around(None)


def call_in_mode(interp: Interpreter, call: Function, args: Arguments, node: ir.Expression) -> Value:
    """What ``call`` of a layer or model gives, in the mode that it is told, or that it takes over.

    One that is told nothing, and is called outside of all others, has what its ``call`` has by default; but where it
    may become a part of a graph it has the mode in which the graph is run, which is not known here.
    """
    names = [parameter.name for parameter in call.node.parameters]
    place = names.index(TRAINING) - 1 if TRAINING in names else None
    told = args.value(place, TRAINING)
    if told is None and args.open is not None:
        told = Unknown(args.open)
    mode = _mode(interp, _in_training(interp, told, args, node), node)
    if mode is None and place is not None:
        mode = _in_a_graph(args, node) or dict(call.defaults).get(TRAINING)
    if place is not None and mode is not None and args.open is None and mode != told:
        args = _told(args, place, mode)
    return _within(interp, mode, node, lambda: interp.call(call, args, node))


def run_in_mode(interp: Interpreter, args: Arguments, node: ir.Expression, run: Callable[[], Value]) -> Value:
    """What a model of Keras' own kinds gives, in the mode that it is told, or that it takes over."""
    told = _in_training(interp, args.value(None, TRAINING), args, node)
    return _within(interp, _mode(interp, told, node), node, run)


def _within(interp: Interpreter, mode: Value | None, node: ir.Expression, run: Callable[[], Value]) -> Value:
    """What is given while a call is in a mode.

    What was told another mode than the call around it leaves that behind in Keras 3, and not in Keras 2.
    """
    around = interp.state.get(_AROUND, MODE)
    if mode is None or mode == around:
        return run()
    interp.state.set(_AROUND, MODE, mode)
    try:
        return run()
    finally:
        interp.state.set(_AROUND, MODE, None if around is None else _not_known(node))


def _mode(interp: Interpreter, told: Value | None, node: ir.Expression) -> Value | None:
    """What was told, else what the call around it was; versions differ where None was told."""
    around = interp.state.get(_AROUND, MODE)
    if told == Const(None):
        return None if around is None else _not_known(node)
    return around if told is None else told


def _in_training(interp: Interpreter, told: Value | None, args: Arguments, node: ir.Expression) -> Value | None:
    """The mode that a call is told; in Keras 3 a part of a graph is in training with it, though told not to be."""
    if told != Const(False) or interp.state.get(_AROUND, MODE) is not None:
        return told
    return _in_a_graph(args, node) or told


def _in_a_graph(args: Arguments, node: ir.Expression) -> Value | None:
    return _not_known(node) if isinstance(args.value(0, "inputs", "x"), Tensor) else None


def _told(args: Arguments, place: int, mode: Value) -> Arguments:
    if place < len(args.positional):
        given = (*args.positional[:place], (mode, args.positional[place][1]), *args.positional[place + 1 :])
        return replace(args, positional=given)
    others = tuple(keyword for keyword in args.keywords if keyword[0] != TRAINING)
    return replace(args, keywords=(*others, (TRAINING, mode, None)))


def _not_known(node: ir.Expression) -> Unknown:
    return Unknown(Lost(Reason.PARAMETER, node, TRAINING))

"""Calls that repeat others: a training loop calls its step over and over, and each turn is like the one before."""

from __future__ import annotations

from collections.abc import Hashable

from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.state import choice, options_of
from flake8_logits.interpret.values import Arguments, Const, Function, Gap, Sequence, Tensor, Unknown, Value
from flake8_logits.source import syntax as ir


def kind_of(function: Function, args: Arguments) -> Hashable:
    """What tells one call of a function from another; nothing tells two unknown arguments apart."""
    values = (None if isinstance(value, Unknown) else value for value in args.values())
    names = (name for name, _, _ in args.keywords)
    return (function.node, function.bound, function.scope, args.open is None, *values, *names)


def for_the_next(result: Value, node: ir.Node) -> Value:
    """What a later call of the same kind is taken to give, should it not be run any more."""
    if _is_fixed(result):
        return choice([(option, ()) for option, _ in options_of(result)])
    return Unknown(Lost(Reason.CALL_COUNT, node))


def _is_fixed(value: Value) -> bool:
    """Whether a value is no thing of its own, which every call would make anew."""
    if isinstance(value, Sequence):
        return all(not isinstance(item, Gap) and _is_fixed(item) for item in value.items)
    return all(isinstance(option, (Tensor, Const, Unknown)) for option, _ in options_of(value))

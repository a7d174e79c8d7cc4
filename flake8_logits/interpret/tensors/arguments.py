"""Reads what a call gives for the parameters of a row."""

from __future__ import annotations

from flake8_logits.domain.outputs import Axis, UnknownAxis
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.objects import StatedRef
from flake8_logits.interpret.abstract.values import Arguments, Const, Object, Tensor, Unknown, Value
from flake8_logits.knowledge.rows import AxisParameter, Parameter
from flake8_logits.source import syntax as ir


def as_tensor(value: Value | None, node: ir.Node) -> Tensor:
    """A value taken as a tensor; what is not one is a tensor of unknown numbers, for the same reason."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, Unknown):
        return Tensor(value.lost)
    if isinstance(value, Object) and isinstance(value.ref, StatedRef):
        return Tensor(value.ref.output)
    return Tensor(Lost(Reason.EXPRESSION, node))


def given(args: Arguments, parameter: Parameter | None) -> tuple[Value, ir.Node | None] | None:
    """What a call gives for a parameter of a row; None where it is not given."""
    if parameter is None:
        return None
    return args.get(parameter.index, parameter.name, *parameter.aliases)


def value_of(args: Arguments, parameter: Parameter | None, node: ir.Node) -> Value:
    """What a parameter stands for in a call: given, left at its default, or hidden behind a star."""
    found = given(args, parameter)
    if found is not None:
        return found[0]
    if args.open is not None:
        return Unknown(args.open)
    return Const(parameter.default if parameter is not None else None)


_LAST = frozenset({-1})


def axis_of(args: Arguments, parameter: Parameter | None) -> Axis:
    """The axis that a call names; None where that is the one of the classes."""
    if parameter is None:
        return None
    found = given(args, parameter)
    if found is None:
        return None if args.open is None else UnknownAxis.UNKNOWN
    value = found[0].value if isinstance(found[0], Const) else UnknownAxis.UNKNOWN
    classes = parameter.classes if isinstance(parameter, AxisParameter) else _LAST
    if value is None or value in classes:
        return None
    if isinstance(parameter, AxisParameter) and not parameter.batched and type(value) is int and value >= 0:
        return UnknownAxis.UNKNOWN
    return value if type(value) is int else UnknownAxis.UNKNOWN

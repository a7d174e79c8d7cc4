"""Giving a called loss what an activation was applied to, where that is a name that can be read there."""

from __future__ import annotations

from flake8_logits.domain.fixes import Edit, Give
from flake8_logits.fixes.arguments import written
from flake8_logits.fixes.layers import operand_of
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.knowledge.catalogue import lookup
from flake8_logits.source import syntax as ir


def give(program: Program, change: Give) -> tuple[str, list[Edit]]:
    """Words and edits that give a loss another tensor; raises DeclinedError where that is more than an edit here."""
    activation = program.node(change.step.place)
    call = program.node(change.place)
    if not isinstance(activation, ir.Call) or not isinstance(call, ir.Call):
        raise DeclinedError("the loss is not called here")
    tensor = _tensor(program, activation)
    argument = _argument(program, call, activation)
    return f"give it {tensor.id}", [Edit(argument.span, _read_at(program, tensor, activation, argument))]


def _tensor(program: Program, activation: ir.Call) -> ir.Name:
    """The name that an activation is applied to."""
    parameter = operand_of(lookup(program.meaning(activation.func)))
    found = written(activation, parameter) if parameter is not None else None
    if found is None or not isinstance(found.value, ir.Name):
        raise DeclinedError("what the activation is applied to has no name")
    return found.value


def _argument(program: Program, call: ir.Call, activation: ir.Call) -> ir.Expression:
    """The argument of a call that an activation's result is: the call of it, or a name that stands for that alone."""
    for argument in call.args:
        value = argument.value
        if value.span == activation.span:
            return value
        if isinstance(value, ir.Name):
            bound = program.names.binding(value)
            if bound is not None and bound.value.span == activation.span:
                return value
    raise DeclinedError("what the loss is given is not the activation alone")


def _read_at(program: Program, tensor: ir.Name, activation: ir.Call, argument: ir.Expression) -> str:
    """The tensor's name, if it stands for the same thing where the argument does."""
    if argument.span != activation.span:
        in_order = activation.span.path == argument.span.path and _place(activation) < _place(argument)
        if not in_order or not program.names.same(tensor, argument):
            raise DeclinedError(f"'{tensor.id}' may be something else there")
    return tensor.id


def _place(node: ir.Expression) -> tuple[int, int, int]:
    span = node.span
    return (-1 if span.cell is None else span.cell, span.line, span.column)

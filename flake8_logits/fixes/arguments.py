"""Edits of the arguments of a call: set one, or add it behind the others in the layout that they have."""

from __future__ import annotations

from flake8_logits.domain.fixes import Edit
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.knowledge.rows import Parameter
from flake8_logits.source import syntax as ir


def written(call: ir.Call, parameter: Parameter) -> ir.Argument | None:
    """The argument that a call writes for a parameter; None where it is left out.

    Raises DeclinedError where it may be hidden in ``*args`` or ``**kwargs``.
    """
    names = (parameter.name, *parameter.aliases)
    position = 0
    starred = False
    for argument in call.args:
        if argument.keyword in names:
            return argument
        if argument.star:
            starred = True
        elif argument.keyword is None:
            if position == parameter.index and not starred:
                return argument
            position += 1
    if starred:
        raise DeclinedError("its arguments are unpacked from a variable")
    return None


def set_argument(program: Program, call: ir.Call, parameter: Parameter, value: str) -> list[Edit]:
    """Have a call give a literal for a parameter; raises DeclinedError where that takes more than an edit here."""
    argument = written(call, parameter)
    if argument is None:
        return [add_argument(program, call, f"{parameter.name}={value}")]
    return [set_value(program, argument.value, value, parameter.name)]


def set_value(program: Program, node: ir.Expression, value: str, what: str) -> Edit:
    """Put a literal where one stands, or where the variable gets its one that is read here and nowhere else."""
    if isinstance(node, ir.Constant):
        return Edit(node.span, value)
    if isinstance(node, ir.Unary) and isinstance(node.operand, ir.Constant):
        return Edit(node.span, value)
    if isinstance(node, ir.Name):
        return Edit(sole_value(program, node).span, value)
    raise DeclinedError(f"{what} is given by an expression")


def sole_value(program: Program, node: ir.Name) -> ir.Constant:
    """The constant that a variable is given, if this is the one place that reads it; raises DeclinedError else."""
    bound = program.names.binding(node)
    if bound is None:
        raise DeclinedError(f"'{node.id}' is a parameter, or given a value in more than one place")
    if len(bound.reads) != 1:
        lines = sorted(span.line for span in bound.reads if span != node.span)
        raise DeclinedError(f"'{node.id}' is read elsewhere, too" + (f" (line {lines[0]})" if lines else ""))
    if not isinstance(bound.value, ir.Constant):
        raise DeclinedError(f"'{node.id}' is given by an expression")
    program.text(bound.value.span)
    return bound.value


def add_argument(program: Program, call: ir.Call, text: str) -> Edit:
    """Write one more keyword argument, on a line of its own if the last one has one."""
    whole = program.text(call.span)
    if not call.args:
        after = whole.bounds(call.func.span)[1]
        opening = whole.text.find("(", after)
        if whole.text[after:opening].strip(") \t\n"):
            raise DeclinedError("the call is written in an unusual way")
        return Edit(whole.span(opening + 1, opening + 1), text)
    start, end = whole.bounds(call.args[-1].span)
    close = whole.bounds(call.span)[1] - 1
    tail = whole.text[end:close]
    own_line = whole.begins_line(start) and "\n" in tail and "#" not in tail.partition("\n")[0]
    before = f",\n{whole.indent(start)}" if own_line else ", "
    return Edit(whole.span(end, end), before + text)

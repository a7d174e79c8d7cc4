"""The activation of a layer: taken away, as an argument, a layer of its own or a call; or given to one without."""

from __future__ import annotations

from flake8_logits.domain.fixes import Activate, Bare, Edit
from flake8_logits.domain.outputs import Step
from flake8_logits.domain.places import Span
from flake8_logits.fixes.arguments import set_argument, written
from flake8_logits.fixes.program import DeclinedError, Program, Text
from flake8_logits.knowledge import rows
from flake8_logits.knowledge.catalogue import Row, lookup
from flake8_logits.source import syntax as ir
from flake8_logits.source.surroundings import Added, Called, Listed, displayed_beside, surroundings
from flake8_logits.source.tree import Tree

_ATOMS = (ir.Name, ir.Call, ir.Attribute, ir.Subscript, ir.Constant)


def bare(program: Program, change: Bare) -> tuple[str, list[Edit]]:
    """Words and edits that take an activation away; raises DeclinedError where that is more than an edit here."""
    node = program.node(change.step.place)
    words = f"remove the activation from {_called(change.step)}"
    if not isinstance(node, ir.Call):
        raise DeclinedError("the activation cannot be removed here")
    row = lookup(program.meaning(node.func))
    if row is None and isinstance(node.func, ir.Call):
        # Layer(...)(x): the layer is what is called.
        node = node.func
        row = lookup(program.meaning(node.func))
    if isinstance(row, rows.Layer) and isinstance(row.effect, rows.Weighted):
        if row.effect.activation is None:
            raise DeclinedError("the activation cannot be removed here")
        return words, _without(program, node, row.effect.activation)
    if isinstance(row, rows.Application) and row.activation is not None:
        return words, set_argument(program, node, row.activation, "None")
    if isinstance(row, rows.Layer) and isinstance(row.effect, rows.Activates):
        return f"remove {change.step.note}", _layer(program, node)
    parameter = operand_of(row)
    if parameter is not None:
        return f"remove {change.step.note}", [_operand(program, node, parameter)]
    raise DeclinedError("the activation cannot be removed here")


def activate(program: Program, change: Activate) -> tuple[str, list[Edit]]:
    """Words and the edit that give a layer an activation; raises DeclinedError where it takes none as an argument."""
    node = program.node(change.step.place)
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Call):
        node = node.func
    row = lookup(program.meaning(node.func)) if isinstance(node, ir.Call) else None
    if not isinstance(node, ir.Call) or not isinstance(row, rows.Layer) or not isinstance(row.effect, rows.Weighted):
        raise DeclinedError("no layer that takes an activation stands here")
    parameter = row.effect.activation
    if parameter is None:
        raise DeclinedError("the layer takes no activation")
    value = f'"{change.activation}"'
    return f"give {_called(change.step)} {parameter.name}={value}", set_argument(program, node, parameter, value)


def _called(step: Step) -> str:
    """The layer of a step, as its note begins."""
    return step.note.partition(" ")[0]


def operand_of(row: Row | None) -> rows.Parameter | None:
    """The parameter that a function applies its activation to; None for what is no such function."""
    if isinstance(row, rows.Operation) and isinstance(row.effect, rows.Activates):
        return row.tensor
    return row.tensor if isinstance(row, rows.Activation) else None


def _without(program: Program, call: ir.Call, parameter: rows.Parameter) -> list[Edit]:
    """The call without an argument and the comma that parts it from its neighbour."""
    argument = written(call, parameter)
    if argument is None:
        raise DeclinedError("the activation is not given here")
    text = program.text(call.span)
    if argument.keyword is None and argument is not call.args[-1]:
        return [Edit(argument.span, "None")]
    index = next(i for i, one in enumerate(call.args) if one is argument)
    before = call.args[index - 1].span if index else None
    after = call.args[index + 1].span if index + 1 < len(call.args) else None
    return [_removal(text, argument.span, before, after, text.bounds(call.span)[1] - 1)]


def _removal(text: Text, span: Span, before: Span | None, after: Span | None, close: int) -> Edit:
    """An element of a list, gone with one comma; raises DeclinedError where a comment would go with it."""
    start, end = text.bounds(span)
    if before is not None:
        start = text.bounds(before)[1]
    elif after is not None:
        end = text.bounds(after)[0]
    else:
        rest = text.text[end:close]
        end += len(rest) if not rest.strip(", \t\n") else 0
    if "#" in text.text[start:end]:
        raise DeclinedError("a comment stands in between")
    return Edit(text.span(start, end), "")


def _layer(program: Program, node: ir.Call) -> list[Edit]:
    """A program without a layer that is only an activation."""
    assert isinstance(node.home, Tree)
    found = surroundings(node.home, node)
    text = program.text(node.span)
    if isinstance(found, Called) and isinstance(found.call, ir.Call):
        return [_operand(program, found.call, rows.Parameter("inputs", 0))]
    if isinstance(found, Listed) and (found.before is not None or found.after is not None):
        return [_removal(text, node.span, found.before, found.after, 0)]
    if isinstance(found, Added):
        start, end = text.bounds(found.statement)
        start = text.text.rfind("\n", 0, start) + 1
        line_end = text.text.find("\n", end)
        if line_end >= 0 and not text.text[end:line_end].strip():
            return [Edit(text.span(start, line_end + 1), "")]
    raise DeclinedError("the activation cannot be removed here")


def _operand(program: Program, call: ir.Call, parameter: rows.Parameter) -> Edit:
    """What a call is given in the place of the call."""
    argument = written(call, parameter)
    if argument is None or argument.star:
        raise DeclinedError("the activation cannot be removed here")
    text = program.text(call.span)
    value = text.covered(argument.value.span)
    if "#" in text.covered(call.span):
        raise DeclinedError("a comment stands in between")
    assert isinstance(call.home, Tree)
    if value in displayed_beside(call.home, call):
        raise DeclinedError(f"{value} is given beside it")
    return Edit(call.span, value if isinstance(argument.value, _ATOMS) else f"({value})")

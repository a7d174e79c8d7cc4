"""Telling a loss or metric the truth: its switch, its threshold, and objects for what was a string or function."""

from __future__ import annotations

import os.path
from collections.abc import Callable

from flake8_logits.domain.facts import Loss, WrittenAs
from flake8_logits.domain.fixes import Cut, Edit, Tell
from flake8_logits.domain.places import Place
from flake8_logits.domain.unknown import Lost
from flake8_logits.fixes.arguments import set_argument, sole_value
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.fixes.spelling import spell
from flake8_logits.knowledge import rows
from flake8_logits.knowledge.catalogue import lookup, loss_of_string, metric_of_string
from flake8_logits.knowledge.catalogue import rows as all_rows
from flake8_logits.source import syntax as ir
from flake8_logits.source.project import root_of

FOR_STRINGS = {"keras.metrics.accuracy": "keras.metrics.BinaryAccuracy"}
"""Strings that stand for one of several classes, with the one that is meant where our rules speak of them."""


HARMLESS = frozenset({"print", "repr", "str", "type", "isinstance", "id"})
"""What is built in and leaves a loss that it is given as it is."""
GETTERS = frozenset({"keras.losses.get", "keras.metrics.get"})

Row = rows.Loss | rows.Metric
Planned = tuple[str, list[Edit]]
_Which = Callable[[Row], rows.Parameter | None]


def tell(program: Program, change: Tell) -> Planned:
    """Words and edits that set ``from_logits``; raises DeclinedError."""
    reader = change.reader
    value = str(change.told)

    def switched(row: Row) -> rows.Parameter | None:
        several = isinstance(row, rows.Loss) and row.other_switches
        return None if several else row.switch

    words = f"tell {reader.name} {reader.switch}={value}"
    return _give(program, reader, change.near, value, switched, words, change.metric)


def cut(program: Program, change: Cut) -> Planned:
    """Words and edits that set the threshold of a metric; raises DeclinedError."""

    def threshold(row: Row) -> rows.Parameter | None:
        return row.threshold if isinstance(row, rows.Metric) else None

    words = f"cut {change.metric.name} at {change.threshold}"
    return _give(program, change.metric, change.near, str(change.threshold), threshold, words, True)


def _give(
    program: Program, reader: Loss, near: Place | None, value: str, which: _Which, words: str, of_metrics: bool
) -> Planned:
    node = read_here(program, reader)
    string: ir.Constant | None = None
    if reader.written_as is WrittenAs.STRING:
        string = _string(program, node)
        node = string
    if string is None and isinstance(node, ir.Call):
        row = _row(program, node)
        parameter = which(row)
        if parameter is None:
            raise DeclinedError(f"{reader.name} cannot be told")
        if isinstance(row, rows.Metric) or row.form is rows.Form.CLASS:
            check_sharing(program, reader, node)
        return words, set_argument(program, node, parameter, value)
    return _object(program, node, string, near, value, which, of_metrics)


def read_here(program: Program, reader: Loss) -> ir.Node:
    """The node of this file that is, or makes, a loss or metric; raises DeclinedError where there is none."""
    if reader.elsewhere is not None:
        where = reader.elsewhere.span
        path = os.path.relpath(where.path, root_of(os.path.dirname(os.path.abspath(where.path))))
        raise DeclinedError(f"{reader.name} stands in {path.replace(os.sep, '/')}, line {where.line}")
    node = program.node(reader.place)
    if reader.written_as is not WrittenAs.STRING and isinstance(node, ir.Name) and not program.meaning(node):
        return _behind(program, node)
    return node


def _object(
    program: Program,
    node: ir.Node,
    string: ir.Constant | None,
    near: Place | None,
    value: str,
    which: _Which,
    of_metrics: bool,
) -> Planned:
    """An object in the place of what a node stands for: a string, a function or a class."""
    row = _row_of_string(string, of_metrics) if string is not None else _row_of_name(program, node)
    target = _class(row, of_metrics)
    parameter = which(target)
    if parameter is None:
        raise DeclinedError(f"{target.short} cannot be told")
    expression, edits = spell(program, target.name, node, near)
    arguments = f"{parameter.name}={value}"
    if string is not None and isinstance(target, rows.Metric) and string.value != _own_name(target):
        # Keras 3 calls a metric as its string does; the history of the training keeps that name.
        arguments = f"name={string.text}, {arguments}"
    return f"use {target.short}({arguments})", [*edits, Edit(node.span, f"{expression}({arguments})")]


def _own_name(metric: rows.Metric) -> str:
    """What Keras calls a metric that is given no name."""
    return next((string for string in metric.strings if string.islower()), "")


def _string(program: Program, node: ir.Node) -> ir.Constant:
    """The string that a loss or metric was written as, at its own place or that of its variable."""
    if isinstance(node, ir.Name):
        node = sole_value(program, node)
    if isinstance(node, ir.Constant) and isinstance(node.value, str):
        return node
    if isinstance(node, ir.Call) and program.meaning(node.func) in GETTERS and len(node.args) == 1:
        return _string(program, node.args[0].value)
    raise DeclinedError("the string is defined elsewhere")


def _behind(program: Program, node: ir.Name) -> ir.Node:
    """What a variable stands for that was given a function or class and is read in one place."""
    bound = program.names.binding(node)
    if bound is None or len(bound.reads) != 1:
        raise DeclinedError(f"'{node.id}' is not only what is read here")
    return bound.value


def _row(program: Program, call: ir.Call) -> Row:
    """The loss or metric that a call makes or applies."""
    func = call.func
    if isinstance(func, ir.Attribute) and func.attr == "__init__" and isinstance(func.value, ir.Call):
        raise DeclinedError("it is the base of a class")
    row = lookup(program.meaning(func))
    if isinstance(func, ir.Name) and row is None:
        bound = program.names.binding(func)
        row = lookup(program.meaning(bound.value)) if bound is not None else None
    if not isinstance(row, (rows.Loss, rows.Metric)):
        raise DeclinedError("it is not created here")
    return row


def _row_of_string(string: ir.Constant, of_metrics: bool) -> Row:
    row = (metric_of_string if of_metrics else loss_of_string)(str(string.value))
    if row is None:
        raise DeclinedError(f"'{string.value}' is no name of Keras")
    return row


def _row_of_name(program: Program, node: ir.Node) -> Row:
    row = lookup(program.meaning(node))
    if not isinstance(row, (rows.Loss, rows.Metric)):
        raise DeclinedError("its definition is not visible here")
    return row


def _class(row: Row, of_metrics: bool) -> Row:
    """The class that does what a row's function or string does."""
    name = FOR_STRINGS.get(row.name, row.name)
    plain = name.rpartition(".")[2].replace("_", "").lower()
    module = f"keras.{'metrics' if of_metrics else 'losses'}."
    for candidate in all_rows():
        if not isinstance(candidate, (rows.Loss, rows.Metric)) or not candidate.name.startswith(module):
            continue
        if candidate.short[:1].isupper() and candidate.short.lower() == plain:
            return candidate
    raise DeclinedError(f"Keras has no class for {row.short}")


def check_sharing(program: Program, reader: Loss, call: ir.Call) -> None:
    """Raise DeclinedError where the object may be read by something that the analysis did not see."""
    met = list(program.pairings_with(reader.place))
    for pairing in met:
        lost = next((one.output for one in pairing.observations if isinstance(one.output, Lost)), None)
        if lost is not None:
            line = pairing.place.span.line
            raise DeclinedError(f"it also receives an output that is not known (line {line})")
    held = program.names.holder(call)
    if held is None:
        return
    places = [pairing.place.span for pairing in met]
    for span, callee in program.names.calls_with(held.name):
        seen = any(span.is_within(place) for place in places) or not any(read.is_within(span) for read in held.reads)
        if not seen and not program.names.defines(callee) and callee not in HARMLESS:
            raise DeclinedError(f"'{held.name}' is also given to '{callee}' (line {span.line})")

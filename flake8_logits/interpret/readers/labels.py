"""Labels that a loss is given: whether it reads labels of their kind, and whether they stand where they should."""

from __future__ import annotations

from dataclasses import replace

from flake8_logits.domain.facts import Loss, Observation, SiteKind
from flake8_logits.domain.labels import Labels
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import Tensor, Unknown, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observing import leave_open, observe
from flake8_logits.interpret.tensors.arguments import as_tensor
from flake8_logits.knowledge.labels import NAMES
from flake8_logits.source import syntax as ir

Given = tuple[Value, ir.Node | None]
"""What an argument is given: the value, and where it is written."""


def are_labels(value: Value) -> bool:
    """Whether some of what a value can be is labels of a known kind."""
    return any(_kind(option) is not None for option, _ in options_of(value))


def read_labels(interp: Interpreter, loss: Loss, labels: Value, prediction: Value, node: ir.Node) -> None:
    """Write down with which outputs a loss compares labels, if these are of a known kind."""
    if not are_labels(labels):
        leave_open(interp, SiteKind.LABELS, node, Lost(Reason.EXPRESSION, node))
        return
    found = []
    for option, _ in options_of(labels):
        kind = _kind(option)
        reader = loss if kind is not None else Lost(Reason.EXPRESSION, node)
        found += [Observation(as_tensor(each, node).belief, reader, kind) for each, _ in options_of(prediction)]
    observe(interp, SiteKind.LABELS, node, found)


def read_swapped(interp: Interpreter, loss: Loss, target: Given, prediction: Given, node: ir.Node) -> bool:
    """Whether a loss has labels for its prediction, and what a model gives for its labels; that is written down."""
    beliefs = [option.belief for option, _ in options_of(target[0]) if isinstance(option, Tensor)]
    outputs = [belief for belief in beliefs if isinstance(belief, Output)]
    if not _stands_for_labels(*prediction) or len(outputs) < len(options_of(target[0])):
        leave_open(interp, SiteKind.SWAPPED, node, Lost(Reason.EXPRESSION, node))
        return False
    reader = replace(loss, place=node, switch_place=None, switch_origin=None)
    observe(interp, SiteKind.SWAPPED, node, [Observation(output, reader) for output in outputs])
    return True


def _kind(value: Value) -> Labels | None:
    return value.labels if isinstance(value, Unknown) else None


def _stands_for_labels(value: Value, node: ir.Node | None) -> bool:
    """Whether a value is labels for what it was made by, or is not known and has the name of labels."""
    options = [option for option, _ in options_of(value)]
    if all(_kind(option) is not None for option in options):
        return True
    written = node.value if isinstance(node, ir.Argument) else node
    if not isinstance(written, ir.Name) or written.id not in NAMES:
        return False
    return all(isinstance(as_tensor(option, written).belief, Lost) for option in options)

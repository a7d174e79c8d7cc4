"""Finished classifiers of libraries, and the objects that some of them return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_logits.domain.facts import Output, Step
from flake8_logits.domain.scales import Scale
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.activations import activate
from flake8_logits.interpret.arguments import value_of
from flake8_logits.interpret.references import DictRef, ModelRef
from flake8_logits.interpret.state import choice
from flake8_logits.interpret.truth import truths
from flake8_logits.interpret.values import Arguments, Mapping, Object, Tensor, Value
from flake8_logits.knowledge.rows import Application
from flake8_logits.source import syntax as ir

if TYPE_CHECKING:
    from flake8_logits.interpret.interpreter import Interpreter


def application(machine: Interpreter, row: Application, args: Arguments, node: ir.Expression) -> Value:
    """A finished classifier of a library."""
    short = row.name.rpartition(".")[2]
    lost = Lost(Reason.LOST_SCALE, node, f"{short} without its classifier")

    def head() -> Value:
        if row.scale is not None:
            return Tensor(Output(row.scale, (Step(node, short),), row.rescue))
        plain = Tensor(Output(Scale.LOGITS, (Step(node, f"{short} without an activation"),)))
        return activate(machine, value_of(args, row.activation, node), plain, node, short)

    outputs: Value
    if row.top is None:
        outputs = head()
    else:
        answers = truths(machine, value_of(args, row.top, node))
        outputs = choice([(head() if answer else Tensor(lost), guards) for answer, guards in answers])
    if row.attribute:
        outputs = _output_object(machine, row, outputs, node)
    model = Object(ModelRef(node, "application", row))
    machine.state.set(model.ref, "$outputs", outputs)
    return model


def _output_object(machine: Interpreter, row: Application, outputs: Value, node: ir.Expression) -> Value:
    """What a model gives that returns an object: its numbers by attribute and by name."""
    ref = DictRef(node)
    machine.state.set(ref, "items", Mapping(((row.attribute, outputs),), Lost(Reason.UNKNOWN_ATTRIBUTE, node)))
    machine.state.set(ref, row.attribute, outputs)
    machine.state.set(ref, f"[{row.attribute!r}]", outputs)
    return Object(ref)


def output_object(
    machine: Interpreter, row: Application, outputs: Value, args: Arguments, node: ir.Expression
) -> Value:
    """The object that one call of such a model gives."""

    def act(option: Value) -> Value:
        inner = machine.state.get(option.ref, row.attribute) if isinstance(option, Object) else None
        if inner is None:
            return option
        made = _output_object(machine, row, inner, node)
        if isinstance(made, Object) and args.keyword("labels") is None and args.open is None:
            # With labels the loss would stand first.
            machine.state.set(made.ref, "[0]", inner)
        return made

    return machine.each(outputs, act)

"""Layers with weights: what they are given by the layer before."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observing import leave_open, observe
from flake8_logits.interpret.tensors.arguments import as_tensor
from flake8_logits.source import syntax as ir


def reads_in_layer(interp: Interpreter, inputs: Value, short: str, node: ir.Node) -> None:
    """Write down what a layer with weights reads, if some of it is known."""
    options = [option for option, _ in options_of(inputs)]
    if any(isinstance(option, Tensor) and isinstance(option.belief, Output) for option in options):
        reader = Loss(short, Contract(Expects.SCORES), None, node, written_as=WrittenAs.OTHER)
        observe(
            interp, SiteKind.LAYER, node, [Observation(as_tensor(option, node).belief, reader) for option in options]
        )
    else:
        leave_open(interp, SiteKind.LAYER, node, Lost(Reason.EXPRESSION, node))

"""Searches for the largest number along an axis."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.values import Arguments, Const, Tensor
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observing import observe
from flake8_logits.source import syntax as ir


def looks_for_largest(interp: Interpreter, name: str, args: Arguments, tensor: Tensor, node: ir.Node) -> None:
    """Write down among which numbers the largest one is looked for, if that is along the last axis."""
    axis = args.value(1, "axis", "dimension")
    ends = {Const(-1)} if tensor.rank is None else {Const(-1), Const(tensor.rank - 1)}
    reader = Loss(name, Contract(Expects.SCORES), None, node, written_as=WrittenAs.OTHER)
    seen = tensor.belief if axis in ends else Lost(Reason.EXPRESSION, node)
    observe(interp, SiteKind.CHOICE, node, [Observation(seen, reader)])

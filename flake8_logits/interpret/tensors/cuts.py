"""Comparisons with one half, and rounding, which is one as well."""

from __future__ import annotations

from flake8_logits.domain.contracts import Contract, Expects
from flake8_logits.domain.facts import Loss, Observation, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output
from flake8_logits.domain.steps import StepKind
from flake8_logits.domain.unknown import Lost, Reason
from flake8_logits.interpret.abstract.joins import options_of
from flake8_logits.interpret.abstract.values import Const, Tensor, Value
from flake8_logits.interpret.engine.interpreter import Interpreter
from flake8_logits.interpret.engine.observing import leave_open, observe
from flake8_logits.interpret.engine.operators import COMPARISON_OBSERVERS
from flake8_logits.source import syntax as ir


def cut_at_half(interp: Interpreter, value: Value, name: str, node: ir.Node) -> None:
    """Write down that a tensor is compared with, or rounded at, one half."""
    options = [option for option, _ in options_of(value)]
    if any(isinstance(option, Tensor) for option in options):
        reader = Loss(name, Contract(Expects.PROBABILITIES), None, node, written_as=WrittenAs.COMPARISON, threshold=0.5)
        observations = [
            Observation(
                _one_by_one(option.belief) if isinstance(option, Tensor) else Lost(Reason.EXPRESSION, node), reader
            )
            for option in options
        ]
        observe(interp, SiteKind.CUT, node, observations)
    else:
        leave_open(interp, SiteKind.CUT, node, Lost(Reason.EXPRESSION, node))


def _one_by_one(belief: Output | Lost) -> Output | Lost:
    """What each number that is compared is: some of a distribution are what they were in it."""
    return belief.was if isinstance(belief, Lost) and belief.kind is StepKind.PART and belief.was else belief


def round_off(interp: Interpreter, value: Value, decimals: Value | None, node: ir.Node) -> None:
    """Write down that a tensor is rounded: to whole numbers is a cut at one half, to some decimals is for show."""
    if decimals is None or decimals in (Const(0), Const(None)):
        cut_at_half(interp, value, "round", node)


_ORDER = ("<", "<=", ">", ">=")


def _observe(interp: Interpreter, op: str, left: Value, right: Value, node: ir.Node) -> None:
    if op not in _ORDER:
        return
    if Const(0.5) in (left, right):
        cut_at_half(interp, right if left == Const(0.5) else left, op, node)
    elif isinstance(left, Tensor) and isinstance(right, Const):
        # Where one half is but one of several numbers that are tried, nobody takes it for a probability.
        cut_at_half(interp, Tensor(Lost(Reason.EXPRESSION, node)), op, node)
    elif isinstance(left, Tensor) or isinstance(right, Tensor):
        leave_open(interp, SiteKind.CUT, node, Lost(Reason.EXPRESSION, node))


COMPARISON_OBSERVERS.append(_observe)
